import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { CREATE } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { TestApi } from '../support/test-api.js';

interface Accepted {
  instance_id: string;
  k8s_name: string;
  dns_name: string;
  orchestration_id: string;
  state: string;
  message: string;
}

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.start({ instancePorts: { first: 20_000, last: 20_999 } });
});

beforeEach(async () => {
  // Not TRUNCATE: its locks and those of a reader of the timeline, who may still be at the last test, would wait for each other.
  await api.database.query('DELETE FROM instances; DELETE FROM idempotency_keys; DELETE FROM instance_ports');
});

afterAll(async () => {
  await api.close();
});

async function create(changes: Record<string, unknown> = {}, headers: Record<string, string> = {}): Promise<Accepted> {
  const response = await api.post('/api/instances', TestApi.body(changes), headers);
  expect(response.status).toBe(202);
  return (await response.json()) as Accepted;
}

const json = async (path: string): Promise<Record<string, unknown>> =>
  (await (await api.get(path)).json()) as Record<string, unknown>;

describe('POST /api/instances', () => {
  it('answers as the design document says, with a Location', async () => {
    const response = await api.post(
      '/api/instances',
      TestApi.body({
        namespace: 'toygres',
        tags: { environment: 'production', team: 'backend' },
        use_load_balancer: false,
      }),
    );
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/api/instances/proddb');
    const body = (await response.json()) as Accepted;
    expect(Object.keys(body)).toEqual(['instance_id', 'k8s_name', 'dns_name', 'orchestration_id', 'state', 'message']);
    expect(body.k8s_name).toMatch(/^proddb-[0-9a-f]{8}$/);
    expect(body).toMatchObject({
      dns_name: 'proddb',
      orchestration_id: `create-${body.k8s_name}`,
      state: 'creating',
      message: 'Instance creation started',
    });
  });

  it('reserves the name at once: of fifty that ask for it, one gets it', async () => {
    const responses = await Promise.all(Array.from({ length: 50 }, () => api.post('/api/instances', TestApi.body())));
    const statuses = responses.map(({ status }) => status).sort();
    expect(statuses).toEqual([202, ...Array.from({ length: 49 }, () => 409)]);
    const refused = responses.find(({ status }) => status === 409);
    expect(await refused?.json()).toMatchObject({
      code: 'name_taken',
      error: 'The name "proddb" is held by an instance that is being created.',
    });
  });

  it('leaves nothing behind when it refuses', async () => {
    await create();
    const before = await api.database.query('SELECT * FROM orchestrations');
    await api.post('/api/instances', TestApi.body());
    expect(await api.database.query('SELECT * FROM orchestrations')).toHaveLength(before.length);
  });

  it('stores neither password, and seals each for its own row', async () => {
    const { instance_id: id } = await create();
    const [row] = await api.database.query<{ text: string; superuser_secret: Buffer }>(
      `SELECT i::text AS text, superuser_secret FROM instances i WHERE id = $1`,
      [id],
    );
    expect(row?.text).not.toContain('SecurePass123!');
    expect(row?.superuser_secret.includes('SecurePass123!')).toBe(false);
    expect(api.runtime.cipher.decrypt(row?.superuser_secret ?? Buffer.alloc(0), `instance/${id}/superuser`)).toBe(
      'SecurePass123!',
    );
    expect(() =>
      api.runtime.cipher.decrypt(row?.superuser_secret ?? Buffer.alloc(0), `instance/${randomUUID()}/superuser`),
    ).toThrow('can not be decrypted');
  });

  it.each([
    ['the ports are used up', { instancePorts: { first: 20_000, last: 20_000 } }, /TOYGRES_INSTANCE_PORTS|port/],
    ['the disk is nearly full', { minFreeDiskGb: 1e9 }, /disk/],
  ])('refuses with insufficient_capacity when %s', async (_what, config, words) => {
    const other = await TestApi.start(config);
    try {
      await other.database.query(`INSERT INTO instance_ports (port, instance_id) VALUES (20000, gen_random_uuid())`);
      const response = await other.post('/api/instances', TestApi.body());
      expect(response.status).toBe(422);
      expect(await response.json()).toMatchObject({
        code: 'insufficient_capacity',
        error: expect.stringMatching(words) as string,
      });
      expect(await other.database.query('SELECT FROM instances')).toEqual([]);
    } finally {
      await other.close();
    }
  });
});

describe('Idempotency-Key', () => {
  it('gives the same answer to the same request, whatever the order of its members', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await create({}, key);
    const again = await api.post('/api/instances', Object.fromEntries(Object.entries(TestApi.body()).reverse()), key);
    expect(again.status).toBe(202);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe('/api/instances/proddb');
    expect(await again.json()).toEqual(first);
  });

  it('makes one instance of many that are sent at once', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const responses = await Promise.all(
      Array.from({ length: 10 }, () => api.post('/api/instances', TestApi.body(), key)),
    );
    const bodies = await Promise.all(responses.map((response) => response.json()));
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([202]));
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
    expect(await api.database.query('SELECT FROM instances')).toHaveLength(1);
  });

  it('refuses the same key with another body', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    await create({}, key);
    const other = await api.post('/api/instances', TestApi.body({ storage_size_gb: 20 }), key);
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('does not remember a request that failed', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    await create({ name: 'taken' });
    expect((await api.post('/api/instances', TestApi.body({ name: 'taken' }), key)).status).toBe(409);
    expect((await api.post('/api/instances', TestApi.body({ name: 'another' }), key)).status).toBe(202);
  });

  it('forgets after 24 hours', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    await create({}, key);
    await api.database.query(`UPDATE idempotency_keys SET created_at = now() - interval '25 hours'`);
    expect((await api.post('/api/instances', TestApi.body({ name: 'another' }), key)).status).toBe(202);
  });

  it.each(['', 'x'.repeat(256), 'with space'])('refuses the key "%s"', async (key) => {
    const response = await api.post('/api/instances', TestApi.body(), { 'Idempotency-Key': key });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'invalid_idempotency_key' });
  });
});

describe('GET /api/instances/:name', () => {
  it('has every field of the design document, by name and by id', async () => {
    const { instance_id: id } = await create();
    const body = await json('/api/instances/proddb');
    for (const key of [
      'id',
      'user_name',
      'k8s_name',
      'dns_name',
      'state',
      'health_status',
      'postgres_version',
      'storage_size_gb',
      'use_load_balancer',
      'ip_connection_string',
      'dns_connection_string',
      'external_ip',
      'created_at',
      'updated_at',
      'health_check_orchestration_id',
    ]) {
      expect(body).toHaveProperty(key);
    }
    expect(body).toMatchObject({
      id,
      user_name: 'proddb',
      state: 'creating',
      health_status: 'unknown',
      ip_connection_string: null,
      usage: null,
      last_health_check: null,
      orchestration: {
        kind: 'create',
        status: 'pending',
        completed: 0,
        total: CREATE.activities.length,
        activity: 'instance.reserve',
      },
    });
    expect(await json(`/api/instances/${id}`)).toEqual(body);
    expect(JSON.stringify(body)).not.toContain('SecurePass');
  });

  it('masks the password in lists and details and reveals it for the credentials alone', async () => {
    const { instance_id: id } = await create({ password: 'p@ss:w/rd%Ärger9X' });
    expect((await api.get('/api/instances/proddb/credentials')).status).toBe(409);
    await api.database.query(
      `UPDATE instances SET state = 'running', endpoint_host = 'localhost', endpoint_ip = '127.0.0.1', endpoint_port = 15432 WHERE id = $1`,
      [id],
    );
    const masked = 'postgresql://postgres:***@localhost:15432/postgres';
    expect(await json('/api/instances/proddb')).toMatchObject({ dns_connection_string: masked });
    expect(await json('/api/instances')).toMatchObject({ instances: [{ dns_connection_string: masked }] });
    const response = await api.get('/api/instances/proddb/credentials');
    expect(response.headers.get('cache-control')).toBe('no-store');
    const credentials = (await response.json()) as { dns_connection_string: string; password: string };
    expect(credentials.password).toBe('p@ss:w/rd%Ärger9X');
    expect(decodeURIComponent(new URL(credentials.dns_connection_string).password)).toBe('p@ss:w/rd%Ärger9X');
  });
});

describe('GET /api/names/:name', () => {
  it('says the same as a create would', async () => {
    await create({ name: 'taken' });
    expect(await json('/api/names/free')).toEqual({
      name: 'free',
      available: true,
      reason: null,
      code: null,
      dns_name: 'free',
    });
    expect(await json('/api/names/taken')).toMatchObject({
      available: false,
      reason: expect.stringContaining('being created') as string,
      code: 'name_held_by_creating',
    });
    expect(await json('/api/names/No')).toMatchObject({
      available: false,
      reason: expect.stringContaining('3 to 63') as string,
      code: 'name_length',
    });
  });
});

describe('GET /api/capabilities', () => {
  it('tells which version answers', async () => {
    expect(await json('/api/capabilities')).toMatchObject({ version: manifest.version });
  });

  it('tells how often instances are checked, and for how long deleted ones are kept', async () => {
    expect(await json('/api/capabilities')).toMatchObject({
      health_check_interval_seconds: 30,
      keep_deleted_hours: 168,
    });
  });
});

describe('GET /api/instances', () => {
  it('answers as the design document says', async () => {
    await create();
    const body = (await json('/api/instances')) as { instances: object[] };
    expect(body).toMatchObject({ total: 1, page: 1, pages: 1 });
    expect(Object.keys(body)).toEqual(['instances', 'total', 'page', 'pages']);
    expect(Object.keys(body.instances[0] ?? {}).slice(0, 12)).toEqual([
      'id',
      'user_name',
      'k8s_name',
      'dns_name',
      'state',
      'health_status',
      'postgres_version',
      'storage_size_gb',
      'ip_connection_string',
      'dns_connection_string',
      'created_at',
      'updated_at',
    ]);
  });
});
