import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BatchRepository } from '../../server/src/features/batches/data/batch.repository.js';
import { BatchRunner } from '../../server/src/features/batches/jobs/batch-runner.js';
import { DataPlane } from '../../server/src/data-plane/index.js';
import { InstanceLifecycle, InstanceService } from '../../server/src/features/instances/index.js';
import { Database } from '../../server/src/platform/database/database.js';
import { DatabaseListener } from '../../server/src/platform/database/database-listener.js';
import { insertInstance } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';

const PARALLELISM = 3;

/** The API without a worker, and what begins items, called by hand: what is begun stays begun until the test ends it. */
let api: TestApi;

const runner = (lifecycle = api.app.get(InstanceLifecycle)): BatchRunner =>
  new BatchRunner(
    { ...api.runtime.config, bulkParallelism: PARALLELISM },
    api.app.get(Database),
    api.app.get(DatabaseListener),
    api.app.get(BatchRepository),
    api.app.get(InstanceService),
    lifecycle,
    api.app.get(DataPlane),
  );

beforeAll(async () => {
  api = await TestApi.start();
});

beforeEach(async () => {
  await api.database.query(
    'DELETE FROM instances; DELETE FROM batches; DELETE FROM idempotency_keys; DELETE FROM instance_events',
  );
});

afterAll(async () => {
  await api.close();
});

interface Item {
  readonly name: string;
  readonly status: string;
  readonly instance_id: string | null;
  readonly orchestration_id: string | null;
  readonly error_code: string | null;
  readonly error: string | null;
}

interface BatchBody {
  readonly status: string;
  readonly running: number;
  readonly finished_at: string | null;
  readonly items: readonly Item[];
}

const template = { postgres_version: '18', storage_size_gb: 10 };
const series = (count: number, changes = {}): object => ({
  base_name: 'shop',
  count,
  template: { ...template, ...changes },
});

async function bulk(body: object, path = 'bulk'): Promise<string> {
  const response = await api.post(`/api/instances/${path}`, body);
  expect(response.status).toBe(202);
  const { batch_id: id } = (await response.json()) as { batch_id: string };
  expect(response.headers.get('Location')).toBe(`/api/batches/${id}`);
  return id;
}

async function refusal(body: object, path = 'bulk'): Promise<unknown> {
  const response = await api.post(`/api/instances/${path}`, body);
  const { code, errors } = (await response.json()) as { code: string; errors: readonly object[] };
  return { status: response.status, code, errors };
}

const read = async (id: string): Promise<BatchBody> =>
  (await api.get(`/api/batches/${id}`)).json() as Promise<BatchBody>;
const statuses = async (id: string): Promise<string[]> => (await read(id)).items.map(({ status }) => status);

/** Ends what is under way, as a worker would. */
async function conclude(status: 'succeeded' | 'failed', names: readonly string[]): Promise<void> {
  await api.database.query(
    `UPDATE orchestrations SET status = $1, finished_at = now(), error_code = CASE $1 WHEN 'failed' THEN 'initdb_failed' END
     WHERE instance_id IN (SELECT id FROM instances WHERE name = ANY($2))`,
    [status, names],
  );
}

const events = (): Promise<{ data: Record<string, unknown> }[]> =>
  api.database.query(`SELECT data FROM instance_events WHERE type = 'batch.changed' ORDER BY id`);

describe('POST /api/instances/bulk', () => {
  it('is written and answered; nothing is begun by the api itself', async () => {
    const id = await bulk(series(12, { tags: { team: 'shop' } }));
    expect(await read(id)).toMatchObject({
      status: 'running',
      total: 12,
      pending: 12,
      kind: 'create',
      finished_at: null,
    });
    const { items } = await read(id);
    expect(items[0]).toEqual({
      position: 0,
      name: 'shop-01',
      status: 'pending',
      instance_id: null,
      orchestration_id: null,
      error_code: null,
      error: null,
    });
    expect(items.at(-1)).toMatchObject({ name: 'shop-12' });
    expect(await api.database.query('SELECT FROM instances')).toEqual([]);
  });

  it('is answered in the same way when it is repeated with its key', async () => {
    const headers = { 'Idempotency-Key': 'one' };
    const [first, second] = [
      await api.post('/api/instances/bulk', series(2), headers),
      await api.post('/api/instances/bulk', series(2), headers),
    ];
    expect(await second.json()).toEqual(await first.json());
    expect(second.headers.get('Idempotency-Replayed')).toBe('true');
    expect(await api.database.query('SELECT FROM batches')).toHaveLength(1);
  });

  it('begins so many at a time, and goes on as soon as one has ended', async () => {
    const id = await bulk(series(5));
    await runner().run();
    expect(await statuses(id)).toEqual(['running', 'running', 'running', 'pending', 'pending']);
    await Promise.all([runner().run(), runner().run(), runner().run()]);
    expect((await read(id)).running).toBe(PARALLELISM);
    await conclude('succeeded', ['shop-2']);
    await conclude('failed', ['shop-3']);
    await runner().run();
    expect(await statuses(id)).toEqual(['running', 'succeeded', 'failed', 'running', 'running']);
    expect((await read(id)).items[2]).toMatchObject({ error_code: 'initdb_failed' });
    await conclude('succeeded', ['shop-1', 'shop-4', 'shop-5']);
    await runner().run();
    expect(await read(id)).toMatchObject({ status: 'failed', succeeded: 4, failed: 1, finished_at: expect.anything() });
    const told = await events();
    expect(told.at(0)?.data).toMatchObject({ batch_id: id, pending: 5, status: 'running' });
    expect(told[1]?.data).toMatchObject({ pending: 4, running: 1, item: { name: 'shop-1', status: 'running' } });
    expect(told.at(-1)?.data).toMatchObject({ status: 'failed', succeeded: 4, failed: 1 });
  });

  it('creates what was asked for, each with a password of its own, and forgets the secrets', async () => {
    await bulk(series(2, { tags: { team: 'shop' }, deletion_protection: true }));
    await runner().run();
    expect(await (await api.get('/api/instances/shop-1')).json()).toMatchObject({
      state: 'creating',
      tags: { team: 'shop' },
      deletion_protection: true,
      storage_size_gb: 10,
    });
    await api.database.query(
      `UPDATE instances SET endpoint_host = 'localhost', endpoint_ip = '127.0.0.1', endpoint_port = 1`,
    );
    const passwords = await Promise.all(
      ['shop-1', 'shop-2'].map(async (name) => {
        const credentials = await (await api.get(`/api/instances/${name}/credentials`)).json();
        return (credentials as { password: string }).password;
      }),
    );
    expect(new Set(passwords).size).toBe(2);
    expect(passwords[0]).toHaveLength(24);
    expect(
      await api.database.query(
        'SELECT FROM batch_items WHERE superuser_secret IS NOT NULL OR specification IS NOT NULL',
      ),
    ).toEqual([]);
  });

  it('writes no password anywhere', async () => {
    const password = 'Canary4Batches!';
    await bulk(series(2, { password }));
    const tables = ['batches', 'batch_items', 'idempotency_keys', 'instance_events', 'instances', 'orchestrations'];
    const find = async (): Promise<readonly string[]> => {
      const found = await Promise.all(
        tables.map(async (table) => {
          const rows = await api.database.query(
            `SELECT FROM ${table} t WHERE t::text LIKE '%' || $1 || '%' OR t::text LIKE '%' || encode($1::bytea, 'hex') || '%'`,
            [password],
          );
          return rows.length > 0 ? [table] : [];
        }),
      );
      return found.flat();
    };
    expect(await find()).toEqual([]);
    await runner().run();
    expect(await find()).toEqual([]);
  });

  it('goes on when one can not be had, and says why', async () => {
    await insertInstance(api.database, { name: 'shop-2', state: 'stopped' });
    const id = await bulk({
      instances: ['shop-1', 'shop-2', 'shop-3'].map((name) => TestApi.body({ name })),
    });
    await runner().run();
    expect((await read(id)).items).toMatchObject([
      { name: 'shop-1', status: 'running' },
      {
        name: 'shop-2',
        status: 'failed',
        instance_id: null,
        error_code: 'name_taken',
        error: 'The name "shop-2" is held by a stopped instance.',
      },
      { name: 'shop-3', status: 'running' },
    ]);
  });

  it('tries again what fails for a reason that nobody knows, after the others, and gives it up at last', async () => {
    await insertInstance(api.database, { name: 'one', state: 'running' });
    await insertInstance(api.database, { name: 'two', state: 'running' });
    const id = await bulk({ names: ['one', 'two'] }, 'bulk-delete');
    const lifecycle = api.app.get(InstanceLifecycle);
    const [{ id: broken } = { id: '' }] = await api.database.query<{ id: string }>(
      `SELECT id FROM instances WHERE name = 'one'`,
    );
    const flaky = Object.create(lifecycle) as InstanceLifecycle;
    flaky.deleteIn = (transaction, name, ...rest) =>
      name === broken
        ? Promise.reject(new Error('a defect'))
        : lifecycle.deleteIn.call(lifecycle, transaction, name, ...rest);
    await runner(flaky).run();
    expect(await statuses(id)).toEqual(['pending', 'pending']);
    await runner(flaky).run();
    expect(await statuses(id)).toEqual(['pending', 'running']);
    for (let attempt = 3; attempt <= 5; attempt += 1) {
      await runner(flaky).run();
    }
    expect((await read(id)).items[0]).toMatchObject({ status: 'failed', error_code: 'internal_error' });
    expect((await read(id)).items[0]?.error).not.toContain('a defect');
  });

  it.each([
    ['nothing', {}, '', 'required'],
    ['both forms', { ...series(1), instances: [TestApi.body()] }, '', 'required'],
    ['half of a series', { base_name: 'shop', count: 3 }, '', 'required'],
    ['too many', series(501), '/count', 'too_big'],
    ['none', series(0), '/count', 'too_small'],
    ['a base that makes no name', { ...series(1), base_name: 'Shop' }, '/base_name', 'name_characters'],
    ['a base that is too long', { ...series(10), base_name: 'a'.repeat(61) }, '/base_name', 'name_length'],
    ['a bad password', series(1, { password: 'SecurePass!!' }), '/template/password', 'password_digit'],
    ['a name twice', { instances: [TestApi.body(), TestApi.body()] }, '/instances/1/name', 'name_repeated'],
    [
      'a bad one in a list',
      { instances: [TestApi.body({ storage_size_gb: 1 })] },
      '/instances/0/storage_size_gb',
      'too_small',
    ],
  ])('refuses %s', async (_, body, pointer, code) => {
    expect(await refusal(body)).toMatchObject({ status: 400, code: 'validation_failed', errors: [{ pointer, code }] });
  });

  it.each([
    [series(2, { postgres_version: '12' }), '/template/postgres_version'],
    [
      { instances: [TestApi.body(), TestApi.body({ name: 'old', postgres_version: '12' })] },
      '/instances/1/postgres_version',
    ],
  ])('refuses what is not offered here', async (body, pointer) => {
    expect(await refusal(body)).toMatchObject({ status: 422, code: 'unsupported', errors: [{ pointer }] });
    expect(await api.database.query('SELECT FROM batches')).toEqual([]);
  });
});

describe('POST /api/instances/bulk-delete', () => {
  it('deletes each as if by itself: protected and unknown ones fail, the others go on', async () => {
    const { id: plain } = await insertInstance(api.database, {
      name: 'plain',
      state: 'running',
      endpoint_host: 'localhost',
    });
    await insertInstance(api.database, { name: 'kept', state: 'running' });
    await api.database.query(`UPDATE instances SET deletion_protection = true WHERE name = 'kept'`);
    await insertInstance(api.database, { name: 'gone', state: 'deleted', endpoint_host: 'localhost' });
    const id = await bulk({ names: ['plain', 'kept', 'gone', 'never', 'plain', plain] }, 'bulk-delete');
    await runner().run();
    expect(await read(id)).toMatchObject({
      kind: 'delete',
      total: 5,
      items: [
        { name: 'plain', status: 'running', instance_id: plain },
        { name: 'kept', status: 'failed', error_code: 'deletion_protected' },
        { name: 'gone', status: 'succeeded', orchestration_id: null },
        { name: 'never', status: 'failed', error_code: 'instance_not_found', error: 'There is no instance "never".' },
        // The same instance once more: it joins.
        { name: 'plain', status: 'running', instance_id: plain },
      ],
    });
    expect(await (await api.get('/api/instances/plain')).json()).toMatchObject({ state: 'deleting' });
  });

  it('means the instances that have the names when it is asked, not those that take them later', async () => {
    const { id: old } = await insertInstance(api.database, {
      name: 'shop',
      state: 'running',
      endpoint_host: 'localhost',
    });
    const id = await bulk({ names: ['shop'], purge: true }, 'bulk-delete');
    await api.database.query(`UPDATE instances SET state = 'purged' WHERE id = $1`, [old]);
    const { id: fresh } = await insertInstance(api.database, { name: 'shop', state: 'running' });
    await runner().run();
    expect(await read(id)).toMatchObject({ kind: 'purge', status: 'succeeded' });
    expect(await (await api.get(`/api/instances/${fresh}`)).json()).toMatchObject({ state: 'running' });
  });

  it.each([
    [{ names: [] }, '/names'],
    [{ names: [''] }, '/names/0'],
    [{}, '/names'],
    [{ names: Array.from({ length: 501 }, (_, index) => `db-${String(index)}`) }, '/names'],
  ])('refuses %j', async (body, pointer) => {
    expect(await refusal(body, 'bulk-delete')).toMatchObject({ status: 400, errors: [{ pointer }] });
  });
});

describe('POST /api/batches/:id/cancel', () => {
  it('calls off what was not begun; what is under way goes on', async () => {
    const id = await bulk(series(5));
    await runner().run();
    const cancel = (): Promise<Response> => api.post(`/api/batches/${id}/cancel`, {});
    const response = await cancel();
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({ running: 3, pending: 0, cancelled: 2, cancel_requested: true });
    expect((await cancel()).status).toBe(202);
    await runner().run();
    expect(await statuses(id)).toEqual(['running', 'running', 'running', 'cancelled', 'cancelled']);
    await conclude('succeeded', ['shop-1', 'shop-2', 'shop-3']);
    await runner().run();
    expect(await read(id)).toMatchObject({ status: 'cancelled', succeeded: 3, cancelled: 2 });
    expect(await api.database.query('SELECT FROM batch_items WHERE superuser_secret IS NOT NULL')).toEqual([]);
  });

  it('is refused when nothing is left to call off, and for what is not there', async () => {
    const id = await bulk(series(2));
    await runner().run();
    expect((await api.post(`/api/batches/${id}/cancel`, {})).status).toBe(409);
    expect((await api.post('/api/batches/none/cancel', {})).status).toBe(404);
    expect((await api.get('/api/batches/none')).status).toBe(404);
  });
});

describe('a batch', () => {
  it('takes part in what becomes of an item later: one that is gone on with may succeed after all', async () => {
    const id = await bulk(series(1));
    await runner().run();
    await conclude('failed', ['shop-1']);
    await runner().run();
    expect(await read(id)).toMatchObject({ status: 'failed' });
    await api.database.query(`UPDATE instances SET state = 'failed'`);
    expect((await api.post('/api/instances/shop-1/retry', {})).status).toBe(202);
    // It is found by the notification that a worker hears; here by the next look at the batch.
    expect(await statuses(id)).toEqual(['running']);
  });

  it('is listed with the newest first, by status too', async () => {
    const [first, second] = [await bulk(series(1)), await bulk({ ...series(1), base_name: 'other' })];
    await api.post(`/api/batches/${first}/cancel`, {});
    const list = async (query = ''): Promise<unknown> => {
      const { batches, total } = (await (await api.get(`/api/batches${query}`)).json()) as {
        batches: { id: string }[];
        total: number;
      };
      return { ids: batches.map(({ id }) => id), total };
    };
    expect(await list()).toEqual({ ids: [second, first], total: 2 });
    expect(await list('?status=cancelled')).toEqual({ ids: [first], total: 1 });
    expect(await list('?limit=1&page=2')).toEqual({ ids: [first], total: 2 });
  });

  it('wakes workers when it is there, and when something of it has ended', async () => {
    const heard: string[] = [];
    const unsubscribe = await api.app.get(DatabaseListener).subscribe('toygres_batches', (id) => heard.push(id));
    const id = await bulk(series(1));
    await expect.poll(() => heard).toEqual([id]);
    await runner().run();
    await conclude('succeeded', ['shop-1']);
    await expect.poll(() => heard).toEqual([id, id]);
    unsubscribe();
  });
});
