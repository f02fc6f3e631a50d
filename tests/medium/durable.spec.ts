import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createToygres } from '#sdk';
import { InstanceSecrets } from '../../server/src/features/instances/index.js';
import { DurableServer, type Started } from '../support/durable-server.js';
import { freePort } from '../support/servers.js';
import { TestApi } from '../support/test-api.js';

type Json = Record<string, unknown>;

let api: TestApi;
let server: DurableServer;

beforeAll(async () => {
  [api, server] = [await TestApi.start(), await DurableServer.start()];
});

beforeEach(async () => {
  await api.database.query('DELETE FROM instances; DELETE FROM idempotency_keys');
  await server.reset();
  await server.pretend(here(), { name: 'flows' });
});

afterAll(async () => {
  await server.stop();
  await api.close();
});

const here = () => ({ database: api.database, secrets: api.app.get(InstanceSecrets, { strict: false }) });
const start = (...started: readonly Started[]) => server.give(...started);
const calls = () => server.calls();

async function answer(response: Response): Promise<{ status: number; body: Json; text: string }> {
  const text = await response.text();
  return { status: response.status, body: JSON.parse(text) as Json, text };
}
const read = async (path: string, name = 'flows') => answer(await api.get(`/api/instances/${name}/durable${path}`));
const post = async (path: string, body: unknown, headers: Record<string, string> = {}, name = 'flows') =>
  answer(await api.post(`/api/instances/${name}/durable${path}`, body, headers));

describe('GET …/durable/instances', () => {
  const ids = ({ body }: { body: Json }) => (body['instances'] as Json[]).map(({ id }) => id);

  it('lists what was started, the newest first', async () => {
    await start({ id: 'a1', label: 'nightly', status: 'completed', output: '{"rows":7}' }, { id: 'b2' });
    const { status, body } = await read('/instances');
    expect(status).toBe(200);
    expect(body).toEqual({
      instances: [
        {
          id: 'b2',
          label: null,
          function_name: 'execute_function_graph',
          status: 'running',
          execution_count: 1,
          output: null,
          created_at: expect.stringMatching(/Z$/) as string,
          completed_at: null,
        },
        expect.objectContaining({ id: 'a1', label: 'nightly', status: 'completed', output: '{"rows":7}' }) as Json,
      ],
      next_cursor: null,
    });
  });

  it('filters by status and label, and goes on where a page has ended', async () => {
    await start(
      { id: 'a', label: 'x' },
      { id: 'b', status: 'failed' },
      { id: 'c', label: 'x' },
      { id: 'd' },
      { id: 'e' },
    );
    expect(ids(await read('/instances?status=failed'))).toEqual(['b']);
    expect(ids(await read('/instances?label=x'))).toEqual(['c', 'a']);
    const first = await read('/instances?limit=2');
    expect(ids(first)).toEqual(['e', 'd']);
    const second = await read(`/instances?limit=2&cursor=${String(first.body['next_cursor'])}`);
    expect(ids(second)).toEqual(['c', 'b']);
    const last = await read(`/instances?limit=2&cursor=${String(second.body['next_cursor'])}`);
    expect({ ids: ids(last), cursor: last.body['next_cursor'] }).toEqual({ ids: ['a'], cursor: null });
  });

  it('cuts what is long, on the server', async () => {
    await start({ id: 'a', output: 'x'.repeat(100_000) });
    expect((await read('/instances')).body).toMatchObject({ instances: [{ output: 'x'.repeat(300) }] });
    expect((await read('/instances/a')).body).toMatchObject({ output: 'x'.repeat(20_000) });
  });

  it.each(['status=gone', 'limit=0', 'limit=101', 'order=asc'])('refuses %s', async (query) => {
    expect(await read(`/instances?${query}`)).toMatchObject({ status: 400, body: { code: 'validation_failed' } });
  });

  it('takes what is given as text and nothing else', async () => {
    await start({ id: 'a' });
    const label = encodeURIComponent(`'; DROP SCHEMA df CASCADE; --`);
    expect(ids(await read(`/instances?label=${label}`))).toEqual([]);
    expect(await read(`/instances/${encodeURIComponent(`a' OR 'a'='a`)}`)).toMatchObject({ status: 404 });
    expect(ids(await read('/instances'))).toEqual(['a']);
  });

  it('is not led astray by what somebody has put into the schema public', async () => {
    await server.admin.query(
      `CREATE OR REPLACE FUNCTION public.left(text, integer) RETURNS text LANGUAGE sql AS $$ SELECT 'led astray' $$`,
    );
    await server.admin.query(`ALTER ROLE postgres SET search_path = public, pg_catalog`);
    try {
      await start({ id: 'a', output: 'as it is' });
      expect((await read('/instances')).body).toMatchObject({ instances: [{ output: 'as it is' }] });
    } finally {
      await server.admin.query('ALTER ROLE postgres RESET search_path; DROP FUNCTION public.left(text, integer)');
    }
  });
});

describe('GET …/durable/instances/:id and …/metrics', () => {
  it('reads one with its executions and steps', async () => {
    await start({ id: 'a1', label: 'nightly' });
    const { status, body } = await read('/instances/a1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 'a1',
      label: 'nightly',
      function_version: '1.0.0',
      current_execution_id: 2,
      status: 'running',
      executions: [
        { id: 2, status: 'running', event_count: 12, duration_ms: null },
        { id: 1, status: 'completed', duration_ms: 1250 },
      ],
    });
    expect((body['nodes'] as Json[])[1]).toEqual({
      id: 'n2',
      type: 'SQL',
      query: `SELECT id FROM orders WHERE status = 'pending'`,
      result_name: 'order_id',
      left_node: null,
      right_node: null,
      status: 'completed',
      result: '{"rows":[{"id":7}]}',
      status_details: '{"execution_id":"a1b2c3d4::1"}',
    });
  });

  it('knows none that is not there', async () => {
    for (const attempt of [
      read('/instances/none'),
      post('/instances/none/cancel', {}),
      post('/instances/none/signal', { name: 'x' }),
    ]) {
      expect(await attempt).toMatchObject({ status: 404, body: { code: 'durable_instance_not_found' } });
    }
    expect(await calls()).toEqual([]);
  });

  it('counts', async () => {
    await start({ id: 'a' }, { id: 'b', status: 'failed' }, { id: 'c', status: 'completed' });
    expect((await read('/metrics')).body).toEqual({
      total_instances: 3,
      running_instances: 1,
      completed_instances: 1,
      failed_instances: 1,
      total_executions: 6,
      total_events: 72,
    });
  });
});

describe('POST …/cancel and …/signal', () => {
  it('cancels with a reason, as the customer’s own role', async () => {
    await start({ id: 'a1' }, { id: 'b2' });
    expect(await post('/instances/a1/cancel', { reason: `It's over` })).toMatchObject({
      status: 200,
      body: { message: 'Instance a1 cancelled' },
    });
    expect(await post('/instances/b2/cancel', {})).toMatchObject({ status: 200 });
    expect(await calls()).toMatchObject([
      { call: 'cancel', instance_id: 'a1', data: `It's over`, role: 'postgres' },
      { call: 'cancel', instance_id: 'b2', data: 'Cancelled in Toygres', role: 'postgres' },
    ]);
  });

  it('says why the extension refuses, in its own words', async () => {
    await start({ id: 'a1', status: 'completed' });
    expect(await post('/instances/a1/cancel', {})).toMatchObject({
      status: 409,
      body: {
        code: 'durable_refused',
        error: 'pg_durable of "flows" refuses: instance a1 has completed already.',
      },
    });
  });

  it.each([
    [{ name: 'approval', data: { approved: true } }, '{"approved":true}'],
    [{ name: 'approval', data: 'yes' }, '"yes"'],
    [{ name: 'approval', data: null }, 'null'],
    [{ name: 'approval' }, '{}'],
    [{ name: `'); DROP SCHEMA df; --`, data: `'); DROP SCHEMA df; --` }, `"'); DROP SCHEMA df; --"`],
  ])('sends %j as JSON', async (body, data) => {
    await start({ id: 'a1' });
    expect(await post('/instances/a1/signal', body)).toMatchObject({ status: 200 });
    expect(await calls()).toMatchObject([
      { call: 'signal', instance_id: 'a1', name: body.name, data, role: 'postgres' },
    ]);
  });

  it('sends a signal once, however often it is asked for with one key', async () => {
    await start({ id: 'a1' });
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await post('/instances/a1/signal', { name: 'go' }, key);
    expect(await post('/instances/a1/signal', { name: 'go' }, key)).toEqual(first);
    expect(await calls()).toHaveLength(1);
    expect(await post('/instances/a1/signal', { name: 'stop' }, key)).toMatchObject({
      status: 422,
      body: { code: 'idempotency_key_reused' },
    });
  });

  it.each([
    ['/signal', {}],
    ['/signal', { name: '' }],
    ['/cancel', { reason: 'x'.repeat(501) }],
    ['/cancel', { why: 'x' }],
  ])('refuses %s with %j', async (path, body) => {
    await start({ id: 'a1' });
    expect(await post(`/instances/a1${path}`, body)).toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
    expect(await calls()).toEqual([]);
  });

  it('starts nothing: there is no such route', async () => {
    expect(await post('/instances', { fut: 'SELECT 1' })).toMatchObject({ status: 405 });
  });
});

describe('what can not be asked', () => {
  it.each([
    ['stock', { image_type: 'stock' }, 422, 'not_durable'],
    ['stopped', { state: 'stopped' }, 409, 'invalid_state'],
    ['being created', { state: 'creating', endpoint_host: null }, 409, 'invalid_state'],
  ])('is one that is %s', async (_what, changes, status, code) => {
    await server.pretend(here(), { name: 'other', ...changes });
    for (const path of ['/instances', '/instances/a1', '/metrics']) {
      expect(await read(path, 'other')).toMatchObject({ status, body: { code } });
    }
    for (const path of ['/instances/a1/cancel', '/instances/a1/signal']) {
      expect(await post(path, { ...(path.endsWith('signal') && { name: 'x' }) }, {}, 'other')).toMatchObject({
        status,
      });
    }
  });

  it('is one that is not there', async () => {
    expect(await read('/instances', 'none')).toMatchObject({ status: 404, body: { code: 'instance_not_found' } });
  });

  it('is one whose extension was dropped, and it says what to do', async () => {
    await server.admin.query('DROP SCHEMA df CASCADE');
    expect(await read('/instances')).toMatchObject({
      status: 409,
      body: { code: 'extension_missing', error: expect.stringContaining('CREATE EXTENSION pg_durable') as string },
    });
  });

  it('is one whose server does not answer', async () => {
    await server.pretend(here(), { name: 'gone', endpoint_port: await freePort() });
    expect(await read('/instances', 'gone')).toMatchObject({
      status: 409,
      body: { code: 'instance_unreachable', error: expect.stringContaining('Nothing listens at localhost') as string },
    });
  });

  it('is one whose password was changed on the server itself', async () => {
    await server.pretend(here(), { name: 'changed' }, 'Canary-Password-1');
    const { status, body, text } = await read('/instances', 'changed');
    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'instance_unreachable' } });
    expect(text).not.toContain('Canary');
  });

  it('is one that takes too long: the statement is ended on the server', async () => {
    await server.admin.query(`
      CREATE OR REPLACE FUNCTION df.metrics() RETURNS TABLE (total_instances bigint, running_instances bigint,
        completed_instances bigint, failed_instances bigint, total_executions bigint, total_events bigint)
      LANGUAGE sql AS $$ SELECT 1::bigint, 1::bigint, 1::bigint, 1::bigint, 1::bigint, 1::bigint FROM pg_sleep(60) $$`);
    const begun = performance.now();
    expect(await read('/metrics')).toMatchObject({ status: 409, body: { code: 'instance_unreachable' } });
    expect(performance.now() - begun).toBeLessThan(10_000);
    const { rows } = await server.admin.query(
      `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%df.metrics%' AND pid <> pg_backend_pid()`,
    );
    expect(rows).toEqual([]);
  });

  it('is one that takes the connection and is silent', async () => {
    const sockets: Socket[] = [];
    const silent: Server = createServer((socket) => sockets.push(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      await server.pretend(here(), { name: 'silent', endpoint_port: (silent.address() as AddressInfo).port });
      expect(await read('/metrics', 'silent')).toMatchObject({
        status: 409,
        body: { error: expect.stringContaining('within 5 seconds') as string },
      });
    } finally {
      sockets.forEach((socket) => socket.destroy());
      silent.close();
    }
  });
});

describe('the SDK', () => {
  it('lists, reads, counts, signals and cancels', async () => {
    await start({ id: 'a1' });
    const { durable } = createToygres({ baseUrl: api.url });
    expect((await durable.list('flows', { status: 'running' })).instances).toMatchObject([{ id: 'a1' }]);
    expect(await durable.signal('flows', 'a1', { name: 'go', data: [1] })).toEqual({ message: 'Signal go sent to a1' });
    expect(await durable.cancel('flows', 'a1', 'Enough')).toEqual({ message: 'Instance a1 cancelled' });
    expect(await durable.get('flows', 'a1')).toMatchObject({ status: 'cancelled' });
    expect(await durable.metrics('flows')).toMatchObject({ total_instances: 1 });
  });
});
