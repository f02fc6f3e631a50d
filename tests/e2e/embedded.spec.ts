import { createToygres, type Toygres } from '#sdk';
import { Client } from 'pg';
import { chmod, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MetadataServer } from '../../server/src/platform/embedded-postgres/metadata-server.js';
import { ServerProcess } from '../support/server-process.js';
import { freePort, temporaryHome } from '../support/servers.js';
import { until } from '../support/until.js';

const PASSWORD = 'SecurePass123!';

let home: string;
let environment: Record<string, string>;
let all: ServerProcess;
let toygres: Toygres;

async function start(): Promise<void> {
  all = await ServerProcess.start('all', environment);
  toygres = createToygres({ baseUrl: all.url });
}

// One home for all of them, as a user has one: each test leaves it with a server that runs.
beforeAll(async () => {
  home = await temporaryHome('toygres-all-');
  const port = await freePort();
  environment = {
    TOYGRES_HOME: home,
    TOYGRES_INSTANCE_PORTS: `${String(port)}-${String(Math.min(port + 20, 65_535))}`,
    TOYGRES_LEASE_SECONDS: '1',
    TOYGRES_SWEEP_SECONDS: '0.2',
    TOYGRES_HEALTH_INTERVAL_SECONDS: '1',
    TOYGRES_POOL_SIZE: '0',
  };
  await start();
});

afterEach(async () => {
  if (!all.running) {
    await start();
  }
  for await (const { id } of toygres.instances.all()) {
    await toygres.instances.delete(id, { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
  }
});

afterAll(async () => {
  await all.stop();
  await rm(home, { recursive: true });
});

async function create(name: string, version = '18'): Promise<string> {
  const { instance_id: id } = await toygres.instances.create({
    name,
    password: PASSWORD,
    postgres_version: version,
    storage_size_gb: 10,
  });
  return id;
}

async function ask(name: string, sql: string): Promise<unknown> {
  const { dns_connection_string: connectionString } = await toygres.instances.credentials(name);
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

/** Process id of the server of an instance, from its own lock file. */
async function postmasterOf(name: string): Promise<number> {
  const { k8s_name: k8sName } = await toygres.instances.get(name);
  return Number((await readFile(join(home, 'instances', k8sName, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('toygres-server all on the embedded default', () => {
  it('says where it is, keeps its key to itself, and refuses a second start on its home', async () => {
    expect(all.output).toMatch(/^Toygres is ready at http:\/\/127\.0\.0\.1:\d+$/m);
    expect(all.output).toContain(`Its data are in ${home}`);
    expect((await stat(join(home, 'secret.key'))).mode & 0o777).toBe(0o600);
    const second = ServerProcess.spawn('all', environment);
    expect(await second.exited()).toBe(1);
    expect(second.output).toContain(`Toygres is already running on ${home} (pid ${String(all.pid)})`);
    expect(second.output).toContain('set TOYGRES_HOME to another directory');
    expect(await toygres.readiness()).toMatchObject({ status: 'ok' });
  });

  it('stops everything when told to, and brings back what was running', async () => {
    await create('first');
    await toygres.instances.waitUntil('first', 'running');
    await ask('first', 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await postmasterOf('first');
    const metadata = await MetadataServer.find(home);
    expect({ code: await all.stop('SIGINT'), output: all.output }).toMatchObject({ code: 0 });
    expect(alive(pid)).toBe(false);
    expect(alive(metadata?.pid ?? 0)).toBe(false);

    await start();
    expect(await until('it answers again', () => ask('first', 'SELECT answer FROM kept').catch(() => undefined))).toBe(
      42,
    );
    expect(await toygres.instances.get('first')).toMatchObject({ state: 'running' });
  });

  it('adopts what outlived it: the same server process after kill -9', async () => {
    await create('adopted');
    await toygres.instances.waitUntil('adopted', 'running');
    const pid = await postmasterOf('adopted');
    await all.stop('SIGKILL');
    expect(alive(pid)).toBe(true);
    await start();
    expect(await ask('adopted', 'SELECT 1 AS answer')).toBe(1);
    expect(await postmasterOf('adopted')).toBe(pid);
    const { id: instance_id } = await toygres.instances.get('adopted');
    expect(await toygres.orchestrations.list({ kind: ['recover'], instance_id })).toMatchObject({ total: 0 });
  });

  it('survives kill -9 of everything, and finishes what was under way', async () => {
    await create('steady');
    await toygres.instances.waitUntil('steady', 'running');
    const id = await create('halfway');
    const servers = [await postmasterOf('steady'), (await MetadataServer.find(home))?.pid ?? 0];
    await all.stop('SIGKILL');
    servers.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await start();
    await toygres.instances.waitUntil(id, 'running');
    expect(await until('it answers again', () => ask('steady', 'SELECT 1 AS answer').catch(() => undefined))).toBe(1);
    expect((await toygres.instances.list()).instances.map(({ state }) => state)).toEqual(['running', 'running']);
  });

  it('goes on when the metadata server is restarted in mid-flow', async () => {
    const id = await create('restarted');
    const server = await MetadataServer.find(home);
    process.kill(server?.pid ?? 0, 'SIGKILL');
    await until('it is gone', async () => (await MetadataServer.find(home)) === null);
    // Somebody has to start it again; here as by hand, in production whoever runs the database.
    const { resolveServerUser } = await import('../../server/src/platform/embedded-postgres/server-user.js');
    await MetadataServer.start(home, await resolveServerUser(), AbortSignal.timeout(30_000));
    await until('the api answers again', async () => (await toygres.readiness().catch(() => null))?.status === 'ok');
    expect(await toygres.instances.waitUntil(id, 'running')).toMatchObject({ failure_reason: null });
    expect(await ask('restarted', 'SELECT 1 AS answer')).toBe(1);
  });

  it('says why a server would not start, shows its log, and leaves nothing behind', async () => {
    const { versions } = await toygres.capabilities();
    const release = versions.find(({ major }) => major === '17')?.release ?? '';
    await create('probe', '17');
    await toygres.instances.waitUntil('probe', 'running');
    const program = join(home, 'postgresql', release, 'bin', 'postgres');
    await rename(program, `${program}.real`);
    await writeFile(
      program,
      `#!/bin/sh\ncase " $* " in\n*" --single "*|*" --boot "*|*" -V "*|*" --version "*|*" --check "*) exec "$0.real" "$@" ;;\nesac\necho "FATAL:  could not map the moon" >&2\nexit 1\n`,
    );
    await chmod(program, 0o755);
    const id = await create('broken', '17');
    const failed = await until('it has failed', async () => {
      const instance = await toygres.instances.get(id);
      return instance.state === 'failed' && instance;
    });
    expect(failed).toMatchObject({ failure_code: 'server_exited' });
    expect(`${failed.failure_reason ?? ''} ${failed.failure_details ?? ''}`).toContain('could not map the moon');
    await expect(stat(join(home, 'instances', failed.k8s_name))).rejects.toThrow('ENOENT');
    expect((await toygres.stats()).capacity.ports?.used).toBe(1);
    await rm(program);
    await rename(`${program}.real`, program);
  });

  it('refuses another secret key in a sentence', async () => {
    await all.stop();
    const other = ServerProcess.spawn('all', {
      ...environment,
      TOYGRES_SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    });
    expect(await other.exited()).toBe(1);
    expect(other.output).toContain('The secret key is not the one that this database was written with.');
    expect(other.output).not.toContain('    at ');
  });
});

describe('toygres-server', () => {
  it('names every wrong variable and no value', async () => {
    const server = ServerProcess.spawn('all', {
      ...environment,
      TOYGRES_INSTANCE_PORTS: 'CANARY',
      TOYGRES_COLOUR: 'CANARY',
    });
    expect(await server.exited()).toBe(1);
    expect(server.output).toContain('TOYGRES_INSTANCE_PORTS');
    expect(server.output).toContain('TOYGRES_COLOUR');
    expect(server.output).not.toContain('CANARY');
  });

  it.each(['api', 'worker'])('%s says what is missing when there is no database', async (role) => {
    const server = ServerProcess.spawn(role, { TOYGRES_HOME: join(home, 'nothing') });
    expect(await server.exited()).toBe(1);
    expect(server.output).toContain('TOYGRES_DATABASE_URL is not set');
  });

  it('has help for every command', async () => {
    for (const command of ['api', 'worker', 'all', 'migrate', 'openapi']) {
      const server = ServerProcess.spawn(command, environment, ['dist/server/src/main.js', command, '--help']);
      expect(await server.exited()).toBe(0);
      expect(server.output).toContain(`Usage: toygres-server ${command}`);
    }
  });
});
