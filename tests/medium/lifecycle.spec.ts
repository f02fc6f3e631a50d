import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeletedRetention } from '../../server/src/features/instances/jobs/deleted-retention.js';
import { InstanceLifecycle } from '../../server/src/features/instances/instance-lifecycle.js';
import { INSTANCE_STATES, InstanceRepository, type InstanceState } from '../../server/src/features/instances/index.js';
import { Database } from '../../server/src/platform/database/database.js';
import { insertInstance, type InstanceColumns } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';

/** The API without a worker: what is accepted stays accepted, so that every condition can be looked at. */
let api: TestApi;

beforeAll(async () => {
  api = await TestApi.start();
});

beforeEach(async () => {
  await api.database.query('DELETE FROM instances; DELETE FROM idempotency_keys');
});

afterAll(async () => {
  await api.close();
});

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${api.url}/api/${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: (await response.json()) as Answer['body'],
  };
}

const post = (name: string, what: string): Promise<Answer> => ask('POST', `instances/${name}/${what}`);
const get = async (path: string): Promise<Answer['body']> => (await ask('GET', path)).body;

/** An instance that has run: it has an endpoint, and so data. */
const there = (state: InstanceState, changes: Partial<InstanceColumns> = {}): Promise<InstanceColumns> =>
  insertInstance(api.database, {
    name: 'proddb',
    k8s_name: 'proddb-a1b2c3d4',
    state,
    endpoint_host: 'localhost',
    endpoint_ip: '127.0.0.1',
    endpoint_port: 15_432,
    ...changes,
  });

/** Brings an orchestration and its instance to where a worker would have brought them. */
async function conclude(id: string, status: string, state: InstanceState): Promise<void> {
  await api.database.query(
    `UPDATE orchestrations SET status = $2, finished_at = now(), error_code = 'test' WHERE id = $1`,
    [id, status],
  );
  await api.database.query(
    `UPDATE instances SET state = $2 WHERE id = (SELECT instance_id FROM orchestrations WHERE id = $1)`,
    [id, state],
  );
}

describe('what can be asked for in which state', () => {
  /** States that accept it, with what the instance is in afterwards. In all others it is refused. */
  const ACCEPTED: Readonly<Record<string, Readonly<Partial<Record<InstanceState, InstanceState>>>>> = {
    stop: { running: 'stopping', stopping: 'stopping', stopped: 'stopped' },
    start: { stopped: 'starting', failed: 'starting', stopping: 'stopping', starting: 'starting', running: 'running' },
    restart: { running: 'restarting', restarting: 'restarting' },
    undelete: { deleted: 'starting' },
    delete: {
      creating: 'purging',
      running: 'deleting',
      stopping: 'deleting',
      stopped: 'deleting',
      starting: 'deleting',
      restarting: 'deleting',
      failed: 'deleting',
      deleting: 'deleting',
      deleted: 'deleted',
      purging: 'purging',
      purged: 'purged',
    },
    purge: {
      ...(Object.fromEntries(INSTANCE_STATES.map((state) => [state, 'purging'])) as Record<
        InstanceState,
        InstanceState
      >),
      purged: 'purged',
    },
  };
  const cases = Object.entries(ACCEPTED).flatMap(([what, accepted]) =>
    INSTANCE_STATES.map((state) => ({ what, state, to: accepted[state] })),
  );

  it.each(cases)('$what in $state: $to', async ({ what, state, to }) => {
    // "creating" with an endpoint is not a thing that lasts, but nothing may break on it.
    const { id } = await there(state);
    const answer =
      what === 'delete' || what === 'purge'
        ? await ask('DELETE', `instances/${id}${what === 'purge' ? '?purge=true' : ''}`)
        : await post(id, what);
    if (to === undefined) {
      expect(answer).toMatchObject({ status: 409, body: { code: 'invalid_state' } });
      expect(answer.body['error']).toContain(`it is in the state "${state}"`);
      expect(await get(`instances/${id}`)).toMatchObject({ state });
    } else {
      expect(answer).toMatchObject({ status: 202, body: { state: to } });
      expect(await get(`instances/${id}`)).toMatchObject({ state: to });
    }
  });
});

describe('stop, start and restart', () => {
  it('start one orchestration each, which the answer names', async () => {
    await there('running');
    const stop = await post('proddb', 'stop');
    expect(stop).toMatchObject({
      status: 202,
      location: '/api/orchestrations/stop-proddb-a1b2c3d4',
      body: { orchestration_id: 'stop-proddb-a1b2c3d4', state: 'stopping', message: 'The instance is being stopped.' },
    });
    expect(await get('instances/proddb')).toMatchObject({
      state: 'stopping',
      orchestration: { id: 'stop-proddb-a1b2c3d4', kind: 'stop', cancellable: true },
      endpoint: { port: 15_432 },
    });
    await conclude('stop-proddb-a1b2c3d4', 'succeeded', 'stopped');
    expect((await post('proddb', 'stop')).body).toMatchObject({ orchestration_id: null, state: 'stopped' });
    expect((await post('proddb', 'start')).body).toMatchObject({ orchestration_id: 'start-proddb-a1b2c3d4' });
    await conclude('start-proddb-a1b2c3d4', 'succeeded', 'running');
    expect((await post('proddb', 'stop')).body).toMatchObject({ orchestration_id: 'stop-proddb-a1b2c3d4-2' });
  });

  it('join what is doing the same already', async () => {
    await there('running');
    const restarts = await Promise.all(Array.from({ length: 8 }, () => post('proddb', 'restart')));
    expect(new Set(restarts.map(({ body }) => body['orchestration_id']))).toEqual(new Set(['restart-proddb-a1b2c3d4']));
    expect(restarts.map(({ status }) => status)).toEqual(Array(8).fill(202));
    expect(await get('orchestrations')).toMatchObject({ total: 1 });
  });

  it('say what is in the way', async () => {
    await there('running');
    await post('proddb', 'restart');
    expect(await post('proddb', 'stop')).toMatchObject({
      status: 423,
      body: {
        code: 'orchestration_in_progress',
        orchestration_id: 'restart-proddb-a1b2c3d4',
        error: '"proddb" can not be stopped while its restart is under way. Wait for restart-proddb-a1b2c3d4 to end.',
      },
    });
  });

  it('let a start wait for the stop under way, and drop it when the stop is asked for again', async () => {
    await there('running');
    await post('proddb', 'stop');
    const start = await post('proddb', 'start');
    expect(start.body).toMatchObject({ orchestration_id: 'start-proddb-a1b2c3d4', state: 'stopping' });
    expect((await post('proddb', 'start')).body).toEqual(start.body);
    expect(await get('orchestrations/start-proddb-a1b2c3d4')).toMatchObject({
      status: 'pending',
      after_id: 'stop-proddb-a1b2c3d4',
    });
    const waiting = await api.database.query(`SELECT id FROM orchestrations WHERE NOT dispatch_needed`);
    expect(waiting).toEqual([{ id: 'start-proddb-a1b2c3d4' }]);
    // What is under way is shown, not what waits for it.
    expect(await get('instances/proddb')).toMatchObject({ orchestration: { id: 'stop-proddb-a1b2c3d4' } });

    expect((await post('proddb', 'stop')).body).toMatchObject({ orchestration_id: 'stop-proddb-a1b2c3d4' });
    expect(await get('orchestrations/start-proddb-a1b2c3d4')).toMatchObject({
      status: 'cancelled',
      error: 'It is to stay stopped.',
    });
  });

  it('outrank a recovery', async () => {
    const { id } = await there('running');
    await api.database.query(
      `INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, deadline_at)
       VALUES ('recover-proddb', 'recover', 1, $1, 'running', 'supervisor', now() + interval '1 hour')`,
      [id],
    );
    expect(await post('proddb', 'stop')).toMatchObject({ status: 202 });
    expect(await get('orchestrations/recover-proddb')).toMatchObject({ status: 'cancelled' });
  });

  it('do not start what has no data', async () => {
    await there('failed', { endpoint_host: null, endpoint_ip: null, endpoint_port: null });
    expect(await post('proddb', 'start')).toMatchObject({
      status: 409,
      body: { code: 'invalid_state', error: expect.stringContaining('retry what has failed, or delete it') as string },
    });
  });

  it('take an Idempotency-Key', async () => {
    await there('running');
    const headers = { 'Idempotency-Key': 'once' };
    const first = await ask('POST', 'instances/proddb/restart', undefined, headers);
    await conclude('restart-proddb-a1b2c3d4', 'succeeded', 'running');
    expect(await ask('POST', 'instances/proddb/restart', undefined, headers)).toEqual(first);
    expect(await get('orchestrations')).toMatchObject({ total: 1 });
  });
});

describe('delete, undelete and purge', () => {
  it('keeps the name and says until when, and brings everything back', async () => {
    const { id } = await there('running');
    expect((await ask('DELETE', 'instances/proddb')).body).toMatchObject({
      orchestration_id: 'delete-proddb-a1b2c3d4',
      state: 'deleting',
    });
    expect((await ask('DELETE', 'instances/proddb')).body).toMatchObject({
      orchestration_id: 'delete-proddb-a1b2c3d4',
    });
    await api.database.query(`UPDATE orchestrations SET status = 'succeeded' WHERE instance_id = $1`, [id]);
    await api.app.get(Database).transaction(async (transaction) => {
      const repository = api.app.get(InstanceRepository, { strict: false });
      const cause = { orchestrationId: 'delete-proddb-a1b2c3d4', failure: null };
      await repository.move(transaction, { id, state: 'deleting' }, 'deleted', cause);
    });
    const deleted = await get('instances/proddb');
    expect(deleted).toMatchObject({ id, state: 'deleted', endpoint: { port: 15_432 } });
    const kept = Date.parse(deleted['purge_at'] as string) - Date.parse(deleted['deleted_at'] as string);
    expect(kept).toBe(7 * 24 * 3_600_000);
    expect(await get('instances')).toMatchObject({ total: 0 });
    expect(await get('instances?state=deleted')).toMatchObject({
      total: 1,
      instances: [{ purge_at: deleted['purge_at'] }],
    });
    expect(await get('stats')).toMatchObject({ total: 0, by_state: { deleted: 1 } });
    expect(await ask('POST', 'instances', TestApi.body())).toMatchObject({
      status: 409,
      body: { code: 'name_taken', error: expect.stringContaining('can be brought back until 20') as string },
    });

    expect((await post('proddb', 'undelete')).body).toMatchObject({ orchestration_id: 'undelete-proddb-a1b2c3d4' });
    expect((await post('proddb', 'undelete')).body).toMatchObject({ orchestration_id: 'undelete-proddb-a1b2c3d4' });
    expect(await get('instances/proddb')).toMatchObject({ id, state: 'starting', purge_at: null, deleted_at: null });
  });

  it('purges what has no data at once', async () => {
    const { body } = await ask('POST', 'instances', TestApi.body());
    const created = body as { instance_id: string; orchestration_id: string; k8s_name: string };
    const answer = await ask('DELETE', 'instances/proddb');
    expect(answer.body).toMatchObject({ orchestration_id: `purge-${created.k8s_name}`, state: 'purging' });
    expect(await get(`orchestrations/${created.orchestration_id}`)).toMatchObject({
      status: 'cancelled',
      error_code: 'cancelled',
      error: 'The instance is being purged.',
    });
    expect(await ask('POST', 'instances', TestApi.body())).toMatchObject({
      body: { code: 'name_taken', error: expect.stringContaining('being purged') as string },
    });
  });

  it('frees the name when the instance is purged, which is then found by its id alone', async () => {
    const { id } = await there('purged');
    expect(await ask('GET', 'instances/proddb')).toMatchObject({ status: 404 });
    expect(await get(`instances/${id}`)).toMatchObject({ state: 'purged' });
    expect(await get('instances')).toMatchObject({ total: 0 });
    expect(await get('instances?state=purged')).toMatchObject({ total: 1 });
    expect(await ask('POST', 'instances', TestApi.body())).toMatchObject({ status: 202 });
  });

  it('turns a deletion under way into a purge', async () => {
    await there('running');
    await ask('DELETE', 'instances/proddb');
    expect((await ask('DELETE', 'instances/proddb?purge=true')).body).toMatchObject({ state: 'purging' });
    expect(await get('orchestrations/delete-proddb-a1b2c3d4')).toMatchObject({ status: 'cancelled' });
  });

  it('is refused while the instance is protected', async () => {
    await there('running');
    await ask('PATCH', 'instances/proddb', { deletion_protection: true });
    for (const query of ['', '?purge=true']) {
      expect(await ask('DELETE', `instances/proddb${query}`)).toMatchObject({
        status: 409,
        body: { code: 'deletion_protected', error: expect.stringContaining('Turn deletion_protection off') as string },
      });
    }
    expect(await get('instances/proddb')).toMatchObject({ state: 'running' });
    await ask('PATCH', 'instances/proddb', { deletion_protection: false });
    expect(await ask('DELETE', 'instances/proddb')).toMatchObject({ status: 202 });
  });

  it('purges those whose time is up, and only those', async () => {
    const expired = await there('deleted', { name: 'expired', k8s_name: 'expired-a1b2c3d4' });
    const kept = await there('deleted', { name: 'kept', k8s_name: 'kept-a1b2c3d4' });
    await api.database.query(
      `UPDATE instances SET purge_at = now() + CASE id WHEN $1 THEN -1 ELSE 1 END * interval '1 s'`,
      [expired.id],
    );
    const lifecycle = api.app.get(InstanceLifecycle, { strict: false });
    const retention = new DeletedRetention(api.app.get(InstanceRepository, { strict: false }), lifecycle);
    await retention.run();
    await retention.run();
    expect(await get(`instances/${expired.id}`)).toMatchObject({ state: 'purging' });
    expect(await get(`instances/${kept.id}`)).toMatchObject({ state: 'deleted' });
    expect(await get('orchestrations')).toMatchObject({
      total: 1,
      orchestrations: [{ id: 'purge-expired-a1b2c3d4', started_by: 'retention' }],
    });
    expect(await lifecycle.purgeExpired(kept.id)).toBe(false);
  });
});

describe('cancel', () => {
  it('calls off what is under way, once, with what waits for it', async () => {
    await there('running');
    await post('proddb', 'stop');
    await post('proddb', 'start');
    const first = await post('proddb', 'cancel');
    expect(first).toMatchObject({ status: 202, body: { orchestration_id: 'stop-proddb-a1b2c3d4' } });
    expect(await ask('POST', 'orchestrations/stop-proddb-a1b2c3d4/cancel')).toMatchObject({ status: 202 });
    expect(await get('orchestrations/stop-proddb-a1b2c3d4')).toMatchObject({
      cancel_requested: true,
      cancellable: false,
      error_code: 'cancelled',
    });
    expect(await get('orchestrations/start-proddb-a1b2c3d4')).toMatchObject({ status: 'cancelled' });
    const { events } = (await get('instances/proddb/events')) as unknown as { events: { type: string }[] };
    expect(events.filter(({ type }) => type === 'orchestration.cancel_requested')).toMatchObject([
      { orchestration_id: 'stop-proddb-a1b2c3d4', data: { kind: 'stop' } },
    ]);
  });

  it('is refused where there is no way back, and where it comes too late', async () => {
    await there('running');
    expect(await post('proddb', 'cancel')).toMatchObject({
      status: 409,
      body: { code: 'not_cancellable', error: 'Nothing is under way with "proddb".' },
    });
    await post('proddb', 'restart');
    expect(await post('proddb', 'cancel')).toMatchObject({
      status: 409,
      body: { code: 'not_cancellable', error: 'A restart can not be called off.' },
    });
    await conclude('restart-proddb-a1b2c3d4', 'succeeded', 'running');
    expect(await ask('POST', 'orchestrations/restart-proddb-a1b2c3d4/cancel')).toMatchObject({
      status: 409,
      body: { error: 'restart-proddb-a1b2c3d4 has ended already.' },
    });
    await ask('DELETE', 'instances/proddb');
    expect(await post('proddb', 'cancel')).toMatchObject({
      status: 409,
      body: { error: 'A deletion can not be called off. Undelete "proddb" when it is deleted.' },
    });
    expect(await ask('POST', 'orchestrations/none/cancel')).toMatchObject({
      status: 404,
      body: { code: 'orchestration_not_found' },
    });
  });
});

describe('retry', () => {
  it('goes on with what has failed, from its first activity that is not done', async () => {
    await there('running');
    await ask('DELETE', 'instances/proddb?purge=true');
    const id = 'purge-proddb-a1b2c3d4';
    await api.database.query(
      `UPDATE orchestration_activities
       SET status = CASE position WHEN 0 THEN 'succeeded' WHEN 1 THEN 'failed' ELSE 'skipped' END, attempt = 10, started_at = now(),
           failed_attempts = CASE position WHEN 1 THEN '[{"attempt":10,"started_at":"2026-11-14T12:00:00Z","finished_at":"2026-11-14T12:00:01Z","error_code":"test","error":"It broke."}]'::jsonb ELSE '[]' END`,
    );
    await conclude(id, 'failed', 'failed');
    expect(await get(`orchestrations/${id}`)).toMatchObject({ retryable: true, cancellable: false });
    expect(await ask('POST', `orchestrations/${id}/retry`)).toMatchObject({
      status: 202,
      body: { orchestration_id: id, state: 'purging' },
    });
    expect(await get(`orchestrations/${id}`)).toMatchObject({
      status: 'pending',
      retries: 1,
      retryable: false,
      error_code: null,
      started_at: null,
      activities: [
        { status: 'succeeded', attempt: 10 },
        { status: 'pending', attempt: 0, started_at: null, failed_attempts: [{ error: 'It broke.' }] },
        { status: 'pending' },
      ],
    });
    expect(await get('instances/proddb')).toMatchObject({ state: 'purging', failure_code: null });
  });

  it('begins again where all was undone', async () => {
    const { body } = await ask('POST', 'instances', TestApi.body());
    const id = body['orchestration_id'] as string;
    await api.database.query(
      `UPDATE orchestration_activities SET status = 'succeeded', result = '{"old":true}', started_at = now()`,
    );
    await api.database.query(
      `INSERT INTO orchestration_activities (orchestration_id, position, phase, name, status)
       VALUES ($1, 5, 'compensation', 'instance.discard', 'succeeded')`,
      [id],
    );
    await conclude(id, 'cancelled', 'failed');
    expect(await post('proddb', 'retry')).toMatchObject({
      status: 202,
      body: { orchestration_id: id, state: 'creating' },
    });
    const { activities } = await get(`orchestrations/${id}`);
    expect((activities as { status: string }[]).map(({ status }) => status)).toEqual(Array(5).fill('pending'));
    expect(await api.database.query('SELECT FROM orchestration_activities WHERE result IS NOT NULL')).toEqual([]);
  });

  it('is refused for what has not failed, and for what is not the last', async () => {
    await there('running');
    expect(await post('proddb', 'retry')).toMatchObject({ status: 409, body: { code: 'not_retryable' } });
    await post('proddb', 'restart');
    await conclude('restart-proddb-a1b2c3d4', 'failed', 'failed');
    await post('proddb', 'start');
    await conclude('start-proddb-a1b2c3d4', 'failed', 'failed');
    expect(await ask('POST', 'orchestrations/restart-proddb-a1b2c3d4/retry')).toMatchObject({
      status: 409,
      body: {
        code: 'not_retryable',
        error: 'restart-proddb-a1b2c3d4 is not the last of "proddb"; start-proddb-a1b2c3d4 is.',
      },
    });
    expect(await get('orchestrations/restart-proddb-a1b2c3d4')).toMatchObject({ retryable: false });
    expect(await get('orchestrations/start-proddb-a1b2c3d4')).toMatchObject({ retryable: true });
  });
});

describe('PATCH /api/instances/:name', () => {
  it('changes what is given and keeps what is left out, and says so in an event', async () => {
    await there('running', { tags: { team: 'backend' } });
    const answer = await ask('PATCH', 'instances/proddb', { deletion_protection: true });
    expect(answer).toMatchObject({
      status: 200,
      body: { deletion_protection: true, tags: { team: 'backend' }, revision: 2 },
    });
    expect((await ask('PATCH', 'instances/proddb', { tags: {} })).body).toMatchObject({
      deletion_protection: true,
      tags: {},
      revision: 3,
    });
    // The same again is no change.
    expect((await ask('PATCH', 'instances/proddb', { tags: {} })).body).toMatchObject({ revision: 3 });
    const { events } = await get('instances/proddb/events');
    expect(events as object[]).toMatchObject([
      { type: 'instance.updated', data: { tags: {} } },
      { type: 'instance.updated', data: { deletion_protection: true } },
    ]);
  });

  it('holds to the revision that was read', async () => {
    await there('running');
    const change = { deletion_protection: true };
    expect(await ask('PATCH', 'instances/proddb', change, { 'If-Match': '"7"' })).toMatchObject({
      status: 412,
      body: { code: 'revision_changed' },
    });
    expect(await ask('PATCH', 'instances/proddb', change, { 'If-Match': '"1"' })).toMatchObject({ status: 200 });
    expect(await ask('PATCH', 'instances/proddb', change, { 'If-Match': '*' })).toMatchObject({ status: 200 });
    expect(await ask('PATCH', 'instances/proddb', change, { 'If-Match': 'W/"1"' })).toMatchObject({
      status: 400,
      body: { code: 'invalid_if_match' },
    });
  });

  it('refuses what it does not know, nothing at all, and what is gone', async () => {
    const { id } = await there('purged');
    expect(await ask('PATCH', `instances/${id}`, { deletion_protection: true })).toMatchObject({
      status: 409,
      body: { code: 'invalid_state' },
    });
    expect(await ask('PATCH', 'instances/none', { deletion_protection: true })).toMatchObject({ status: 404 });
    expect(await ask('PATCH', 'instances/none', {})).toMatchObject({
      status: 400,
      body: { code: 'validation_failed' },
    });
    expect(await ask('PATCH', 'instances/none', { state: 'running' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/state' }] },
    });
    expect(await ask('PATCH', 'instances/none', { tags: { 'no good': 'x' } })).toMatchObject({ status: 400 });
  });
});
