import { createToygres } from '#sdk';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { MetadataServer } from '../../server/src/platform/embedded-postgres/metadata-server.js';
import { listPostgresProcesses } from '../../server/src/platform/embedded-postgres/process-table.js';
import { EventClient } from '../support/event-client.js';
import { ServerProcess } from '../support/server-process.js';
import { freePort, temporaryHome } from '../support/servers.js';
import { until } from '../support/until.js';

let directory: string;
let environment: Record<string, string>;
let server: ServerProcess | undefined;

beforeAll(async () => {
  directory = await temporaryHome('toygres-stop-');
  environment = await environmentOf('home');
});

afterEach(async () => {
  await server?.stop('SIGKILL');
  server = undefined;
});

afterAll(async () => {
  for (const { pid } of await left()) {
    process.kill(pid, 'SIGKILL');
  }
  await until('their processes are gone', async () => (await left()).length === 0);
  await rm(directory, { recursive: true });
});

async function environmentOf(home: string): Promise<Record<string, string>> {
  const port = await freePort();
  await mkdir(join(directory, home), { recursive: true, mode: 0o711 });
  return {
    TOYGRES_HOME: join(directory, home),
    TOYGRES_INSTANCE_PORTS: `${String(port)}-${String(Math.min(port + 5, 65_535))}`,
    TOYGRES_POOL_SIZE: '0',
    TOYGRES_HEALTH_INTERVAL_SECONDS: '1',
  };
}

/** Processes of PostgreSQL that run on any of these homes. */
async function left(): Promise<readonly { readonly pid: number; readonly directory: string }[]> {
  return (await listPostgresProcesses()).filter((found) => found.directory.startsWith(`${directory}/`));
}

async function expectCleanStop(stopping: ServerProcess): Promise<void> {
  const told = Date.now();
  expect({ code: await stopping.stop(), output: stopping.output }).toMatchObject({ code: 0 });
  expect(Date.now() - told).toBeLessThan(9_000);
  expect(stopping.output).not.toContain('took too long');
  expect(await left()).toEqual([]);
  const homes = await readdir(directory);
  const files = await Promise.all(homes.map((home) => readdir(join(directory, home))));
  expect(files.flat().filter((name) => name.endsWith('.staging'))).toEqual([]);
}

/** Asks the metadata server of a home. @returns undefined while it is not there, or knows no such table */
async function query<Row>(home: string, sql: string): Promise<Row[] | undefined> {
  const metadata = await MetadataServer.find(home).catch(() => null);
  const client = metadata && new Client({ connectionString: metadata.url, options: '-c search_path=toygres' });
  try {
    await client?.connect();
    return (await client?.query(sql))?.rows as Row[] | undefined;
  } catch {
    return undefined;
  } finally {
    await client?.end().catch(() => undefined);
  }
}

describe('toygres-server all ends by SIGTERM', () => {
  it('although clients have opened connections ahead of time, and one follows the events', async () => {
    server = await ServerProcess.start('all', environment);
    const { hostname, port } = new URL(server.url);
    const sockets = await Promise.all(
      Array.from({ length: 5 }, async (): Promise<Socket> => {
        const socket = connect(Number(port), hostname);
        await once(socket, 'connect');
        return socket;
      }),
    );
    // Answered after them, so the server has accepted all of these connections.
    const events = await EventClient.open(server.url);
    const closed = Promise.all(sockets.map((socket) => once(socket.resume(), 'close')));
    await expectCleanStop(server);
    await closed;
    await events.closed;
  });

  it('in the midst of a create, with the queue in Redis', async (context) => {
    const redis = inject('redisUrl');
    context.skip(redis === null, 'there is no Redis');
    // A database of its own: other tests use the same queues.
    server = await ServerProcess.start('all', { ...environment, TOYGRES_REDIS_URL: `${redis ?? ''}/5` });
    const toygres = createToygres({ baseUrl: server.url });
    const { instance_id: id } = await toygres.instances.create({
      name: 'queued',
      password: 'SecurePass123!',
      postgres_version: '18',
      storage_size_gb: 10,
    });
    for await (const event of toygres.events({ instance: id, lastEventId: '0' })) {
      if (event.type === 'orchestration.progress') {
        break;
      }
    }
    await expectCleanStop(server);
  });
});

/** Moments of a start, by what can be seen of them from outside. */
const MOMENTS: readonly [moment: string, seen: (home: string) => Promise<unknown>][] = [
  [
    'its first database is being made',
    async (home) => (await readdir(home)).some((name) => /^\.metadata\..*\.staging$/.test(name)),
  ],
  ['the metadata server is there', async (home) => (await MetadataServer.find(home)) ?? false],
  [
    'it holds the lock of its home',
    async (home) =>
      (await query(home, `SELECT FROM pg_stat_activity WHERE application_name ~ '^toygres all, pid'`))?.length,
  ],
  ['its tables are being made', async (home) => (await query(home, 'SELECT FROM instances'))?.length === 0],
  [
    'its worker listens',
    async (home) => (await query(home, `SELECT FROM pg_stat_activity WHERE query ~ '^LISTEN'`))?.length,
  ],
];

describe('toygres-server all ends by SIGTERM before it is ready', () => {
  it.each(MOMENTS)('when %s', async (_moment, seen) => {
    const fresh = await environmentOf(`start-${String(MOMENTS.findIndex(([, is]) => is === seen))}`);
    const home = fresh['TOYGRES_HOME'] ?? '';
    server = ServerProcess.spawn('all', fresh);
    await until('the moment has come', async () => Boolean(await seen(home)));
    expect(server.output).not.toContain('Toygres is ready');
    await expectCleanStop(server);
    expect(server.output).not.toContain('Toygres is ready');
    // Neither a lock nor half a directory is in the way of the next start.
    server = await ServerProcess.start('all', fresh);
    await expectCleanStop(server);
  });

  it('while it brings back what was running', async () => {
    server = await ServerProcess.start('all', environment);
    const toygres = createToygres({ baseUrl: server.url });
    const { instance_id: id } = await toygres.instances.create({
      name: 'returning',
      password: 'SecurePass123!',
      postgres_version: '18',
      storage_size_gb: 10,
    });
    await toygres.instances.waitUntil(id, 'running');
    await expectCleanStop(server);

    server = ServerProcess.spawn('all', environment);
    const instances = join(environment['TOYGRES_HOME'] ?? '', 'instances');
    await until('the server of the instance is there', async () =>
      (await left()).some(({ directory: running }) => running.startsWith(instances)),
    );
    await expectCleanStop(server);
  });
});
