import { createToygres, type OrchestrationRecord, type Toygres } from '#sdk';
import { Client } from 'pg';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RESTART_SERVER } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

/** A worker that ends a recovery of which it hears nothing for three seconds. */
const IMPATIENT = ['tests/support/hasty-worker.mjs', RESTART_SERVER.name, '3000'];

/** A worker that is never killed, and on which every recovery fails for good. */
const WITHOUT_RECOVERY = ['tests/support/crashing-worker.mjs', 'none', 'none', RESTART_SERVER.name];

let system: TestSystem;
let toygres: Toygres;

beforeAll(async () => {
  system = await TestSystem.start({ workers: 1 });
  toygres = createToygres({ baseUrl: system.url });
});

afterAll(async () => {
  await system.stop();
});

async function ask(connectionString: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

async function replaceWorker(entry?: readonly string[]): Promise<void> {
  await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
  await system.startWorker(entry);
}

it('a recovery that fails leaves the instance running, unhealthy and with its data, and is tried until it works', async () => {
  const { instance_id: id } = await toygres.instances.create({
    name: 'stubborn',
    password: 'SecurePass123!',
    postgres_version: '18',
    storage_size_gb: 10,
  });
  await toygres.instances.waitUntil(id, 'running');
  const { dns_connection_string: url } = await toygres.instances.credentials(id);
  await ask(url, 'CREATE TABLE kept AS SELECT 7 AS answer');
  await ask(url, 'CHECKPOINT');
  const { k8s_name: k8sName } = await toygres.instances.get(id);
  const recoveries = async (): Promise<readonly OrchestrationRecord[]> =>
    (await toygres.orchestrations.list({ kind: ['recover'], instance_id: id })).orchestrations;

  await replaceWorker(WITHOUT_RECOVERY);
  const [postmaster = 0] = (await system.resources()).processes;
  process.kill(postmaster, 'SIGKILL');
  const tried = await until('three recoveries have failed', async () => {
    const all = await recoveries();
    return all.filter(({ status }) => status === 'failed').length >= 3 && all;
  });
  // The newest come first. Each pause is at least half of what has passed since the first was begun.
  const [third, second, first] = tried.slice(-3).map(({ created_at, finished_at }) => ({
    begun: Date.parse(created_at),
    over: Date.parse(finished_at ?? ''),
  }));
  const begun = first?.begun ?? NaN;
  expect((second?.begun ?? NaN) - (first?.over ?? NaN)).toBeGreaterThanOrEqual(((first?.over ?? NaN) - begun) / 2);
  expect((third?.begun ?? NaN) - (second?.over ?? NaN)).toBeGreaterThanOrEqual(((second?.over ?? NaN) - begun) / 2);

  const unhealthy = await until('the health check says so', async () => {
    const instance = await toygres.instances.get(id);
    return instance.health_status === 'unhealthy' && instance;
  });
  expect(unhealthy).toMatchObject({ state: 'running', failure_code: null, failure_reason: null });
  expect((await stat(join(system.home, 'instances', k8sName, 'data', 'PG_VERSION'))).isFile()).toBe(true);

  await replaceWorker();
  await until('a recovery has succeeded', async () =>
    (await recoveries()).some(({ status }) => status === 'succeeded'),
  );
  expect(await ask(url, 'SELECT answer FROM kept')).toBe(7);
  await toygres.instances.waitUntil(id, 'running');
});

it('a recovery that takes long says how far it is, and is not ended for it', async () => {
  const { instance_id: id } = await toygres.instances.create({
    name: 'slow',
    password: 'SecurePass123!',
    postgres_version: '18',
    storage_size_gb: 10,
  });
  await toygres.instances.waitUntil(id, 'running');
  const { dns_connection_string: url } = await toygres.instances.credentials(id);
  // No checkpoint on the way; and when it starts again, a cache so small that every place is read anew to replay what was written there.
  const settings = { checkpoint_timeout: '1d', max_wal_size: '20GB', full_page_writes: 'off', shared_buffers: '128kB' };
  for (const [name, value] of Object.entries({ ...settings, autovacuum: 'off' })) {
    await ask(url, `ALTER SYSTEM SET ${name} = '${value}'`);
  }
  await ask(url, 'SELECT pg_reload_conf()');
  await ask(url, 'CREATE TABLE kept AS SELECT n, md5(n::text) AS hash FROM generate_series(1, 100000) n');
  await ask(url, 'CREATE INDEX ON kept (hash)');
  await ask(url, 'CHECKPOINT');
  for (let round = 0; round < 5; round += 1) {
    await ask(url, 'UPDATE kept SET hash = md5(hash)');
  }
  await ask(url, 'CREATE TABLE last AS SELECT 7 AS answer');

  await replaceWorker(IMPATIENT);
  const { k8s_name: k8sName } = await toygres.instances.get(id);
  const lock = join(system.home, 'instances', k8sName, 'data', 'postmaster.pid');
  process.kill(Number.parseInt(await readFile(lock, 'utf8')), 'SIGKILL');
  const seen = new Set<number>();
  const recovered = await until(
    'it is recovered',
    async () => {
      const [recovery] = (await toygres.orchestrations.list({ kind: ['recover'], instance_id: id })).orchestrations;
      const [activity] = recovery?.activities ?? [];
      if (activity?.progress) {
        expect(activity.progress).toMatchObject({ total: null, unit: 'bytes' });
        seen.add(activity.progress.done);
      }
      return recovery?.finished_at != null && recovery;
    },
    100,
  );
  expect(recovered).toMatchObject({ status: 'succeeded', activities: [{ attempt: 1 }] });
  // Longer than it may be silent.
  expect(Date.parse(recovered.finished_at ?? '') - Date.parse(recovered.started_at ?? '')).toBeGreaterThan(3_000);
  expect(seen.size).toBeGreaterThan(2);
  expect([...seen]).toEqual([...seen].sort((one, other) => one - other));
  expect(await ask(url, 'SELECT answer FROM last')).toBe(7);
});
