import fc from 'fast-check';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HealthPartitions } from '../../server/src/features/health/data/health-partitions.js';
import { HealthRepository } from '../../server/src/features/health/data/health.repository.js';
import type { CheckResult } from '../../server/src/features/health/domain/health.js';
import { InstanceRepository } from '../../server/src/features/instances/data/instance.repository.js';
import { EventHub } from '../../server/src/features/timeline/http/event-hub.js';
import { connectionConfig } from '../../server/src/platform/database/connection.js';
import { Database } from '../../server/src/platform/database/database.js';
import { EventClient, type EventClientOptions } from '../support/event-client.js';
import { insertInstance } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';
import { TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

let database: TestDatabase;
/** For tests that leave it as it is. */
let shared: TestApi;
let apis: TestApi[] = [];
let clients: EventClient[] = [];
let sockets: Socket[] = [];

beforeAll(async () => {
  database = await TestDatabase.create();
  shared = await TestApi.start({ databaseUrl: database.url });
});

beforeEach(async () => {
  await database.query('DELETE FROM instances');
});

afterEach(async () => {
  clients.forEach((client) => {
    client.abort();
  });
  sockets.forEach((socket) => {
    socket.destroy();
  });
  clients = [];
  sockets = [];
  await Promise.all(apis.map((api) => api.close()));
  apis = [];
  await until('no stream is left', () => Promise.resolve(hubOf(shared).size === 0));
});

afterAll(async () => {
  await shared.close();
  await database.drop();
});

async function startApi(): Promise<TestApi> {
  const api = await TestApi.start({ databaseUrl: database.url });
  apis.push(api);
  return api;
}

async function stop(api: TestApi): Promise<void> {
  apis = apis.filter((other) => other !== api);
  await api.close();
}

async function follow(api: TestApi, options?: EventClientOptions): Promise<EventClient> {
  const client = await EventClient.open(api.url, options);
  clients.push(client);
  return client;
}

const hubOf = (api: TestApi): EventHub => api.app.get(EventHub, { strict: false });

async function insertEvents(instanceId: string, count: number, data: object = {}): Promise<bigint[]> {
  const rows = await database.query<{ id: string }>(
    `INSERT INTO instance_events (instance_id, type, data)
     SELECT $1, 'instance.state_changed', $3::jsonb FROM generate_series(1, $2) RETURNING id`,
    [instanceId, count, JSON.stringify(data)],
  );
  return rows.map(({ id }) => BigInt(id));
}

/** Every event that was committed, in the order of the ids. */
async function committed(after = 0n): Promise<{ id: bigint; instanceId: string }[]> {
  const rows = await database.query<{ id: string; instance_id: string }>(
    'SELECT id, instance_id FROM instance_events WHERE id > $1 ORDER BY id',
    [after],
  );
  return rows.map(({ id, instance_id: instanceId }) => ({ id: BigInt(id), instanceId }));
}

describe('an event', () => {
  // Its id takes a lock that the holder of the instance asks for too: if one waited for the other, neither would go on.
  it('is written although its instance is locked', async () => {
    const { id } = await insertInstance(database);
    const written = await shared.app.get(Database).transaction(async (transaction) => {
      await shared.app.get(InstanceRepository, { strict: false }).lock(transaction, id);
      return insertEvents(id, 1);
    });
    expect(written).toHaveLength(1);
  });
});

describe('GET /api/events', () => {
  it('tells of what happens, in frames that an EventSource reads', async () => {
    const api = shared;
    const client = await follow(api);
    expect(client.response.statusCode).toBe(200);
    expect(client.response.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.any(String) as string,
    });
    await client.until('it is open', ({ frames }) => frames.length > 0);
    expect(client.frames).toEqual([{ id: expect.any(BigInt) as bigint, event: 'stream.open', data: {} }]);
    const accepted = (await (await api.post('/api/instances', TestApi.body())).json()) as Record<string, string>;
    await client.until('the instance is created', ({ events }) => events.length > 0);
    const [event] = client.events;
    expect(event?.event).toBe('instance.created');
    expect(event?.data).toEqual({
      id: String(event?.id),
      type: 'instance.created',
      instance_id: accepted['instance_id'],
      instance_name: 'proddb',
      orchestration_id: null,
      data: { state: 'creating' },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
    expect(client.malformed).toEqual([]);
  });

  it('keeps a frame in one piece, whatever texts an event holds', async () => {
    const api = shared;
    const { id } = await insertInstance(database);
    const client = await follow(api);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
        fc.constantFrom('\n', '\r', '\r\n', '\n\n', '\u2028', 'data: x\n\n'),
        async (text, breaking) => {
          const data = { text: `${text}${breaking}${text}`.replaceAll('\0', '') };
          const [last] = await insertEvents(id, 1, data);
          await client.reached(last ?? 0n);
          expect(client.events.at(-1)?.data['data']).toEqual(data);
        },
      ),
      { numRuns: 40 },
    );
    expect(client.malformed).toEqual([]);
  });

  it.each([
    ['the header', (after: bigint): EventClientOptions => ({ after })],
    ['the parameter', (after: bigint): EventClientOptions => ({ query: `?last_event_id=${String(after)}` })],
  ])('goes on after the event that %s names', async (_what, options) => {
    const api = shared;
    const { id } = await insertInstance(database);
    const ids = await insertEvents(id, 1_200);
    const client = await follow(api, options(ids[99] ?? 0n));
    await client.reached(ids.at(-1) ?? 0n);
    expect(client.ids).toEqual(ids.slice(100));
    const more = await insertEvents(id, 3);
    await client.reached(more.at(-1) ?? 0n);
    expect(client.ids).toEqual([...ids.slice(100), ...more]);
    expect(client.frames.map(({ event }) => event)).not.toContain('stream.reset');
  });

  it('goes on without a gap or a repeat when the api is started anew', async () => {
    const { id } = await insertInstance(database);
    const [start = 0n] = await insertEvents(id, 1);
    const seen: bigint[] = [];
    let last = start;
    const note = ({ id: position, event }: { id: bigint; event: string }): void => {
      last = position;
      if (!event.startsWith('stream.')) {
        seen.push(position);
      }
    };
    for (let round = 0; round < 3; round += 1) {
      const api = await startApi();
      const client = await follow(api, { after: last, onFrame: note });
      await client.reached((await insertEvents(id, 5)).at(-1) ?? 0n);
      // Some that this process still hands over, some that it does not.
      await Promise.all([insertEvents(id, 50), stop(api)]);
      await client.closed;
      await insertEvents(id, 10);
    }
    const client = await follow(await startApi(), { after: last, onFrame: note });
    await client.reached((await committed()).at(-1)?.id ?? 0n);
    expect(seen).toEqual((await committed(start)).map((event) => event.id));
  });

  it('tells of one instance only when it is asked to, by name or id', async () => {
    const api = shared;
    const one = await insertInstance(database, { name: 'one' });
    const two = await insertInstance(database, { name: 'two' });
    const [before = 0n] = await insertEvents(one.id, 1);
    const past = await insertEvents(one.id, 2);
    await insertEvents(two.id, 2);
    const byName = await follow(api, { query: '?instance=one', after: before });
    const byId = await follow(api, { query: `?instance=${one.id}` });
    await insertEvents(two.id, 3);
    const next = await insertEvents(one.id, 2);
    await byName.reached(next.at(-1) ?? 0n);
    await byId.reached(next.at(-1) ?? 0n);
    expect(byName.ids).toEqual([...past, ...next]);
    expect(byId.ids).toEqual(next);
  });

  it.each(['?instance=none', '?instance=No!', '?instance=0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11'])(
    'knows no instance %s',
    async (query) => {
      const api = shared;
      const response = await api.get(`/api/events${query}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'instance_not_found' });
    },
  );

  it.each(['-1', 'abc', '1.5', '0x10', '1 2', '9'.repeat(19)])('refuses the Last-Event-ID "%s"', async (id) => {
    const api = shared;
    const response = await api.get('/api/events', { 'Last-Event-ID': id });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_last_event_id' });
    expect((await api.get(`/api/events?last_event_id=${encodeURIComponent(id)}`)).status).toBe(400);
    expect((await api.get('/api/events?colour=blue')).status).toBe(400);
    expect(hubOf(api).size).toBe(0);
  });

  it('says when it can not go on, and then tells of what happens', async () => {
    const api = shared;
    const { id } = await insertInstance(database);
    const ids = await insertEvents(id, 10);
    await until('the api has read them', async () => {
      const client = await EventClient.open(api.url);
      await client.until('it is open', ({ frames }) => frames.length > 0);
      client.abort();
      return client.frames[0]?.id === ids.at(-1);
    });
    await database.query('DELETE FROM instance_events WHERE id < $1', [ids[5]]);
    for (const after of [999_999_999_999_999_999n, ids[2] ?? 0n]) {
      const client = await follow(api, { after });
      await client.until('it is reset', ({ frames }) => frames.length === 2);
      expect(client.frames[1]).toMatchObject({ event: 'stream.reset' });
      const next = await insertEvents(id, 2);
      await client.reached(next.at(-1) ?? 0n);
      expect(client.ids).toEqual(next);
    }
    // The last that is gone is the last that was seen: nothing is missing.
    const client = await follow(api, { after: ids[4] });
    await client.until('the past is there', ({ events }) => events.length === 9);
    expect(client.frames.map(({ event }) => event)).not.toContain('stream.reset');
  });

  it('goes on when the connection that listens is lost', async () => {
    const { id } = await insertInstance(database);
    const client = await follow(shared);
    for (let round = 0; round < 3; round += 1) {
      await until('it listens, and is cut off', async () => {
        const ended = await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'toygres test listen'`,
        );
        return ended.length === 1;
      });
      await client.reached((await insertEvents(id, 1)).at(-1) ?? 0n);
    }
    expect(client.ids).toEqual((await committed()).map((event) => event.id));
  });

  it('forgets clients that are gone, also those that go while they come', async () => {
    const api = shared;
    const { hostname, port } = new URL(api.url);
    const { name } = await insertInstance(database);
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const socket = connect(Number(port), hostname);
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(`GET /api/events?instance=${name} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
        if (index % 2 === 0) {
          await once(socket, 'data');
        } else {
          // The request has left us; the answer is still being made.
          await new Promise(setImmediate);
        }
        socket.destroy();
      }),
    );
    const hub = hubOf(api);
    await until('all are forgotten', () => Promise.resolve(hub.size === 0));
    // Those whose request was still under way would join only now.
    const client = await follow(api);
    await client.until('it is open', ({ frames }) => frames.length > 0);
    await until('only it is there', () => Promise.resolve(hub.size === 1));
    expect(client.isClosed).toBe(false);
  });
});

describe('health checks on the stream', () => {
  const healthy: CheckResult = {
    status: 'healthy',
    responseTimeMs: 12.5,
    code: null,
    reason: null,
    postgresVersion: 'PostgreSQL 18.4',
    usage: null,
    certain: false,
  };

  /** Records a check and tells of it, as a worker does. */
  async function check(instanceId: string, result: CheckResult = healthy): Promise<void> {
    const health = shared.app.get(HealthRepository, { strict: false });
    const recorded = await health.record(instanceId, result, { unhealthyAfter: 100, healthyAfter: 100 });
    await health.announce(recorded ? [recorded] : []);
  }

  const checked = ({ transients }: EventClient, instanceId: string): unknown[] =>
    transients
      .flatMap(({ data }) => data['checks'] as { instance_id: string }[])
      .filter(({ instance_id: id }) => id === instanceId);

  beforeAll(async () => {
    await shared.app.get(HealthPartitions, { strict: false }).ensure();
  });

  it('come to those who ask for them, and leave no trace in the timeline', async () => {
    const one = await insertInstance(database);
    const two = await insertInstance(database);
    const asks = await follow(shared, { query: '?checks=true' });
    const asksOne = await follow(shared, { query: `?checks=true&instance=${one.id}` });
    const asksNot = await follow(shared, { query: '?checks=false' });
    await Promise.all([asks, asksOne, asksNot].map((client) => client.until('it is open', opened)));
    await check(one.id);
    await check(two.id, {
      ...healthy,
      status: 'unhealthy',
      responseTimeMs: null,
      code: 'not_ready',
      reason: 'Connection "timeout"\n',
    });
    await asks.until('both have come', (client) => checked(client, one.id).length * checked(client, two.id).length > 0);
    await asksOne.until('it has come', ({ transients }) => transients.length > 0);
    expect(checked(asks, one.id)).toEqual([
      {
        instance_id: one.id,
        status: 'healthy',
        checked_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
        response_time_ms: 12.5,
        code: null,
        reason: null,
      },
    ]);
    expect(checked(asks, two.id)).toMatchObject([
      { status: 'unhealthy', code: 'not_ready', reason: 'Connection "timeout"\n' },
    ]);
    // What comes next was written after it on every stream.
    const [last = 0n] = await insertEvents(one.id, 1);
    await Promise.all([asks, asksOne, asksNot].map((client) => client.reached(last)));
    expect(asksOne.transients.every(({ event }) => event === 'health.checked')).toBe(true);
    expect(checked(asksOne, two.id)).toEqual([]);
    expect(asksNot.transients).toEqual([]);
    expect([asks, asksOne, asksNot].flatMap(({ malformed }) => malformed)).toEqual([]);
    expect((await committed()).map(({ id }) => id)).toEqual([last]);
  });

  it('come as one frame a second, however many there are', async () => {
    const instances = await Promise.all(Array.from({ length: 20 }, () => insertInstance(database)));
    const client = await follow(shared, { query: '?checks=true' });
    await client.until('it is open', opened);
    const begun = performance.now();
    for (let round = 0; performance.now() - begun < 2_500; round += 1) {
      await check(instances[round % 20]?.id ?? '');
    }
    expect(client.transients.length).toBeGreaterThan(0);
    expect(client.transients.length).toBeLessThanOrEqual((performance.now() - begun) / 1_000 + 1);
  });

  it('are only said to be yes or no', async () => {
    expect((await shared.get('/api/events?checks=1')).status).toBe(400);
  });

  function opened({ frames }: EventClient): boolean {
    return frames.length > 0;
  }
});

describe('a client that does not read', () => {
  async function stuckSocket(api: TestApi): Promise<Socket> {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on('error', () => undefined).pause();
    await once(socket, 'connect');
    socket.write('GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n');
    return socket;
  }

  it('is dropped before it fills the memory, and keeps nobody waiting', async () => {
    const api = await startApi();
    const { id } = await insertInstance(database);
    const connections = new Set<Socket>();
    api.app.getHttpServer().on('connection', (socket: Socket) => connections.add(socket));
    const hub = hubOf(api);
    await stuckSocket(api);
    await until('it is open', () => Promise.resolve(hub.size === 1));
    const [connection] = connections;
    const client = await follow(api);
    let highest = 0;
    const ids: bigint[] = [];
    while (hub.size === 2) {
      ids.push(...(await insertEvents(id, 250, { text: 'x'.repeat(1_000) })));
      await client.reached(ids.at(-1) ?? 0n);
      highest = Math.max(highest, connection?.writableLength ?? 0);
      expect(ids.length).toBeLessThan(50_000);
    }
    // What the server itself keeps for a client; the rest lies in the kernel.
    expect(highest).toBeLessThan(2 * 1_024 * 1_024);
    expect(connection?.destroyed).toBe(true);
    expect(client.ids).toEqual(ids);
  });

  it('is dropped too when it asks for a long past', async () => {
    const api = await startApi();
    const { id } = await insertInstance(database);
    const [first = 0n] = await insertEvents(id, 1);
    const client = await follow(api);
    // The hub has read all of it, so that it is past for whoever comes now.
    await client.reached((await insertEvents(id, 30_000, { text: 'x'.repeat(1_000) })).at(-1) ?? 0n);
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    sockets.push(socket);
    socket.on('error', () => undefined).pause();
    await once(socket, 'connect');
    socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: ${String(first)}\r\n\r\n`);
    const hub = hubOf(api);
    await until('it is open', () => Promise.resolve(hub.size === 2));
    while (hub.size === 2) {
      await client.reached((await insertEvents(id, 250, { text: 'x'.repeat(1_000) })).at(-1) ?? 0n);
    }
    expect(hub.size).toBe(1);
  });

  it('does not keep the api from ending', { timeout: 30_000 }, async () => {
    const api = await startApi();
    const { id } = await insertInstance(database);
    const connections: Socket[] = [];
    api.app.getHttpServer().on('connection', (socket: Socket) => connections.push(socket));
    await stuckSocket(api);
    await until('it is open', () => Promise.resolve(hubOf(api).size === 1));
    const client = await follow(api);
    while (connections[0]?.writableNeedDrain === false) {
      await client.reached((await insertEvents(id, 50, { text: 'x'.repeat(1_000) })).at(-1) ?? 0n);
    }
    expect(hubOf(api).size).toBe(2);
    await stop(api);
  });
});

describe('the end of an api', () => {
  it('ends the streams that are open', { timeout: 30_000 }, async () => {
    const api = await startApi();
    const { id } = await insertInstance(database);
    const streams = await Promise.all(Array.from({ length: 50 }, () => follow(api)));
    const [last = 0n] = await insertEvents(id, 1);
    await Promise.all(streams.map((stream) => stream.reached(last)));
    await Promise.all([stop(api), ...streams.map(({ closed }) => closed)]);
    expect(streams.flatMap(({ malformed }) => malformed)).toEqual([]);
  });

  it('does not wait for streams that come while it ends', { timeout: 30_000 }, async () => {
    const api = await startApi();
    const { name } = await insertInstance(database);
    let ended = false;
    const coming = Array.from({ length: 20 }, async () => {
      while (!ended) {
        try {
          await follow(api, { query: `?instance=${name}` });
        } catch {
          // Refused, or cut off: as it should be.
          return;
        }
      }
    });
    await until('they come', () => Promise.resolve(clients.length > 40));
    await stop(api);
    ended = true;
    await Promise.all(coming);
    await Promise.all(clients.map(({ closed }) => closed));
    expect(clients.every(({ isClosed }) => isClosed)).toBe(true);
  });
});

describe('many writers and readers', () => {
  interface WriterStep {
    /** To which instances, by index. */
    readonly events: readonly number[];
    /** Milliseconds that the transaction stays open after its events. */
    readonly pauseMs: number;
    readonly commits: boolean;
  }

  const step: fc.Arbitrary<WriterStep> = fc.record({
    events: fc.array(fc.nat(2), { minLength: 1, maxLength: 4 }),
    pauseMs: fc.constantFrom(0, 0, 1, 3),
    commits: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  });
  const plan = fc.record({
    writers: fc.array(fc.array(step, { minLength: 15, maxLength: 30 }), { minLength: 4, maxLength: 6 }),
    /** After how many events each reader goes away and comes back. */
    readers: fc.array(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 3, maxLength: 6 }), {
      minLength: 4,
      maxLength: 6,
    }),
  });

  async function write(instances: readonly string[], steps: readonly WriterStep[]): Promise<void> {
    const client = new Client(connectionConfig(database.url, 'writer'));
    await client.connect();
    try {
      for (const { events, pauseMs, commits } of steps) {
        await client.query('BEGIN');
        for (const index of events) {
          await client.query(`INSERT INTO instance_events (instance_id, type) VALUES ($1, 'instance.state_changed')`, [
            instances[index],
          ]);
          await client.query('SELECT pg_sleep($1)', [pauseMs / 1_000]);
        }
        await client.query(commits ? 'COMMIT' : 'ROLLBACK');
      }
    } finally {
      await client.end();
    }
  }

  /** Reads until `last` is known and reached, going from one api to the other. */
  async function read(
    urls: readonly string[],
    start: bigint,
    leaves: readonly number[],
    query: string,
    last: Promise<bigint>,
  ): Promise<bigint[]> {
    const seen: bigint[] = [];
    let position = start;
    let end: bigint | undefined;
    void last.then((id) => (end = id));
    for (let turn = 0; end === undefined || position < end; turn += 1) {
      const leaveAt = seen.length + (leaves[turn % leaves.length] ?? 1);
      const client = await EventClient.open(urls[turn % urls.length] ?? '', {
        after: position,
        query,
        onFrame: ({ id, event }) => {
          expect(event).not.toBe('stream.reset');
          // A client that has gone takes nothing more, as a page does that was closed.
          if (seen.length < leaveAt && event !== 'stream.open') {
            seen.push(id);
            position = id;
          }
        },
      });
      const enough = client.until(
        'it has enough',
        () => seen.length >= leaveAt || (end !== undefined && position >= end),
      );
      await Promise.race([enough, last.then((id) => (position >= id ? undefined : enough))]);
      expect(client.malformed).toEqual([]);
      client.abort();
      await enough.catch(() => undefined);
    }
    return seen;
  }

  it('shows every reader every committed event once and in order', { timeout: 180_000 }, async () => {
    const urls = (await Promise.all([startApi(), startApi()])).map(({ url }) => url);
    await fc.assert(
      fc.asyncProperty(plan, async ({ writers, readers }) => {
        await database.query('DELETE FROM instances');
        const instances = [
          await insertInstance(database),
          await insertInstance(database),
          await insertInstance(database),
        ];
        const ids = instances.map(({ id }) => id);
        const start = (await insertEvents(ids[0] ?? '', 1)).at(-1) ?? 0n;
        const writing = Promise.all(writers.map((steps) => write(ids, steps))).then(async () => {
          // One that all readers wait for, also those of one instance.
          for (const id of ids) {
            await insertEvents(id, 1);
          }
          return committed(start);
        });
        const lastOf = (instanceId?: string): Promise<bigint> =>
          writing.then(
            (events) =>
              events.findLast((event) => instanceId === undefined || event.instanceId === instanceId)?.id ?? 0n,
          );
        const everything = readers.map((leaves) => read(urls, start, leaves, '', lastOf()));
        const ofOne = instances.map(({ id, name }) => read(urls, start, [7, 3], `?instance=${name}`, lastOf(id)));
        const events = await writing;
        for (const seen of await Promise.all(everything)) {
          expect(seen).toEqual(events.map(({ id }) => id));
        }
        for (const [index, seen] of (await Promise.all(ofOne)).entries()) {
          expect(seen).toEqual(events.filter(({ instanceId }) => instanceId === ids[index]).map(({ id }) => id));
        }
      }),
      // A smaller script says no more about a race than a big one.
      { numRuns: 4, endOnFailure: true },
    );
  });
});

describe('GET /api/instances/:name/events', () => {
  interface Page {
    events: { id: string; instance_id: string }[];
    next_before: string | null;
  }

  it.each([1, 7, 50, 100, 500])('pages through the timeline, %i at a time', async (limit) => {
    const api = shared;
    const { id, name } = await insertInstance(database);
    const other = await insertInstance(database);
    const ids: bigint[] = [];
    for (let round = 0; round < 10; round += 1) {
      ids.push(...(await insertEvents(id, 10)));
      await insertEvents(other.id, 3);
    }
    const seen: string[] = [];
    let before: string | null = '';
    while (before !== null) {
      const response = await api.get(
        `/api/instances/${name}/events?limit=${String(limit)}${before && `&before=${before}`}`,
      );
      expect(response.status).toBe(200);
      const page = (await response.json()) as Page;
      expect(page.events.length).toBeLessThanOrEqual(limit);
      seen.push(...page.events.map((event) => event.id));
      before = page.next_before;
    }
    expect(seen).toEqual(ids.map(String).reverse());
  });

  it('has a hundred per page, is there by id when the instance is gone, and refuses nonsense', async () => {
    const api = shared;
    const { id, name } = await insertInstance(database);
    await insertEvents(id, 101);
    expect(((await (await api.get(`/api/instances/${name}/events`)).json()) as Page).events).toHaveLength(100);
    await database.query(`UPDATE instances SET state = 'purged' WHERE id = $1`, [id]);
    expect((await api.get(`/api/instances/${name}/events`)).status).toBe(404);
    expect((await api.get(`/api/instances/${id}/events`)).status).toBe(200);
    for (const query of ['limit=0', 'limit=501', 'limit=x', 'before=-1', 'before=x', 'colour=blue']) {
      const { status } = await api.get(`/api/instances/${id}/events?${query}`);
      expect({ query, status }).toEqual({ query, status: 400 });
    }
  });
});
