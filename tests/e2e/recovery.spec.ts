import { createToygres, type OrchestrationRecord, type Toygres } from '#sdk';
import { Client } from 'pg';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RESTART_SERVER } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

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
