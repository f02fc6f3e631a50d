import { createToygres, type InstanceDetails, type OrchestrationRecord, type Toygres } from '#sdk';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { SmallDisk } from '../support/small-disk.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

const NEW = { password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 };
const FULL = { code: 'disk_full', reason: 'The disk that the instances lie on is full: free some space.' };
const NO_SPACE = /No space left on device/;

let system: TestSystem;
let toygres: Toygres;
let disk: SmallDisk | undefined;

beforeAll(async () => {
  system = await TestSystem.start({ environment: { TOYGRES_MIN_FREE_DISK_GB: '0.05' } });
  toygres = createToygres({ baseUrl: system.url });
  disk = await SmallDisk.mount(join(system.home, 'instances'), 450);
});

beforeEach((context) => {
  context.skip(disk === undefined, 'no disk can be mounted here, to be filled');
});

afterAll(async () => {
  await system.stop(() => disk?.unmount());
});

async function connect(id: string): Promise<Client> {
  const { dns_connection_string: connectionString } = await toygres.instances.credentials(id);
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

/** An instance with an empty table, whose rows take the 6 kB that they are long. */
async function running(name: string): Promise<{ readonly id: string; readonly client: Client }> {
  const { instance_id: id } = await toygres.instances.create({ ...NEW, name });
  await toygres.instances.waitUntil(id, 'running');
  const client = await connect(id);
  await client.query('CREATE TABLE kept (n integer, filler text)');
  await client.query('ALTER TABLE kept ALTER filler SET STORAGE EXTERNAL');
  return { id, client };
}

const insert = (client: Client, from: number, rows: number) =>
  client.query(
    `INSERT INTO kept SELECT $1::integer + n, repeat(md5(n::text), 200) FROM generate_series(0, $2::integer - 1) n`,
    [from, rows],
  );

/** Writes until the server can't, and ends of it. @returns how many rows it has acknowledged */
async function writeUntilItEnds(client: Client): Promise<number> {
  let acknowledged = 0;
  const write = async (): Promise<never> => {
    for (;;) {
      await insert(client, acknowledged, 100);
      acknowledged += 100;
    }
  };
  await expect(write()).rejects.toThrow();
  // It may be the table that has found no space. The WAL has to go on all the same, and where it can't the server gives up.
  const goOn = async (): Promise<never> => {
    for (;;) {
      await client.query('SELECT pg_switch_wal()');
      await client.query('SELECT pg_current_xact_id()');
    }
  };
  await expect(goOn()).rejects.toThrow();
  return acknowledged;
}

const becomes = (id: string, what: string, is: (instance: InstanceDetails) => boolean): Promise<InstanceDetails> =>
  until(
    what,
    async () => {
      const instance = await toygres.instances.get(id);
      return is(instance) && instance;
    },
    60,
  );

const isHealthy = ({ health_status: status }: InstanceDetails): boolean => status === 'healthy';
const isFull = ({ health_status: status, last_health_check: check }: InstanceDetails): boolean =>
  status === 'unhealthy' && check?.code === FULL.code;

/** The oldest first. */
const recoveriesOf = async (id: string): Promise<readonly OrchestrationRecord[]> =>
  (await toygres.orchestrations.list({ kind: ['recover'], instance_id: id })).orchestrations.toReversed();

it('a create takes nothing out of a pool that lies on another disk', async () => {
  const inPool = async (): Promise<readonly string[]> =>
    (await readdir(join(system.home, 'pool', '18')).catch(() => [])).filter((name) => !name.startsWith('.'));
  const pooled = await until('a directory is ready', async () => {
    const names = await inPool();
    return names.length > 0 && names;
  });
  const { id, client } = await running('apart');
  expect(await inPool()).toEqual(pooled);
  await client.end();
  await toygres.instances.delete(id, { purge: true });
  await toygres.instances.waitUntil(id, 'purged');
});

it('a server that answers and can not write is unhealthy, and healthy again when there is space', async () => {
  const { id, client } = await running('answering');
  await becomes(id, 'it is healthy', isHealthy);
  const filler = join(system.home, 'instances', 'filler');
  await disk?.fillWith(filler);

  const unhealthy = await becomes(id, 'the health checks see it', isFull);
  expect(unhealthy).toMatchObject({ state: 'running', last_health_check: FULL });
  expect(unhealthy.last_health_check?.response_time_ms).toBeGreaterThan(0);
  expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await expect(insert(client, 0, 10_000)).rejects.toThrow(NO_SPACE);

  // The control plane lives on another disk.
  await expect(toygres.instances.create({ ...NEW, name: 'late' })).rejects.toMatchObject({
    code: 'insufficient_capacity',
  });
  expect(await toygres.readiness()).toMatchObject({ status: 'ok' });
  expect(await recoveriesOf(id)).toEqual([]);

  await rm(filler);
  await becomes(id, 'it is healthy again', isHealthy);
  expect((await toygres.instances.get(id)).last_health_check).toMatchObject({ code: null, reason: null });
  await client.end();
  await toygres.instances.delete(id, { purge: true });
  await toygres.instances.waitUntil(id, 'purged');
});

it('a server that has ended of it comes back by itself when there is space, with all that it had acknowledged', async () => {
  const hog = await running('hog');
  await insert(hog.client, 0, 15_000);
  const victim = await running('victim');
  const acknowledged = await writeUntilItEnds(victim.client);

  const unhealthy = await becomes(victim.id, 'the health checks see it', isFull);
  expect(unhealthy).toMatchObject({ state: 'running', failure_code: null, last_health_check: FULL });
  const [first, second, third] = await until('three recoveries have failed', async () => {
    const failed = (await recoveriesOf(victim.id)).filter(({ status }) => status === 'failed');
    return failed.length >= 3 && failed;
  });
  expect([first, second, third]).toMatchObject([FULL, FULL, FULL].map(({ code }) => ({ error_code: code })));
  // Each pause is at least half of what has passed since the first was begun.
  const over = Date.parse(second?.finished_at ?? '');
  expect(Date.parse(third?.created_at ?? '') - over).toBeGreaterThanOrEqual(
    (over - Date.parse(first?.created_at ?? '')) / 2,
  );
  expect(await toygres.readiness()).toMatchObject({ status: 'ok' });

  const filler = join(system.home, 'instances', 'filler');
  await until('not a byte is free', async () => {
    await disk?.fillWith(filler);
    return (await disk?.freeBytes()) === 0;
  });
  // The way to make room is open all the same.
  await hog.client.end();
  await toygres.instances.delete(hog.id, { purge: true });
  await toygres.instances.waitUntil(hog.id, 'purged');

  await becomes(victim.id, 'it is healthy again', isHealthy);
  const client = await connect(victim.id);
  const { rows } = await client.query('SELECT count(DISTINCT n)::integer AS kept FROM kept WHERE n < $1', [
    acknowledged,
  ]);
  expect(rows).toEqual([{ kept: acknowledged }]);
  await insert(client, acknowledged, 100);
  await client.end();
  await rm(filler);
  await system.expectConsistency();
});
