import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import type { Config, ResolvedConfig } from '../config/config.js';
import { DataPlane } from '../data-plane/index.js';
import { connectionConfig } from '../platform/database/connection.js';
import { migrateDatabase, pendingMigrations } from '../platform/database/migrate.js';
import { migrateQueue } from '../platform/queue/queue-backend.js';
import { claimInstallationKey } from '../platform/settings/installation-key.js';
import { databaseUrlOf, EmbeddedHome, StartError } from './embedded-home.js';
import { openRuntime, type Runtime } from './runtime.js';
import { shutDown, untilTold } from './shutdown.js';
import { WorkerHealthServer } from './worker-health-server.js';

/** Serves HTTP until it is told to stop. */
export async function serveApi(config: Config): Promise<void> {
  const told = untilTold();
  const runtime = await openOnMigrated(config, 'api');
  const app = await listenApi(runtime);
  announce(addressOf(app), runtime.config);
  await told;
  await shutDown([() => app.close(), () => runtime.queue.close()]);
}

/** Works on the queues until it is told to stop. */
export async function serveWorker(config: Config): Promise<void> {
  const told = untilTold();
  const runtime = await openOnMigrated(config, 'worker');
  const app = await startWorker(runtime);
  const health = await WorkerHealthServer.listen(app, runtime.config);
  process.stdout.write(
    `Toygres worker is ready; its health is at http://${runtime.config.host}:${String(health.port)}/health\n`,
  );
  await told;
  await shutDown([() => app.close(), () => health.close(), () => runtime.queue.close()]);
}

/**
 * Serves and works in one process, with an embedded database unless one is configured. When it is told to stop, it stops everything that it
 * has started, the instances included; the next start brings back what was running.
 */
export async function serveAll(config: Config): Promise<void> {
  const told = untilTold();
  const home =
    config.databaseUrl === undefined ? await EmbeddedHome.open(config, new AbortController().signal) : undefined;
  const resolved = { ...config, databaseUrl: config.databaseUrl ?? home?.databaseUrl ?? '' };
  await migrateAll(resolved);
  const runtime = await open(resolved, 'all');
  const worker = await startWorker(runtime);
  const api = await listenApi(runtime);
  announce(addressOf(api), runtime.config);
  await told;
  const dataPlane = worker.get(DataPlane);
  await shutDown([
    () => api.close(),
    () => worker.close(),
    () => runtime.queue.close(),
    // An external database belongs to an installation with other workers, who go on looking after the instances.
    ...(home ? [() => dataPlane.stopAll(AbortSignal.timeout(5_000)), () => home.close()] : []),
  ]);
}

/** Applies what is pending, in the database and in the queue. @returns the names of the applied migrations */
export async function migrateAll(config: ResolvedConfig): Promise<readonly string[]> {
  const applied = await migrateDatabase(config.databaseUrl);
  await migrateQueue(config);
  return applied;
}

async function openOnMigrated(config: Config, role: string): Promise<Runtime> {
  const resolved = { ...config, databaseUrl: await databaseUrlOf(config) };
  const client = new Client(connectionConfig(resolved.databaseUrl, `toygres ${role}`));
  await client.connect();
  try {
    const pending = await pendingMigrations({
      query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
        (await client.query(sql, [...parameters])).rows as Row[],
    });
    if (pending.length > 0) {
      throw new StartError(`${String(pending.length)} migrations are pending. Run: toygres-server migrate`);
    }
  } finally {
    await client.end();
  }
  return open(resolved, role);
}

async function open(config: ResolvedConfig, role: string): Promise<Runtime> {
  const runtime = await openRuntime(config, role);
  try {
    await claimInstallationKey(config.databaseUrl, runtime.cipher);
  } catch (error) {
    await runtime.queue.close();
    throw error;
  }
  return runtime;
}

// The modules are loaded when they are needed: an api never loads a processor, a worker never a controller.

async function startWorker(runtime: Runtime): Promise<INestApplicationContext> {
  const { createWorkerApplication } = await import('./worker-application.js');
  return createWorkerApplication(runtime);
}

async function listenApi(runtime: Runtime): Promise<NestFastifyApplication> {
  const { createApiApplication } = await import('./api-application.js');
  const app = await createApiApplication(runtime);
  await app.listen(runtime.config.port, runtime.config.host);
  return app;
}

function addressOf(app: NestFastifyApplication): string {
  const { address, family, port } = app.getHttpServer().address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
}

function announce(url: string, config: ResolvedConfig): void {
  process.stdout.write(`Toygres is ready at ${url}\n`);
  process.stdout.write(`Its data are in ${config.home}\n`);
}
