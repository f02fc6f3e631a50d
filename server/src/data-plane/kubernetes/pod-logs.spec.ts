import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InstanceRef, LogLine, LogQuery } from '../data-plane.js';
import { ClusterClient } from './cluster-client.js';
import { ClusterView } from './cluster-view.js';
import { labelsOf } from './objects/identity.js';
import { SERVER_CONTAINER } from './objects/stateful-set.js';
import { PodLogs } from './pod-logs.js';

const REF: InstanceRef = {
  instanceId: '7b0ed4a4-5c7e-4a0f-9a52-6d6f1b0f4a11',
  k8sName: 'proddb-7b0ed4a4',
  namespace: 'toygres',
  postgresVersion: '18',
};

type State = 'running' | 'terminated' | 'waiting';

/** A pod whose server container has an id. */
const pod = (uid: string, container: string, state: State, version: string) => ({
  metadata: {
    name: `${REF.k8sName}-0`,
    namespace: REF.namespace,
    uid,
    resourceVersion: version,
    labels: labelsOf(REF, 'toygres'),
  },
  status: {
    containerStatuses: [{ name: SERVER_CONTAINER, containerID: container, restartCount: 0, state: { [state]: {} } }],
  },
});

const at = (second: number, nanoseconds: string, text: string) =>
  `2026-11-22T20:00:${String(second).padStart(2, '0')}.${nanoseconds}Z ${text}\n`;

/** An API server with one pod at most, whose logs are in the hand of the test. */
class ApiServer {
  readonly asked: URLSearchParams[] = [];
  /** What is followed, the last one at the end. */
  readonly followed: ServerResponse[] = [];
  #watch: ServerResponse | undefined;
  #pod: object | undefined;
  /** What a request for a log is answered with; a status in place of a refusal. */
  log: (query: URLSearchParams) => string | number = () => '';

  private constructor(readonly server: Server) {}

  static async start(): Promise<ApiServer> {
    const server = createServer();
    const api = new ApiServer(server);
    server.on('request', (request, response) => api.#answer(request, response));
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

  /** Makes, changes or removes the pod. */
  set(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: object): void {
    this.#pod = type === 'DELETED' ? undefined : object;
    this.#watch?.write(`${JSON.stringify({ type, object })}\n`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const isPods = pathname.endsWith('/pods');
    if (pathname.endsWith('/log')) {
      this.asked.push(searchParams);
      this.#answerLog(searchParams, response);
    } else if (searchParams.get('watch') === 'true') {
      response.writeHead(200).flushHeaders();
      this.#watch = isPods ? response : this.#watch;
    } else {
      const items = isPods && this.#pod ? [this.#pod] : [];
      response.end(JSON.stringify({ metadata: { resourceVersion: '1' }, items }));
    }
  }

  #answerLog(query: URLSearchParams, response: ServerResponse): void {
    const answer = this.log(query);
    if (typeof answer === 'number') {
      response.writeHead(answer).end(JSON.stringify({ code: answer, reason: 'Refused', message: 'not there' }));
      return;
    }
    response.writeHead(200);
    response.write(answer);
    if (query.get('follow') === 'true') {
      response.flushHeaders();
      this.followed.push(response);
    } else {
      response.end();
    }
  }
}

describe('PodLogs', () => {
  let api: ApiServer;
  let view: ClusterView;
  let logs: PodLogs;
  let end: AbortController;

  beforeEach(async () => {
    api = await ApiServer.start();
    view = new ClusterView(api.client, ['toygres'], 'toygres');
    logs = new PodLogs(api.client, view);
    end = new AbortController();
  });

  afterEach(() => {
    end.abort();
    view.close();
    api.close();
  });

  const read = async (query: Partial<LogQuery> = {}): Promise<LogLine[]> =>
    Array.fromAsync(await logs.open(REF, { tailLines: 10, ...query }, end.signal));

  it('reads the last lines with their times, which go into the milliseconds', async () => {
    api.log = () => at(1, '123456789', 'one') + at(2, '5', 'two');
    expect(await read({ tailLines: 2 })).toEqual([
      { text: 'one', time: new Date('2026-11-22T20:00:01.123Z'), cursor: '1795377601123456789' },
      { text: 'two', time: new Date('2026-11-22T20:00:02.500Z'), cursor: '1795377602500000000' },
    ]);
    expect(Object.fromEntries(api.asked[0] ?? [])).toMatchObject({ tailLines: '2', timestamps: 'true' });
  });

  it('leaves out what was written before in the second that the cluster selects by', async () => {
    api.log = () => at(1, '200', 'before') + at(1, '700', 'since');
    const since = new Date('2026-11-22T20:00:01.700Z');
    expect((await read({ since })).map(({ text }) => text)).toEqual(['since']);
    expect(api.asked[0]?.get('sinceTime')).toMatch(/^2026-11-22T20:00:01/);
  });

  it('cuts a line that is too long', async () => {
    api.log = () => at(1, '0', 'x'.repeat(1_000_000)) + at(2, '0', 'next');
    const [long, next] = await read();
    expect(long?.text).toMatch(/^x{32000,33000}…$/);
    expect(next?.text).toBe('next');
  });

  it('has nothing where there is no pod, and says so where it is asked for the run before', async () => {
    api.log = (query) => (query.get('previous') === 'true' ? 400 : 404);
    expect(await read()).toEqual([]);
    await expect(read({ previous: true })).rejects.toMatchObject({ code: 'no_previous_log' });
    api.log = () => 403;
    await expect(read()).rejects.toMatchObject({ code: 'admission_refused' });
    api.log = () => 503;
    await expect(read()).rejects.toMatchObject({ code: 'cluster_unreachable' });
  });

  describe('that are followed', () => {
    let seen: LogLine[];
    let following: Promise<void>;

    const follow = (query: Partial<LogQuery> = {}) => {
      seen = [];
      following = (async () => {
        for await (const line of await logs.open(REF, { tailLines: 10, follow: true, ...query }, end.signal)) {
          seen.push(line);
        }
      })();
      following.catch(() => undefined);
    };
    const seenTexts = () => seen.map(({ text }) => text);
    const sees = (...texts: readonly string[]) =>
      vi.waitFor(() => expect(seenTexts()).toEqual(texts), { timeout: 5_000 });
    const isFollowed = (times: number) =>
      vi.waitFor(() => expect(api.followed).toHaveLength(times), { timeout: 5_000 });

    it('go on over a cut of the connection without a gap or a repeat', async () => {
      api.set('ADDED', pod('p1', 'c1', 'running', '2'));
      let log = at(1, '1', 'one') + at(1, '2', 'two');
      api.log = () => log;
      follow();
      await sees('one', 'two');
      await isFollowed(1);
      log += at(1, '3', 'three') + at(2, '0', 'four');
      api.followed[0]?.write(at(1, '3', 'three'));
      await sees('one', 'two', 'three');
      api.followed[0]?.destroy();
      await isFollowed(2);
      await sees('one', 'two', 'three', 'four');
      end.abort(new Error('enough'));
      await expect(following).rejects.toThrow('enough');
    });

    it('go on behind a line, in another process', async () => {
      api.set('ADDED', pod('p1', 'c1', 'running', '2'));
      api.log = () => at(1, '1', 'one') + at(1, '2', 'two') + at(1, '3', 'three');
      const [, two] = await read();
      follow({ after: two?.cursor ?? '' });
      await sees('three');
      expect(api.asked.at(-1)?.has('tailLines')).toBe(false);
    });

    it('go on with the next container, behind the last words of the one before', async () => {
      api.set('ADDED', pod('p1', 'c1', 'running', '2'));
      api.log = () => at(1, '0', 'first');
      follow();
      await sees('first');
      await isFollowed(1);
      api.log = (query) =>
        query.get('previous') === 'true' ? at(1, '0', 'first') + at(2, '0', 'last words') : at(3, '0', 'second');
      api.set('MODIFIED', pod('p1', 'c2', 'running', '3'));
      api.followed[0]?.end();
      await sees('first', 'last words', 'second');
      expect(api.asked.filter((query) => query.get('previous') === 'true')).toHaveLength(1);
    });

    it('wait for the pod that comes after one that is gone', async () => {
      api.set('ADDED', pod('p1', 'c1', 'running', '2'));
      api.log = () => at(1, '0', 'first');
      follow();
      await isFollowed(1);
      api.log = () => at(9, '0', 'second');
      api.set('MODIFIED', pod('p1', 'c1', 'terminated', '3'));
      api.followed[0]?.end();
      // What it has said at its end is read once, and not again and again.
      await isFollowed(2);
      api.followed[1]?.end();
      api.set('ADDED', pod('p2', 'c3', 'running', '4'));
      await isFollowed(3);
      await sees('first', 'second');
      expect(api.followed).toHaveLength(3);
    });

    it('end when nothing is left of the instance', async () => {
      api.set('ADDED', pod('p1', 'c1', 'running', '2'));
      api.log = () => at(1, '0', 'first');
      follow();
      await isFollowed(1);
      api.set('DELETED', pod('p1', 'c1', 'running', '3'));
      api.followed[0]?.end();
      await expect(following).resolves.toBeUndefined();
    });
  });
});
