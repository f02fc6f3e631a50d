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
      const [pid = 0] = (await system.resources()).processes;
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
      await system.database.query(
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

interface Instance {
  id: string;
  state: string;
  failure_reason: string | null;
  endpoint: { port: number } | null;
}

const run = promisify(execFile);
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

async function startBehindItsBack(id: string): Promise<void> {
  const [ref] = await system.database.query<InstanceRef>(
    `SELECT id AS "instanceId", k8s_name AS "k8sName", namespace, postgres_version AS "postgresVersion" FROM instances WHERE id = $1`,
    [id],
  );
  await system.withDataPlane((dataPlane) => dataPlane.start(ref!, AbortSignal.timeout(30_000)));
}

/** Begins what the reconciler would. */
async function upkeep({ kind, version, deadlineMs, activities }: OrchestrationDefinition, id: string): Promise<string> {
  await system.database.query(
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
  const rows = await system.database.query(
    `SELECT FROM orchestrations WHERE instance_id = $1 AND kind = 'recover' AND status = ANY($2)`,
    [id, statuses],
  );
  return rows.length;
}

async function resources(): Promise<Resources> {
  const { directories, processes } = await system.resources();
  const ports = await system.database.query('SELECT FROM instance_ports');
  return { directories: directories.length, processes: processes.length, ports: ports.length };
}

async function prepared({ prepare }: Scenario): Promise<string> {
  if (prepare.length === 0) {
    return '';
  }
  await system.startWorker();
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
  await stopWorkers();
  return id;
}

const kill = (activity: string, point: string, failing = ''): Promise<ServerProcess> =>
  system.startWorker(['tests/support/crashing-worker.mjs', activity, point, failing]);

/** The worker dies at the point; another one finishes. */
async function takeOver(victim: ServerProcess): Promise<void> {
  expect(await victim.exited()).toBe('SIGKILL');
  await system.startWorker();
}

/** Whether a process was stopped by SIGSTOP. */
async function isStopped(pid: number): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'stat=', '-p', String(pid)]);
  return stdout.startsWith('T');
}

async function stopWorkers(): Promise<void> {
  await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
}

async function cleanUp(id: string): Promise<void> {
  await call('DELETE', `instances/${id}?purge=true`);
  await reaches(id, 'purged');
  await noneOpen();
  expect(await resources()).toEqual(NOTHING);
  await stopWorkers();
}

describe.each(INSTANCE_ORCHESTRATIONS)('$kind', ({ kind, activities }) => {
  const scenario = SCENARIOS[kind]!;

  const forward = activities.flatMap(({ name }) => POINTS.map((point) => ({ name, point })));
  it.each(forward)('ends well when its worker is killed at $name: $point', async ({ name, point }) => {
    const before = await prepared(scenario);
    const victim = await kill(name, point);
    const id = await scenario.begin(before);
    await takeOver(victim);
    const [state, there] = scenario.succeeded;
    await reaches(id, state);
    await until('it is there again', async () => kind !== 'recover' || (await recoveries(id, 'succeeded')) > 0);
    await noneOpen();
    expect(await resources()).toEqual(there);
    await system.expectConsistency();
    await cleanUp(id);
  });

  const undoing = activities.flatMap(({ name, compensation }) =>
    compensation ? POINTS.map((point) => ({ name, undo: compensation.name, point })) : [],
  );
  it.each(undoing)('is undone when its worker is killed at $undo: $point', async ({ name, undo, point }) => {
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
  });

  it.each(activities)('lets a worker change nothing that was paused at $name beyond its lease', async ({ name }) => {
    const before = await prepared(scenario);
    const victim = await kill(name, 'pause');
    const id = await scenario.begin(before);
    await until('it is paused', () => isStopped(victim.pid));
    const healthy = await system.startWorker();
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
    system.workers.splice(system.workers.indexOf(victim), 1);
    expect(system.workers).toEqual([healthy]);
    await stopWorkers();
  });

  it.each(activities)('ends well when $name fails for good', async ({ name }) => {
    const before = await prepared(scenario);
    await kill('', '', name);
    const id = await scenario.begin(before);
    const [state] = scenario.failed;
    await until('it has failed', async () => {
      const rows = await system.database.query(
        `SELECT FROM orchestrations WHERE instance_id = $1 AND kind = $2 AND status = 'failed' AND error = 'The test lets it fail.'`,
        [id, kind],
      );
      return rows.length > 0;
    });
    await reaches(id, state);
    await stopWorkers();
    await system.startWorker();
    // The way out of it.
    if (state === 'failed' && !UPKEEP.includes(kind)) {
      await call('POST', `instances/${id}/retry`);
      await reaches(id, scenario.succeeded[0]);
      await noneOpen();
      expect(await resources()).toEqual(scenario.succeeded[1]);
    }
    await cleanUp(id);
  });
});
