import { EventEmitter, once } from 'node:events';
import { Logger } from '@nestjs/common';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { DataPlaneError, type InstanceRef } from '../data-plane.js';
import type { ClusterClient } from './cluster-client.js';
import { Informer } from './informer.js';
import { instanceIdOf, type InstanceObjects, type OwnedObject } from './instance-objects.js';
import { type ObjectOf, OWNED_KINDS, type OwnedKind } from './kinds.js';
import { podNameOf, selectorOf } from './objects/identity.js';
import { inDataPlaneWords } from './patience.js';

type Informers = { readonly [K in OwnedKind]: Informer<K> };

/** Follows the warnings of a namespace as long as somebody waits there for something. */
interface Warnings {
  readonly informer: Informer<'Event'>;
  readonly end: AbortController;
  waiting: number;
}

/** How often somebody is told that the cluster does not answer, in milliseconds. */
const COMPLAIN_EVERY_MS = 60_000;

/** Any instance; no UUID is empty. */
const ANY = '';

/**
 * What Toygres has in the namespaces of a cluster, as watches keep it: read without asking, and waited for without asking again. One set of
 * watches for a process, begun when something is first looked for.
 */
export class ClusterView {
  readonly #logger = new Logger(ClusterView.name);
  readonly #end = new AbortController();
  readonly #changes = new EventEmitter<Record<string, [instanceId: string, object: OwnedObject, gone: boolean]>>();
  /** By the name of an instance: the cluster has complained of something of it. */
  readonly #warned = new EventEmitter<Record<string, []>>();
  readonly #informers = new Map<string, Informers>();
  readonly #warnings = new Map<string, Warnings>();
  #complainedAt = -Infinity;

  constructor(
    private readonly client: ClusterClient,
    private readonly namespaces: readonly string[],
    private readonly installation: string,
  ) {
    this.#changes.setMaxListeners(0);
    this.#warned.setMaxListeners(0);
  }

  /** Ends the watches. */
  close(): void {
    this.#end.abort(new Error('The data plane is closed.'));
  }

  /** What there is of an instance now. */
  async objectsOf(ref: InstanceRef, signal: AbortSignal): Promise<InstanceObjects> {
    return this.#read(await this.#follow(ref.namespace, signal), ref);
  }

  /** Everything of every instance. */
  async all(signal: AbortSignal): Promise<readonly OwnedObject[]> {
    const namespaces = await Promise.all(this.namespaces.map((namespace) => this.#follow(namespace, signal)));
    return namespaces.flatMap((informers) =>
      OWNED_KINDS.flatMap((kind) => informers[kind].list().map((object): OwnedObject => ({ kind, object }))),
    );
  }

  /**
   * Waits until what there is of an instance has something to say.
   *
   * @param look called at once and with every change; a result other than undefined is the end, and so is what it throws
   * @throws the reason of the signal
   */
  async until<T>(ref: InstanceRef, look: (objects: InstanceObjects) => T | undefined, signal: AbortSignal): Promise<T> {
    const informers = await this.#follow(ref.namespace, signal);
    const endWarnings = this.#followWarnings(ref.namespace);
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const check = (): void => {
      try {
        const result = look(this.#read(informers, ref));
        if (result !== undefined) {
          resolve(result);
        }
      } catch (error) {
        reject(error);
      }
    };
    const abort = (): void => reject(signal.reason as Error);
    this.#changes.on(ref.instanceId, check);
    this.#warned.on(ref.k8sName, check);
    signal.addEventListener('abort', abort);
    try {
      signal.throwIfAborted();
      check();
      return await promise;
    } finally {
      signal.removeEventListener('abort', abort);
      this.#changes.off(ref.instanceId, check);
      this.#warned.off(ref.k8sName, check);
      endWarnings();
    }
  }

  /** Waits for the next change of something that belongs to an instance, and no longer than that. @throws the reason of the signal */
  async next(ref: InstanceRef, milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.#follow(ref.namespace, signal);
    const limit = AbortSignal.any([signal, AbortSignal.timeout(milliseconds)]);
    await once(this.#changes, ref.instanceId, { signal: limit }).catch(() => signal.throwIfAborted());
  }

  /** Calls back with every change of something that belongs to an instance, until the signal aborts. */
  async watch(
    changed: (instanceId: string, object: OwnedObject, gone: boolean) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const ended = Promise.withResolvers<true>();
    signal.addEventListener('abort', () => ended.resolve(true), { once: true });
    this.#changes.on(ANY, changed);
    try {
      if (!signal.aborted) {
        await this.all(signal);
        await ended.promise;
      }
    } catch (error) {
      if (!signal.aborted) {
        throw error;
      }
    } finally {
      this.#changes.off(ANY, changed);
    }
  }

  #read(informers: Informers, ref: InstanceRef): InstanceObjects {
    const own = <K extends OwnedKind>(kind: K, name = ref.k8sName): ObjectOf<K> | undefined => {
      const object = informers[kind].get(name) as ObjectOf<K> | undefined;
      return instanceIdOf(object) === ref.instanceId ? object : undefined;
    };
    return {
      statefulSet: own('StatefulSet'),
      pod: own('Pod', podNameOf(ref)),
      service: own('Service'),
      networkPolicy: own('NetworkPolicy'),
      configMap: own('ConfigMap'),
      secret: own('Secret'),
      claim: own('PersistentVolumeClaim'),
      warnings: this.#warningsOf(ref),
    };
  }

  /** @returns the informers of a namespace once they have read everything */
  async #follow(namespace: string, signal: AbortSignal): Promise<Informers> {
    if (!this.namespaces.includes(namespace)) {
      throw new Error(`The namespace ${namespace} is none of those that TOYGRES_NAMESPACES names.`);
    }
    let informers = this.#informers.get(namespace);
    if (!informers) {
      const make = <K extends OwnedKind>(kind: K): Informer<K> => this.#inform(namespace, kind);
      informers = Object.fromEntries(OWNED_KINDS.map((kind) => [kind, make(kind)])) as unknown as Informers;
      this.#informers.set(namespace, informers);
    }
    await settled(
      OWNED_KINDS.map((kind) => informers[kind].synced),
      signal,
    );
    return informers;
  }

  #inform<K extends OwnedKind>(namespace: string, kind: K): Informer<K> {
    const informer = new Informer<K>(this.client, {
      kind,
      namespace,
      selector: { labelSelector: selectorOf(this.installation) },
      changed: (object, gone) => {
        const instanceId = instanceIdOf(object);
        if (instanceId !== undefined) {
          this.#changes.emit(instanceId, instanceId, { kind, object }, gone);
          this.#changes.emit(ANY, instanceId, { kind, object }, gone);
        }
      },
      failed: (error) => this.#complain(error),
    });
    void informer.run(this.#end.signal);
    return informer;
  }

  /** @returns what ends it */
  #followWarnings(namespace: string): () => void {
    let warnings = this.#warnings.get(namespace);
    if (!warnings) {
      const end = new AbortController();
      const informer = new Informer(this.client, {
        kind: 'Event',
        namespace,
        selector: { fieldSelector: 'type=Warning' },
        changed: ({ involvedObject }) => {
          this.#warned.emit(involvedObject.name?.replace(/-0$/, '') ?? '');
        },
        failed: (error) => this.#complain(error),
      });
      warnings = { informer, end, waiting: 0 };
      this.#warnings.set(namespace, warnings);
      void informer.run(AbortSignal.any([end.signal, this.#end.signal]));
    }
    warnings.waiting += 1;
    return () => {
      warnings.waiting -= 1;
      if (warnings.waiting === 0) {
        warnings.end.abort();
        this.#warnings.delete(namespace);
      }
    };
  }

  #warningsOf(ref: InstanceRef): readonly ObjectOf<'Event'>[] {
    const names = [ref.k8sName, podNameOf(ref)];
    return (this.#warnings.get(ref.namespace)?.informer.list() ?? [])
      .filter(({ involvedObject }) => names.includes(involvedObject.name ?? ''))
      .toSorted((a, b) => timeOf(a).localeCompare(timeOf(b)));
  }

  #complain(error: unknown): void {
    const now = performance.now();
    if (now - this.#complainedAt >= COMPLAIN_EVERY_MS) {
      this.#complainedAt = now;
      this.#logger.warn(`The cluster can not be watched; it is tried again until it can: ${errorMessage(error)}`);
    }
  }
}

function timeOf({ lastTimestamp, eventTime, metadata }: ObjectOf<'Event'>): string {
  return lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? '';
}

const isTimeout = (reason: unknown): reason is DOMException =>
  reason instanceof DOMException && reason.name === 'TimeoutError';

function notSeen(cause: DOMException): DataPlaneError {
  return new DataPlaneError('cluster_unreachable', 'The API server has not said in time what there is.', true, null, {
    cause,
  });
}

/** Waits for all, or for the signal. @throws its reason; DataPlaneError when something may not be read, or is not in time */
async function settled(promises: readonly Promise<true>[], signal: AbortSignal): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(isTimeout(signal.reason) ? notSeen(signal.reason) : signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', abort);
  try {
    await Promise.race([Promise.all(promises), aborted.promise]);
  } catch (error) {
    throw inDataPlaneWords(error);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
