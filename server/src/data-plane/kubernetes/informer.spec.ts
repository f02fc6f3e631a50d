import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { ClusterClient } from './cluster-client.js';
import { ClusterError, RIGHTS_UNREAD_MS } from './cluster-error.js';
import { Informer } from './informer.js';

interface Item {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
}

const pod = (name: string, resourceVersion: string): Item => ({ metadata: { name, resourceVersion } });

/** An API server with one list of pods, whose answers the test decides. */
class ApiServer {
  readonly requests: URL[] = [];
  /** Connections of watches that are open. */
  readonly watches: ServerResponse[] = [];
  items: readonly Item[] = [];
  version = '10';
  /** Answers in place of the usual ones, one request each. */
  readonly refusals: number[] = [];

  private constructor(readonly server: Server) {}

  static async start(): Promise<ApiServer> {
    const server = createServer();
    const api = new ApiServer(server);
    server.on('request', (request, response) => api.answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return api;
  }

  get client(): ClusterClient {
    const { port } = this.server.address() as AddressInfo;
    const config = new KubeConfig();
    config.loadFromClusterAndUser(
      { name: 'test', server: `http://127.0.0.1:${String(port)}`, skipTLSVerify: true },
      { name: 'test' },
    );
    return new ClusterClient(config);
  }

  /** Sends an event over the watch that was opened last. */
  send(type: string, object: object): void {
    this.watches.at(-1)?.write(`${JSON.stringify({ type, object })}\n`);
  }

  cut(): void {
    this.watches.at(-1)?.destroy();
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '', 'http://localhost');
    this.requests.push(url);
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      response.writeHead(refusal, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ kind: 'Status', code: refusal, reason: 'Refused', message: 'not now' }));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'application/json' });
    if (url.searchParams.get('watch') === 'true') {
      this.watches.push(response);
      response.flushHeaders();
    } else {
      response.end(JSON.stringify({ metadata: { resourceVersion: this.version }, items: this.items }));
    }
  }
}

describe('an informer', () => {
  let api: ApiServer;
  let end: AbortController;
  let informer: Informer<'Pod'>;
  let running: Promise<void>;
  let seen: string[];
  let failures: unknown[];

  beforeEach(async () => {
    api = await ApiServer.start();
    api.items = [pod('a', '1'), pod('b', '2')];
    end = new AbortController();
    seen = [];
    failures = [];
    informer = new Informer(api.client, {
      kind: 'Pod',
      namespace: 'toygres',
      selector: { labelSelector: 'app=x' },
      changed: ({ metadata }, gone) =>
        seen.push(`${gone ? '-' : '+'}${metadata?.name ?? ''}@${metadata?.resourceVersion ?? ''}`),
      failed: (error) => failures.push(error),
    });
    running = informer.run(end.signal);
  });

  afterEach(async () => {
    end.abort();
    await running;
    api.close();
  });

  const watching = (count: number) => vi.waitFor(() => expect(api.watches).toHaveLength(count), { timeout: 5_000 });
  const names = () => informer.list().map(({ metadata }) => metadata?.name);

  it('reads everything once, then follows: with bookmarks, and with its labels only', async () => {
    await informer.synced;
    expect(names()).toEqual(['a', 'b']);
    await watching(1);
    const [list, watch] = api.requests;
    expect(list?.pathname).toBe('/api/v1/namespaces/toygres/pods');
    expect(Object.fromEntries(list?.searchParams ?? [])).toMatchObject({ labelSelector: 'app=x', limit: '500' });
    expect(Object.fromEntries(watch?.searchParams ?? [])).toMatchObject({
      labelSelector: 'app=x',
      resourceVersion: '10',
      allowWatchBookmarks: 'true',
    });
    api.send('ADDED', pod('c', '11'));
    api.send('MODIFIED', pod('a', '12'));
    api.send('DELETED', pod('b', '13'));
    await vi.waitFor(() => expect(seen).toEqual(['+a@1', '+b@2', '+c@11', '+a@12', '-b@13']));
    expect(names()).toEqual(['a', 'c']);
  });

  it('goes on where it was when its connection is cut, also from a bookmark', async () => {
    await watching(1);
    api.send('BOOKMARK', pod('', '40'));
    api.send('ADDED', pod('c', '41'));
    api.send('BOOKMARK', pod('', '50'));
    await vi.waitFor(() => expect(names()).toContain('c'));
    api.cut();
    await watching(2);
    expect(api.requests.at(-1)?.searchParams.get('resourceVersion')).toBe('50');
    expect(api.requests.filter(({ searchParams }) => !searchParams.has('watch'))).toHaveLength(1);
  });

  it('reads everything again when what it goes on from is forgotten, and sees what it has missed', async () => {
    await watching(1);
    api.items = [pod('a', '1'), pod('d', '60')];
    api.version = '70';
    api.send('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' });
    await watching(2);
    expect(seen).toEqual(['+a@1', '+b@2', '-b@2', '+d@60']);
    expect(failures).toEqual([]);
  });

  it('says so when it is refused, and asks again', async () => {
    await watching(1);
    api.refusals.push(500, 429);
    api.cut();
    await watching(2);
    expect(failures.map((error) => error instanceof ClusterError && error.status)).toEqual(
      expect.arrayContaining([500, 429]),
    );
    expect(names()).toEqual(['a', 'b']);
  });

  it('tells those who wait for it that it may not read, and those who come later when it may', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const api403 = await ApiServer.start();
    api403.refusals.push(403, 403);
    const forbidden = new Informer(api403.client, {
      kind: 'Pod',
      namespace: 'toygres',
      selector: {},
      changed: () => undefined,
      failed: (error) => failures.push(error),
    });
    const ended = forbidden.run(end.signal);
    // An API server that has just started refuses everybody.
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    vi.advanceTimersByTime(RIGHTS_UNREAD_MS);
    await expect(forbidden.synced).rejects.toMatchObject({ status: 403 });
    expect(await forbidden.synced).toBe(true);
    end.abort();
    await ended;
    api403.close();
  });

  it('reads from time to time what it may not watch', async () => {
    await watching(1);
    api.items = [pod('e', '80')];
    api.refusals.push(403);
    api.cut();
    await watching(2);
    expect(names()).toEqual(['e']);
    expect(failures).toContainEqual(expect.objectContaining({ status: 403 }));
  });

  it('reads a long list page by page', async () => {
    const pages = [
      { metadata: { continue: 'next' }, items: [pod('a', '1')] },
      { metadata: { resourceVersion: '9' }, items: [pod('b', '2')] },
    ];
    const server = createServer((_request, response) => response.end(JSON.stringify(pages.shift())));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const config = new KubeConfig();
    const { port } = server.address() as AddressInfo;
    config.loadFromClusterAndUser(
      { name: 'test', server: `http://127.0.0.1:${String(port)}`, skipTLSVerify: true },
      { name: 'test' },
    );
    const list = await new ClusterClient(config).list('Pod', 'toygres', {}, end.signal);
    expect(list.items).toHaveLength(2);
    expect(list.resourceVersion).toBe('9');
    server.close();
  });

  it('ends when it is told to, with what waited for it', async () => {
    const never = new Informer(api.client, {
      kind: 'Pod',
      namespace: 'toygres',
      selector: {},
      changed: () => undefined,
      failed: () => undefined,
    });
    const abort = AbortSignal.abort(new Error('closed'));
    await never.run(abort);
    await expect(never.synced).rejects.toThrow('closed');
  });
});
