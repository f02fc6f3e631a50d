import { createToygres, type FailureCode, type InstanceDetails, type OrchestrationRecord, type Toygres } from '#sdk';
import { once } from 'node:events';
import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, type TestContext } from 'vitest';
import { CLUSTER_ERROR_CODES } from '../../server/src/data-plane/index.js';
import { FAILURE_CODES } from '../../server/src/failure-codes.js';
import { BRING_UP } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { SmallDisk } from '../support/small-disk.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

/** What only a cluster fails with is provoked there, in `tests/k8s`. */
const LOCAL_CODES = FAILURE_CODES.filter((code) => !(CLUSTER_ERROR_CODES as readonly string[]).includes(code));

const NEW = { password: 'SecurePass123!', storage_size_gb: 10 };

let system: TestSystem;
let toygres: Toygres;

beforeAll(async () => {
  system = await TestSystem.start({
    environment: {
      TOYGRES_POOL_SIZE: '0',
      TOYGRES_MIN_FREE_DISK_GB: '0',
      TOYGRES_HEALTH_TIMEOUT_SECONDS: '1',
    },
  });
  toygres = createToygres({ baseUrl: system.url });
});

afterAll(async () => {
  await system.expectConsistency();
  await system.stop();
});

/** What is seen of a failure, wherever that is. */
interface Seen {
  readonly code: FailureCode | null | undefined;
  /** The sentence, and what the server itself said. */
  readonly words: string;
}

async function create(name: string, version = '18'): Promise<{ readonly id: string; readonly orchestration: string }> {
  const accepted = await toygres.instances.create({ ...NEW, name, postgres_version: version });
  onTestFinished(async () => {
    await toygres.instances.delete(accepted.instance_id, { purge: true });
    await toygres.instances.waitUntil(accepted.instance_id, 'purged', { signal: AbortSignal.timeout(60_000) });
  });
  return { id: accepted.instance_id, orchestration: accepted.orchestration_id };
}

async function running(name: string, version?: string): Promise<InstanceDetails> {
  const { id } = await create(name, version);
  return toygres.instances.waitUntil(id, 'running');
}

async function stopped(name: string, version?: string): Promise<InstanceDetails> {
  const { id } = await running(name, version);
  await toygres.instances.stop(id);
  return toygres.instances.waitUntil(id, 'stopped');
}

const directoryOf = ({ k8s_name: name }: InstanceDetails, ...below: string[]): string =>
  join(system.home, 'instances', name, ...below);

/** The failure of an instance, which is that of its last orchestration too. */
async function failed(id: string): Promise<Seen> {
  const instance = await toygres.instances.waitUntil(id, 'failed', { signal: AbortSignal.timeout(90_000) });
  const [last] = (await toygres.orchestrations.list({ instance_id: id })).orchestrations;
  expect(last).toMatchObject({ error_code: instance.failure_code, error: instance.failure_reason });
  return {
    code: instance.failure_code,
    words: `${instance.failure_reason ?? ''}\n${instance.failure_details ?? ''}`,
  };
}

async function failsToStart({ id }: InstanceDetails): Promise<Seen> {
  await toygres.instances.start(id);
  return failed(id);
}

async function failsToCreate(name: string, version?: string): Promise<Seen> {
  return failed((await create(name, version)).id);
}

/** The failure that the health checks of a running instance see. */
const unhealthy = (id: string): Promise<Seen> =>
  until('the health checks see it', async () => {
    const { health_status: status, last_health_check: check } = await toygres.instances.get(id);
    return status === 'unhealthy' && { code: check?.code, words: check?.reason ?? '' };
  });

/** Listens on ports, as other programs do; those that are taken already are taken. */
async function occupy(ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    const server = createServer().listen(port, '127.0.0.1');
    await Promise.race([once(server, 'listening'), once(server, 'error').catch(() => undefined)]);
    onTestFinished(() => void server.close());
  }
}

/** Puts something in the place of a file or directory of the installed programs until the test is over. */
async function damage(version: string, path: string, script?: string): Promise<void> {
  const { versions } = await toygres.capabilities();
  const original = join(
    system.home,
    'postgresql',
    versions.find(({ major }) => major === version)?.release ?? '',
    path,
  );
  await rename(original, `${original}.real`);
  onTestFinished(async () => {
    await rm(original, { force: true });
    await rename(`${original}.real`, original);
  });
  if (script !== undefined) {
    // A link to the original would be written through.
    await writeFile(original, script, { flag: 'wx' });
    await chmod(original, 0o755);
  }
}

const replaceWorker = async (entry?: readonly string[]): Promise<void> => {
  await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
  await system.startWorker(entry);
};

async function asSuperuser(id: string, sql: string): Promise<void> {
  const { dns_connection_string: connectionString } = await toygres.instances.credentials(id);
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** How a failure comes about, and what its words say. Nothing is played: the programs, ports, disks and files are real. */
interface Provocation {
  readonly by: string;
  readonly words: RegExp;
  readonly provoke: (context: TestContext) => Promise<Seen>;
}

/** A code of the catalogue without a case does not compile. */
const PROVOCATIONS: Readonly<Record<Exclude<FailureCode, (typeof CLUSTER_ERROR_CODES)[number]>, Provocation>> = {
  insufficient_capacity: {
    by: 'other programs on all ports of the range',
    words: /^No port of \d+-\d+ is free/,
    provoke: async () => {
      const [first = 0, last = 0] = (system.environment['TOYGRES_INSTANCE_PORTS'] ?? '').split('-').map(Number);
      await occupy(Array.from({ length: last - first + 1 }, (_, index) => first + index));
      return failsToCreate('insufficient-capacity');
    },
  },
  unsupported_version: {
    by: 'a directory from an installation with another PostgreSQL',
    words: /^PostgreSQL 9 is not available here; available: 18, 17, 16, 15/,
    provoke: async () => {
      const instance = await stopped('unsupported-version');
      const label = directoryOf(instance, 'instance.json');
      await writeFile(label, (await readFile(label, 'utf8')).replace('"18"', '"9"'));
      return failsToStart(instance);
    },
  },
  unsupported_platform: {
    by: 'a program that the system can not run',
    words: /postgres can't be run on this system/,
    provoke: async () => {
      const instance = await stopped('unsupported-platform', '17');
      await damage('17', 'bin/postgres', '#!/no/such/interpreter\n');
      return failsToStart(instance);
    },
  },
  initdb_failed: {
    by: 'an installation without its shared files',
    words: /initdb of PostgreSQL 16\.\d+ failed\.[^]*share/,
    provoke: async () => {
      // So that it is installed.
      await running('installed', '16');
      await damage('16', 'share');
      return failsToCreate('initdb-failed', '16');
    },
  },
  disk_full: {
    by: 'a disk that is smaller than a data directory',
    words: /^The disk that the instances lie on is full/,
    provoke: async (context) => {
      const disk = await SmallDisk.mount(join(system.home, 'instances'), 24);
      context.skip(disk === undefined, 'no disk can be mounted here, to be filled');
      onTestFinished(() => disk?.unmount());
      return failsToCreate('disk-full');
    },
  },
  port_in_use: {
    by: 'another program that takes the port while the instance is stopped',
    words: /^Port \d+ of the instance is used by another program/,
    provoke: async () => {
      const instance = await stopped('port-in-use');
      await occupy([instance.endpoint?.port ?? 0]);
      return failsToStart(instance);
    },
  },
  server_exited: {
    by: 'a setting that PostgreSQL does not take',
    words: /ended while it was starting[^]*invalid value for parameter "shared_buffers": "plenty"/,
    provoke: async () => {
      const instance = await stopped('server-exited');
      await writeFile(directoryOf(instance, 'user.conf'), "shared_buffers = 'plenty'\n");
      return failsToStart(instance);
    },
  },
  not_ready: {
    by: 'a server that has come to a standstill',
    words: /^Connection timeout$/,
    provoke: async () => {
      const instance = await running('not-ready');
      const postmaster = Number.parseInt(await readFile(directoryOf(instance, 'data', 'postmaster.pid'), 'utf8'));
      process.kill(postmaster, 'SIGSTOP');
      onTestFinished(() => void process.kill(postmaster, 'SIGCONT'));
      return unhealthy(instance.id);
    },
  },
  login_refused: {
    by: 'a superuser who locks Toygres out',
    words: /^The server refuses the login of toygres_monitor: role "toygres_monitor" is not permitted to log in/,
    provoke: async () => {
      const { id } = await running('login-refused');
      await asSuperuser(id, 'ALTER ROLE toygres_monitor NOLOGIN');
      expect(await unhealthy(id)).toMatchObject({ code: 'login_refused' });
      const { orchestration_id: restart } = await toygres.instances.restart(id);
      const seen = await failed(id);
      // It would be refused again.
      const { activities }: OrchestrationRecord = await toygres.orchestrations.get(restart ?? '');
      expect(activities[0]).toMatchObject({ status: 'failed', attempt: 1 });
      return seen;
    },
  },
  data_missing: {
    by: 'somebody who moves the data directory',
    words: /^The data directory \S+ is not there/,
    provoke: async () => {
      const instance = await stopped('data-missing');
      await rename(directoryOf(instance, 'data'), directoryOf(instance, 'elsewhere'));
      return failsToStart(instance);
    },
  },
  configure_failed: {
    by: 'a program that fails when it runs alone',
    words: /^postgres --single failed\.\nFATAL: {2}could not map the moon/,
    provoke: async () => {
      await running('installed', '15');
      // initdb runs it alone too, but otherwise.
      await damage(
        '15',
        'bin/postgres',
        `#!/bin/sh\ncase " $* " in\n*" --single -j "*) echo "FATAL:  could not map the moon" >&2; exit 1 ;;\nesac\nexec "$0.real" "$@"\n`,
      );
      return failsToCreate('configure-failed', '15');
    },
  },
  activity_timeout: {
    by: 'a server that never gets anywhere, and a worker that waits for half a second',
    words: /^"Start PostgreSQL and log in" took longer than 0\.5 s/,
    provoke: async () => {
      const instance = await stopped('activity-timeout', '17');
      await damage('17', 'bin/postgres', '#!/bin/sh\nexec sleep 600\n');
      await replaceWorker(['tests/support/hasty-worker.mjs', BRING_UP.name, '500']);
      onTestFinished(() => replaceWorker());
      return failsToStart(instance);
    },
  },
  deadline_exceeded: {
    by: 'a deadline that passes while no worker is there',
    words: /deadline passed/,
    provoke: async () => {
      await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
      const { id, orchestration } = await create('deadline-exceeded');
      await system.database.query('UPDATE orchestrations SET deadline_at = now() WHERE id = $1', [orchestration]);
      await system.startWorker();
      return failed(id);
    },
  },
  cancelled: {
    by: 'somebody who calls it off',
    words: /^It was called off/,
    provoke: async () => {
      const { id, orchestration } = await create('cancelled');
      await toygres.orchestrations.cancel(orchestration);
      return failed(id);
    },
  },
  internal_error: {
    by: 'a label that can not be read',
    words: /^An unexpected error occurred\. The worker's log has it under start-internal-error-/,
    provoke: async () => {
      const instance = await stopped('internal-error');
      const label = directoryOf(instance, 'instance.json');
      const text = await readFile(label, 'utf8');
      await writeFile(label, '{');
      const { orchestration_id: start } = await toygres.instances.start(instance.id);
      await until('it is given up', async () => {
        const { status } = await toygres.orchestrations.get(start ?? '');
        return status === 'compensating';
      });
      await writeFile(label, text);
      return failed(instance.id);
    },
  },
};

describe('every failure code can be met', () => {
  it('has a way to provoke it', () => {
    expect(Object.keys(PROVOCATIONS)).toEqual(LOCAL_CODES);
  });

  it.for(Object.entries(PROVOCATIONS))('$0', { timeout: 180_000 }, async ([code, { provoke, words }], context) => {
    const seen = await provoke(context);
    expect(seen).toMatchObject({ code, words: expect.stringMatching(words) as string });
  });
});
