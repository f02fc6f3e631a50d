import { setTimeout as pause } from 'node:timers/promises';
import { ClusterError, RIGHTS_UNREAD_MS } from './cluster-error.js';
import type { ClusterClient, Selector } from './cluster-client.js';
import type { Kind, ObjectOf } from './kinds.js';

/** A watch lasts so long, in seconds; then the list is read again, so that whatever was missed is not missed for ever. */
const WATCH_SECONDS = 1_800;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 15_000;

export interface InformerOptions<K extends Kind> {
  readonly kind: K;
  readonly namespace: string;
  readonly selector: Selector;
  /** Called with an object that was added, changed or (`gone`) removed. */
  readonly changed: (object: ObjectOf<K>, gone: boolean) => void;
  /** Called when the API server can't be asked; it is asked again. */
  readonly failed: (error: unknown) => void;
}

/**
 * What is in the cluster, as a copy that follows it: one list, then a watch. The client library has an informer too, which asks for no
 * bookmarks, ends at the first error, and does not say when it has read everything once.
 */
export class Informer<K extends Kind> {
  readonly #objects = new Map<string, ObjectOf<K>>();
  #synced = Promise.withResolvers<true>();
  #resourceVersion = '';
  /** Whether everything has been read once. */
  #known = false;

  constructor(
    private readonly client: ClusterClient,
    private readonly options: InformerOptions<K>,
  ) {
    this.#synced.promise.catch(() => undefined);
  }

  /** Resolves when everything has been read once. @throws ClusterError when it may not be read; the reason of the signal that has ended it */
  get synced(): Promise<true> {
    return this.#synced.promise;
  }

  get(name: string): ObjectOf<K> | undefined {
    return this.#objects.get(name);
  }

  list(): readonly ObjectOf<K>[] {
    return [...this.#objects.values()];
  }

  /** Follows until the signal aborts; resolves then. */
  async run(signal: AbortSignal): Promise<void> {
    let wait = FIRST_PAUSE_MS;
    let refusedSince: number | undefined;
    for (;;) {
      const begun = performance.now();
      try {
        if (this.#resourceVersion === '') {
          await this.#read(signal);
        }
        await this.#follow(signal);
        // The server has ended it in its time.
        this.#resourceVersion = '';
      } catch (error) {
        if (isOver(signal)) {
          this.#synced.reject(signal.reason);
          return;
        }
        if (performance.now() - begun > LONGEST_PAUSE_MS) {
          wait = FIRST_PAUSE_MS;
        }
        const refused = error instanceof ClusterError && !error.passing;
        if (refused) {
          // What it goes on from is forgotten by now (410), or it may not be watched and is read from time to time.
          this.#resourceVersion = '';
        }
        if (!(refused && error.status === 410)) {
          this.options.failed(error);
        }
        if (refused && !this.#known && begun - (refusedSince ??= begun) >= RIGHTS_UNREAD_MS) {
          this.#refuse(error);
        }
        // Not all workers at once.
        await pause(wait * (0.5 + Math.random()), undefined, { signal }).catch(() => undefined);
        wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  async #read(signal: AbortSignal): Promise<void> {
    const { kind, namespace, selector } = this.options;
    const { items, resourceVersion } = await this.client.list(kind, namespace, selector, signal);
    const names = new Set(items.map(nameOf));
    for (const [name, object] of this.#objects) {
      if (!names.has(name)) {
        this.#remove(object);
      }
    }
    for (const object of items) {
      this.#put(object);
    }
    this.#resourceVersion = resourceVersion;
    this.#known = true;
    this.#synced.resolve(true);
  }

  /** Tells those who wait; whoever comes later waits for the next try. */
  #refuse(error: ClusterError): void {
    this.#synced.reject(error);
    this.#synced = Promise.withResolvers<true>();
    this.#synced.promise.catch(() => undefined);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const { kind, namespace, selector } = this.options;
    const seconds = Math.round(WATCH_SECONDS * (1 + Math.random()));
    const position = { resourceVersion: this.#resourceVersion, seconds };
    for await (const { type, object } of this.client.watch(kind, namespace, selector, position, signal)) {
      switch (type) {
        case 'ADDED':
        case 'MODIFIED':
          this.#put(object);
          break;
        case 'DELETED':
          this.#remove(object);
          break;
        case 'BOOKMARK':
          break;
      }
      this.#resourceVersion = object.metadata?.resourceVersion ?? this.#resourceVersion;
    }
  }

  #put(object: ObjectOf<K>): void {
    const name = nameOf(object);
    if (this.#objects.get(name)?.metadata?.resourceVersion === object.metadata?.resourceVersion) {
      return;
    }
    const lean = withoutManagedFields(object);
    this.#objects.set(name, lean);
    this.options.changed(lean, false);
  }

  #remove(object: ObjectOf<K>): void {
    this.#objects.delete(nameOf(object));
    this.options.changed(object, true);
  }
}

/** It may have aborted while something was waited for. */
const isOver = ({ aborted }: AbortSignal): boolean => aborted;

function nameOf({ metadata }: { readonly metadata?: { readonly name?: string } }): string {
  return metadata?.name ?? '';
}

/** Who has set which field is half of an object, and nobody asks. */
function withoutManagedFields<T extends { readonly metadata?: object }>(object: T): T {
  return { ...object, metadata: { ...object.metadata, managedFields: undefined } };
}
