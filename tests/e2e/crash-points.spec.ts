import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CREATE,
  DELETE,
  DISCARD,
  PUBLISH_ENDPOINT,
  RECOVER,
} from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

/**
 * Where in an activity the worker is killed; see `crashing-worker.mjs`. Before it is the same as between it and the one before it,
 * "recorded".
 */
const POINTS = ['inside', 'after', 'recorded'] as const;

interface Instance {
  id: string;
  state: string;
  failure_reason: string | null;
  endpoint: { port: number } | null;
}

let system: TestSystem;
let count = 0;

beforeAll(async () => {
  system = await TestSystem.start({ workers: 0, environment: { TOYGRES_POOL_SIZE: '2' } });
});

afterAll(async () => {
  await system.stop();
});

async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${system.url}/api/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${String(response.status)}`).toBe(true);
  return (await response.json()) as Body;
}

async function create(): Promise<string> {
  count += 1;
  const body = {
    name: `crash-${String(count)}`,
    password: 'SecurePass123!',
    postgres_version: '18',
    storage_size_gb: 10,
  };
  return (await call<{ instance_id: string }>('POST', 'instances', body)).instance_id;
}

const reaches = (id: string, ...states: string[]): Promise<Instance> =>
  until(`${id} is ${states.join(' or ')}`, async () => {
    const instance = await call<Instance>('GET', `instances/${id}`);
    return states.includes(instance.state) && instance;
  });

async function noneOpen(): Promise<void> {
  await until('no orchestration is open', async () => {
    const rows = await system.database.query(
      `SELECT FROM orchestrations WHERE status IN ('pending', 'running', 'compensating')`,
    );
    return rows.length === 0;
  });
}

/** Lets `work` run on a worker that dies at the point, then has another worker finish. @returns what `work` returned */
async function crash(activity: string, point: string, work: () => Promise<string>, failing = ''): Promise<string> {
  const victim = await system.startWorker(['tests/support/crashing-worker.mjs', activity, point, failing]);
  const id = await work();
  expect(await victim.exited()).toBe('SIGKILL');
  await system.startWorker();
  return id;
}

async function expectResources(instances: number): Promise<void> {
  const { directories, processes } = await system.resources();
  expect(directories).toHaveLength(instances);
  expect(processes).toHaveLength(instances);
  expect(await system.database.query('SELECT FROM instance_ports')).toHaveLength(instances);
}

async function stopWorkers(): Promise<void> {
  await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
}

async function cleanUp(id: string): Promise<void> {
  await call('DELETE', `instances/${id}`);
  await reaches(id, 'deleted');
  await noneOpen();
  await expectResources(0);
  await stopWorkers();
}

describe.each(CREATE.activities.map(({ name }) => name))('a worker killed at %s', (activity) => {
  it.each(POINTS)('%s: the instance runs in the end, once', async (point) => {
    const id = await crash(activity, point, create);
    await reaches(id, 'running');
    await noneOpen();
    await expectResources(1);
    await cleanUp(id);
  });
});

describe.each(DELETE.activities.map(({ name }) => name))('a worker killed at %s', (activity) => {
  it.each(POINTS)('%s: the instance is gone in the end', async (point) => {
    const id = await crash(activity, point, async () => {
      const created = await create();
      await reaches(created, 'running');
      await call('DELETE', `instances/${created}`);
      return created;
    });
    await reaches(id, 'deleted');
    await noneOpen();
    await expectResources(0);
    await stopWorkers();
  });
});

describe(`a worker killed at ${DISCARD.name}`, () => {
  it.each(POINTS)('%s: the failed create leaves nothing behind', async (point) => {
    const id = await crash(DISCARD.name, point, create, PUBLISH_ENDPOINT.name);
    const instance = await reaches(id, 'failed');
    expect(instance.failure_reason).toBe('The test lets it fail.');
    await noneOpen();
    await expectResources(0);
    await cleanUp(id);
  });
});

describe.each(RECOVER.activities.map(({ name }) => name))('a worker killed at %s', (activity) => {
  it.each(POINTS)('%s: the server is there again in the end, once', async (point) => {
    const id = await crash(activity, point, async () => {
      const created = await create();
      await reaches(created, 'running');
      const [pid = 0] = (await system.resources()).processes;
      process.kill(pid, 'SIGKILL');
      return created;
    });
    await until('the recovery has succeeded', async () => {
      const rows = await system.database.query(
        `SELECT FROM orchestrations WHERE instance_id = $1 AND kind = 'recover' AND status = 'succeeded'`,
        [id],
      );
      return rows.length > 0;
    });
    await noneOpen();
    await expectResources(1);
    await cleanUp(id);
  });
});
