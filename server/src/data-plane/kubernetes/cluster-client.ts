import { type HttpMethod, type KubeConfig, RequestContext } from '@kubernetes/client-node';
import { fetch, type Response } from 'undici';
import { ClusterError, type Status, unreachable } from './cluster-error.js';
import type { Applied, KubernetesObject } from './json.js';
import { type Kind, KINDS, type ObjectOf } from './kinds.js';
import { FIELD_MANAGER } from './objects/identity.js';

/** A request that is not answered within this time has failed, in milliseconds. */
const REQUEST_TIMEOUT_MS = 15_000;
/** A watch over which not even a bookmark comes for so long is dead, in milliseconds; they come about once a minute. */
const SILENCE_MS = 150_000;
/** What is beyond this of a line of a log is left out, in characters: one statement of a customer may be as long as memory is large. */
const LONGEST_LOG_LINE = 32 * 1024;
/** Objects that a page of a list holds. */
const PAGE = 500;

export interface Listed<K extends Kind> {
  readonly items: readonly ObjectOf<K>[];
  readonly resourceVersion: string;
}

/** Selects by labels, by fields, or everything. */
export interface Selector {
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** A bookmark holds nothing but the version. */
export interface WatchEvent<K extends Kind> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: ObjectOf<K>;
}

export interface LogQuery {
  readonly container: string;
  readonly tailLines?: number;
  readonly sinceTime?: Date;
  readonly follow?: boolean;
  /** Of the container before the last restart. */
  readonly previous?: boolean;
  readonly timestamps?: boolean;
}

/**
 * The API of a cluster, as JSON. The client library finds the cluster and proves who we are; its own calls can't be called off, ask for the
 * resource names first, and make a class of every object.
 */
export class ClusterClient {
  constructor(private readonly config: KubeConfig) {}

  /**
   * Server-side apply: makes the fields that are given what they are, whatever else the object has.
   *
   * @returns the object as it is then
   * @throws ClusterError
   */
  async apply<T>(
    object: Applied<T>,
    signal: AbortSignal,
    options: { readonly dryRun?: boolean } = {},
  ): Promise<KubernetesObject> {
    const { name, namespace } = object.metadata;
    const query = {
      fieldManager: FIELD_MANAGER,
      force: 'true',
      fieldValidation: 'Strict',
      ...(options.dryRun === true && { dryRun: 'All' }),
    };
    return this.request('PATCH', `${pathOf(kindOf(object), namespace)}/${name}`, signal, {
      query,
      body: object,
      contentType: 'application/apply-patch+yaml',
    });
  }

  /** Changes nothing of a StatefulSet but how many pods it has. @throws ClusterError */
  async scale(namespace: string, name: string, replicas: number, signal: AbortSignal): Promise<KubernetesObject> {
    return this.request('PATCH', `${pathOf('StatefulSet', namespace)}/${name}`, signal, {
      query: { fieldManager: FIELD_MANAGER },
      body: { spec: { replicas } },
      contentType: 'application/merge-patch+json',
    });
  }

  /** @returns null when there is none. @throws ClusterError */
  async read<K extends Kind>(
    kind: K,
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): Promise<ObjectOf<K> | null> {
    try {
      return await this.request('GET', `${pathOf(kind, namespace)}/${name}`, signal);
    } catch (error) {
      if (error instanceof ClusterError && error.status === 404) {
        return null;
      }
      throw error;
    }
  }

  /** All of a kind that a selector selects, read page by page. @throws ClusterError */
  async list<K extends Kind>(kind: K, namespace: string, selector: Selector, signal: AbortSignal): Promise<Listed<K>> {
    const items: ObjectOf<K>[] = [];
    for (let page: string | undefined; ;) {
      const query = { ...selector, limit: String(PAGE), ...(page !== undefined && { continue: page }) };
      const list: {
        readonly metadata: { readonly resourceVersion?: string; readonly continue?: string };
        readonly items: readonly ObjectOf<K>[];
      } = await this.request('GET', pathOf(kind, namespace), signal, { query });
      items.push(...list.items);
      page = list.metadata.continue === '' ? undefined : list.metadata.continue;
      if (page === undefined) {
        return { items, resourceVersion: list.metadata.resourceVersion ?? '' };
      }
    }
  }

  /** Deletes an object; does nothing when it is not there, or when it is not the one that is meant. @throws ClusterError */
  async delete(
    kind: Kind,
    { metadata }: KubernetesObject,
    signal: AbortSignal,
    options: { readonly gracePeriodSeconds?: number } = {},
  ): Promise<void> {
    const { name = '', namespace = '', uid } = metadata ?? {};
    const body = { ...options, preconditions: { uid }, propagationPolicy: 'Background' };
    try {
      await this.request('DELETE', `${pathOf(kind, namespace)}/${name}`, signal, {
        body,
        contentType: 'application/json',
      });
    } catch (error) {
      // 409: another object has its name by now.
      if (!(error instanceof ClusterError && (error.status === 404 || error.status === 409))) {
        throw error;
      }
    }
  }

  /** Lines of a container's log as they come; it ends with the log, or goes on while it is followed. @throws ClusterError */
  async *log(namespace: string, pod: string, options: LogQuery, signal: AbortSignal): AsyncGenerator<string> {
    const { sinceTime, ...rest } = options;
    const query = Object.fromEntries(
      Object.entries({ ...rest, sinceTime: sinceTime?.toISOString() }).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    );
    try {
      const response = await this.send('GET', `${pathOf('Pod', namespace)}/${pod}/log`, signal, { query });
      yield* linesOf(response, LONGEST_LOG_LINE);
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(error);
    }
  }

  /**
   * What happens to objects after a version of their list, as long as the server keeps the connection.
   *
   * @throws ClusterError 410 when the version is too old: then the list has to be read again
   */
  async *watch<K extends Kind>(
    kind: K,
    namespace: string,
    selector: Selector,
    { resourceVersion, seconds }: { readonly resourceVersion: string; readonly seconds: number },
    signal: AbortSignal,
  ): AsyncGenerator<WatchEvent<K>> {
    const query = {
      ...selector,
      watch: 'true',
      resourceVersion,
      timeoutSeconds: String(seconds),
      // Tell the version from time to time also when nothing happens.
      allowWatchBookmarks: 'true',
    };
    const silence = new Silence(SILENCE_MS);
    try {
      const limited = AbortSignal.any([signal, silence.signal]);
      const response = await this.send('GET', pathOf(kind, namespace), limited, { query });
      for await (const line of linesOf(response)) {
        silence.over();
        const event = JSON.parse(line) as WatchEvent<K> | { readonly type: 'ERROR'; readonly object: Status };
        if (event.type === 'ERROR') {
          throw ClusterError.ofStatus(event.object);
        }
        yield event;
      }
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(error);
    } finally {
      silence.end();
    }
  }

  private async request<T>(
    method: HttpMethod,
    path: string,
    signal: AbortSignal,
    options: RequestOptions = {},
  ): Promise<T> {
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      return (await (await this.send(method, path, limited, options)).json()) as T;
    } catch (error) {
      signal.throwIfAborted();
      throw unreachable(error);
    }
  }

  private async send(
    method: HttpMethod,
    path: string,
    signal: AbortSignal,
    { query, body, contentType }: RequestOptions,
  ): Promise<Response> {
    const url = new URL((this.config.getCurrentCluster()?.server ?? '') + path);
    url.search = new URLSearchParams(query).toString();
    const context = new RequestContext(url.href, method);
    await this.config.applySecurityAuthentication(context);
    const dispatcher = context.getDispatcher();
    const response = await fetch(url, {
      method,
      signal,
      headers: {
        ...context.getHeaders(),
        Accept: 'application/json',
        ...(contentType !== undefined && { 'Content-Type': contentType }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(dispatcher && { dispatcher }),
    });
    if (!response.ok) {
      throw await ClusterError.of(response);
    }
    return response;
  }
}

/** Calls off what says nothing for too long: a connection that is cut without a word. */
class Silence {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  readonly signal = this.#controller.signal;

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => {
      this.#controller.abort(new DOMException('Nothing was heard for too long.', 'TimeoutError'));
    }, milliseconds).unref();
  }

  over(): void {
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

/** The lines of a body, cut where they are too long; whoever stops reading ends its connection. */
async function* linesOf({ body }: Response, longest = Infinity): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const cut = (line: string): string => (line.length > longest ? `${line.slice(0, longest)}…` : line);
  let rest = '';
  for await (const chunk of body ?? []) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    // One character more than is kept tells that there was more.
    rest = (lines.pop() ?? '').slice(0, longest + 1);
    yield* lines.map(cut);
  }
  if (rest !== '') {
    yield cut(rest);
  }
}

interface RequestOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly contentType?: string;
}

function pathOf(kind: Kind, namespace: string): string {
  const { group, resource, namespaced } = KINDS[kind];
  return `${group}${namespaced ? `/namespaces/${namespace}` : ''}/${resource}`;
}

function kindOf({ kind }: { readonly kind: string }): Kind {
  if (!(kind in KINDS)) {
    throw new Error(`Toygres knows no objects of kind ${kind}.`);
  }
  return kind as Kind;
}
