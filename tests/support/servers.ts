import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chmod, constants, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../server/src/config/config.js';
import { migrateAll } from '../../server/src/commands/migrate.js';
import { MetadataServer } from '../../server/src/platform/embedded-postgres/metadata-server.js';
import { resolveServerUser } from '../../server/src/platform/embedded-postgres/server-user.js';
import { TEMPLATE } from './provided.js';

/** Starts what a run of medium or end-to-end tests needs: a PostgreSQL with a migrated template, and a Redis where there is one. */
export async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const home = await temporaryHome('toygres-servers-');
  const server = await MetadataServer.start(home, await resolveServerUser(), AbortSignal.timeout(60_000));
  const redis = await startRedis(home);
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  await migrateAll({ ...loadConfig({}), databaseUrl: databaseUrl(server.url, TEMPLATE) });
  project.provide('databaseUrl', server.url);
  project.provide('redisUrl', redis?.url ?? null);
  return async () => {
    await redis?.stop();
    await server.stop();
    await rm(home, { recursive: true });
  };
}

/** An empty directory that the user who runs the PostgreSQL servers can enter. */
export async function temporaryHome(prefix: string): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), prefix));
  await chmod(home, 0o711);
  return home;
}

/** The URL of another database of the same server. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** TOYGRES_TEST_REDIS_URL, else the machine's redis-server on a port of its own, else null. */
async function startRedis(directory: string): Promise<RedisServer | null> {
  const url = process.env['TOYGRES_TEST_REDIS_URL'];
  if (url !== undefined && url !== '') {
    return { url, stop: () => Promise.resolve() };
  }
  const program = await findProgram('redis-server');
  if (program === null) {
    return null;
  }
  const port = await freePort();
  const child = spawn(program, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) {
    if (String(chunk).includes('Ready to accept connections')) {
      break;
    }
  }
  return {
    url: `redis://127.0.0.1:${String(port)}`,
    stop: async () => {
      if (child.exitCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}

async function findProgram(name: string): Promise<string | null> {
  for (const directory of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(directory, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    ) {
      return path;
    }
  }
  return null;
}

/** A port of 127.0.0.1 that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
