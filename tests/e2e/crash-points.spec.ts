import { AsyncLocalStorage } from 'node:async_hooks';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  CLEAN_UP,
  INSTANCE_ORCHESTRATIONS,
  SETTLE,
  UPKEEP,
} from '../../server/src/features/instances/domain/instance-orchestrations.js';
import type { OrchestrationDefinition } from '../../server/src/orchestrations/index.js';
import type { InstanceRef } from '../../server/src/data-plane/index.js';
import type { ServerProcess } from '../support/server-process.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

/** What is to be there in the end: directories, server processes, ports. */
interface Resources {
  readonly directories: number;
  readonly processes: number;
  readonly ports: number;
}

const NOTHING: Resources = { directories: 0, processes: 0, ports: 0 };
const DATA: Resources = { directories: 1, processes: 0, ports: 1 };
const SERVER: Resources = { directories: 1, processes: 1, ports: 1 };

interface Scenario {
  /** Brings an instance to where the orchestration can begin, with a worker that is well. */
  readonly prepare: readonly (readonly [method: string, path: string, state: string])[];
  /** Begins it. */
  readonly begin: (id: string) => Promise<string>;
  readonly succeeded: readonly [state: string, resources: Resources];
  /** After one of its activities has failed for good. */
  readonly failed: readonly [state: string, resources: Resources];
}

const post =
  (what: string) =>
  async (id: string): Promise<string> => {
    await call('POST', `instances/${id}/${what}`);
    return id;
  };

/** One for every orchestration: a kind without one fails below. An activity that is added to a kind is killed at without being named here. */
const SCENARIOS: Readonly<Record<string, Scenario>> = {
  create: { prepare: [], begin: create, succeeded: ['running', SERVER], failed: ['failed', NOTHING] },
  stop: {
    prepare: [['POST', '', 'running']],
    begin: post('stop'),
    succeeded: ['stopped', DATA],
    failed: ['running', SERVER],
  },
  start: {
    prepare: [
      ['POST', '', 'running'],
      ['POST', '/stop', 'stopped'],
    ],
    begin: post('start'),
    succeeded: ['running', SERVER],
    failed: ['failed', DATA],
  },
  restart: {
    prepare: [['POST', '', 'running']],
    begin: post('restart'),
    succeeded: ['running', SERVER],
    failed: ['failed', DATA],
  },
  recover: {
    prepare: [['POST', '', 'running']],
    begin: async (id) => {
      const [pid = 0] = (await here().resources()).processes;
      process.kill(pid, 'SIGKILL');
      await until('the recovery has begun', async () => (await recoveries(id, 'running', 'succeeded')) > 0);
      return id;
    },
    succeeded: ['running', SERVER],
    failed: ['running', DATA],
  },
  delete: {
    prepare: [['POST', '', 'running']],
    begin: async (id) => {
      await call('DELETE', `instances/${id}`);
      return id;
    },
    succeeded: ['deleted', DATA],
    failed: ['failed', DATA],
  },
  undelete: {
    prepare: [
      ['POST', '', 'running'],
      ['DELETE', '', 'deleted'],
    ],
    begin: post('undelete'),
    succeeded: ['running', SERVER],
    failed: ['failed', DATA],
  },
  purge: {
    prepare: [['POST', '', 'running']],
    begin: async (id) => {
      await call('DELETE', `instances/${id}?purge=true`);
      return id;
    },
    succeeded: ['purged', NOTHING],
    failed: ['failed', NOTHING],
  },
  settle: {
    prepare: [
      ['POST', '', 'running'],
      ['POST', '/stop', 'stopped'],
    ],
    begin: async (id) => {
      await startBehindItsBack(id);
      return upkeep(SETTLE, id);
    },
    succeeded: ['stopped', DATA],
    failed: ['stopped', SERVER],
  },
  'clean-up': {
    prepare: [
      ['POST', '', 'running'],
      ['POST', '/stop', 'stopped'],
    ],
    begin: async (id) => {
      await here().database.query(
        `UPDATE instances SET state = 'failed', endpoint_host = NULL, endpoint_ip = NULL, endpoint_port = NULL WHERE id = $1`,
        [id],
      );
      return upkeep(CLEAN_UP, id);
    },
    succeeded: ['failed', NOTHING],
    failed: ['failed', DATA],
  },
};

/**
 * Where in an activity the worker is killed; see `crashing-worker.mjs`. Before it is the same as between it and the one before it,
 * "recorded".
 */
const POINTS = ['inside', 'after', 'recorded'] as const;

/** Systems that tests are on at the same time: what takes long is to start workers and to wait for leases. */
const LANES = 2;

interface Instance {
  id: string;
  state: string;
  failure_reason: string | null;
  endpoint: { port: number } | null;
}

const run = promisify(execFile);
const lanes: TestSystem[] = [];
const free: TestSystem[] = [];
const lane = new AsyncLocalStorage<TestSystem>();
let count = 0;

beforeAll(async () => {
  lanes.push(...(await Promise.all(Array.from({ length: LANES }, () => startLane()))));
  free.push(...lanes);
});

afterAll(async () => {
  await Promise.all(lanes.map((system) => system.stop()));
});

const startLane = (): Promise<TestSystem> => TestSystem.start({ workers: 0, environment: { TOYGRES_POOL_SIZE: '2' } });

/** A test on a system that no other test is on. A worker that is well after it is there for the next one. */
const alone =
  <Parameters extends readonly unknown[]>(test: (...parameters: Parameters) => Promise<void>) =>
  async (...parameters: Parameters): Promise<void> => {
    const system = await until('a system is free', () => Promise.resolve(free.pop()));
    try {
      await lane.run(system, () => test(...parameters));
    } catch (error) {
      await lane.run(system, stopWorkers);
      throw error;
    } finally {
      free.push(system);
    }
  };

function here(): TestSystem {
  const system = lane.getStore();
  if (!system) {
    throw new Error('The test is on no system.');
  }
  return system;
}

async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${here().url}/api/${path}`, {
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
    const rows = await here().database.query(
      `SELECT FROM orchestrations WHERE status IN ('pending', 'running', 'compensating')`,
    );
    return rows.length === 0;
  });
}

async function startBehindItsBack(id: string): Promise<void> {
  const [ref] = await here().database.query<InstanceRef>(
    `SELECT id AS "instanceId", k8s_name AS "k8sName", namespace, postgres_version AS "postgresVersion" FROM instances WHERE id = $1`,
    [id],
  );
  await here().withDataPlane((dataPlane) => dataPlane.start(ref!, AbortSignal.timeout(30_000)));
}

/** Begins what the reconciler would. */
async function upkeep({ kind, version, deadlineMs, activities }: OrchestrationDefinition, id: string): Promise<string> {
  await here().database.query(
    `WITH orchestration AS (
       INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, deadline_at)
       VALUES ($1, $2, $3, $4, 'pending', 'reconciler', now() + make_interval(secs => $5)) RETURNING id)
     INSERT INTO orchestration_activities (orchestration_id, position, phase, name)
     SELECT id, ordinality - 1, 'forward', name FROM orchestration, unnest($6::text[]) WITH ORDINALITY AS names (name, ordinality)`,
    [`${kind}-${id}`, kind, version, id, deadlineMs / 1_000, activities.map(({ name }) => name)],
  );
  return id;
}

async function recoveries(id: string, ...statuses: string[]): Promise<number> {
  const rows = await here().database.query(
    `SELECT FROM orchestrations WHERE instance_id = $1 AND kind = 'recover' AND status = ANY($2)`,
    [id, statuses],
  );
  return rows.length;
}

async function resources(): Promise<Resources> {
  const { directories, processes } = await here().resources();
  const ports = await here().database.query('SELECT FROM instance_ports');
  return { directories: directories.length, processes: processes.length, ports: ports.length };
}

async function prepared({ prepare }: Scenario): Promise<string> {
  if (prepare.length === 0) {
    return '';
  }
  if (here().workers.length === 0) {
    await here().startWorker();
  }
  let id = '';
  for (const [method, path, state] of prepare) {
    if (id === '') {
      id = await create();
    } else {
      await call(method, `instances/${id}${path}`);
    }
    await reaches(id, state);
  }
  await noneOpen();
  return id;
}

/** In the place of the one that prepared, a worker that is killed at a point. */
async function kill(activity: string, point: string, failing = ''): Promise<ServerProcess> {
  const [, victim] = await Promise.all([
    stopWorkers(),
    here().startWorker(['tests/support/crashing-worker.mjs', activity, point, failing]),
  ]);
  return victim;
}

/** The worker dies at the point; another one finishes. */
async function takeOver(victim: ServerProcess): Promise<void> {
  expect(await victim.exited()).toBe('SIGKILL');
  here().workers.length = 0;
  await here().startWorker();
}

/** Whether a process was stopped by SIGSTOP. */
async function isStopped(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]);
  return stdout.startsWith('T');
}

async function stopWorkers(): Promise<void> {
  await Promise.all(
    here()
      .workers.splice(0)
      .map((worker) => worker.stop()),
  );
}

async function cleanUp(id: string): Promise<void> {
  await call('DELETE', `instances/${id}?purge=true`);
  await reaches(id, 'purged');
  await noneOpen();
  expect(await resources()).toEqual(NOTHING);
}

describe.concurrent.each(INSTANCE_ORCHESTRATIONS)('$kind', ({ kind, activities }) => {
  const scenario = SCENARIOS[kind]!;

  const forward = activities.flatMap(({ name }) => POINTS.map((point) => ({ name, point })));
  it.each(forward)(
    'ends well when its worker is killed at $name: $point',
    alone(async ({ name, point }) => {
      const before = await prepared(scenario);
      const victim = await kill(name, point);
      const id = await scenario.begin(before);
      await takeOver(victim);
      const [state, there] = scenario.succeeded;
      await reaches(id, state);
      await until('it is there again', async () => kind !== 'recover' || (await recoveries(id, 'succeeded')) > 0);
      await noneOpen();
      expect(await resources()).toEqual(there);
      await here().expectConsistency();
      await cleanUp(id);
    }),
  );

  const undoing = activities.flatMap(({ name, compensation }) =>
    compensation ? POINTS.map((point) => ({ name, undo: compensation.name, point })) : [],
  );
  it.each(undoing)(
    'is undone when its worker is killed at $undo: $point',
    alone(async ({ name, undo, point }) => {
      const before = await prepared(scenario);
      // What is undone was begun in any case; the last activity has most before it.
      const failing = activities.at(-1)?.name ?? name;
      const victim = await kill(undo, point, failing);
      const id = await scenario.begin(before);
      await takeOver(victim);
      const [state, there] = scenario.failed;
      const instance = await reaches(id, state);
      await noneOpen();
      if (state === 'failed') {
        expect(instance.failure_reason).toBe('The test lets it fail.');
      }
      expect(await resources()).toEqual(there);
      await cleanUp(id);
    }),
  );

  it.each(activities)(
    'lets a worker change nothing that was paused at $name beyond its lease',
    alone(async ({ name }) => {
      const before = await prepared(scenario);
      const victim = await kill(name, 'pause');
      const id = await scenario.begin(before);
      await until('it is paused', () => isStopped(victim.pid));
      const healthy = await here().startWorker();
      const [state] = scenario.succeeded;
      await reaches(id, state);
      await noneOpen();
      // Everything is over, and gone, when it wakes up.
      await call('DELETE', `instances/${id}?purge=true`);
      await reaches(id, 'purged');
      await noneOpen();
      expect(await resources()).toEqual(NOTHING);
      process.kill(victim.pid, 'SIGCONT');
      // Going down, it ends first what it is at.
      expect(await victim.stop()).toBe(0);
      expect(await resources()).toEqual(NOTHING);
      expect(await call('GET', `instances/${id}`)).toMatchObject({ state: 'purged' });
      here().workers.splice(here().workers.indexOf(victim), 1);
      expect(here().workers).toEqual([healthy]);
    }),
  );

  it.each(activities)(
    'ends well when $name fails for good',
    alone(async ({ name }) => {
      const before = await prepared(scenario);
      await kill('', '', name);
      const id = await scenario.begin(before);
      const [state] = scenario.failed;
      await until('it has failed', async () => {
        const rows = await here().database.query(
          `SELECT FROM orchestrations WHERE instance_id = $1 AND kind = $2 AND status = 'failed' AND error = 'The test lets it fail.'`,
          [id, kind],
        );
        return rows.length > 0;
      });
      await reaches(id, state);
      await stopWorkers();
      await here().startWorker();
      // The way out of it.
      if (state === 'failed' && !UPKEEP.includes(kind)) {
        await call('POST', `instances/${id}/retry`);
        await reaches(id, scenario.succeeded[0]);
        await noneOpen();
        expect(await resources()).toEqual(scenario.succeeded[1]);
      }
      await cleanUp(id);
    }),
  );

  it.each(kind === 'purge' || kind === 'clean-up' ? [] : activities)(
    'gives way to a removal at $name',
    alone(async ({ name }) => {
      const before = await prepared(scenario);
      const worker = await kill(name, 'hold');
      const id = await scenario.begin(before);
      await until('it is at it', () => Promise.resolve(worker.output.includes('holding')));
      await call('DELETE', `instances/${id}?purge=true`);
      await reaches(id, 'purged');
      await noneOpen();
      expect(await resources()).toEqual(NOTHING);
      const rows = await here().database.query<{ status: string }>(
        `SELECT status FROM orchestrations WHERE instance_id = $1 AND kind = $2`,
        [id, kind],
      );
      expect(rows).toEqual([{ status: 'cancelled' }]);
      expect(worker.running).toBe(true);
      await stopWorkers();
    }),
  );
});
