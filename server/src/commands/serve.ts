import type { INestApplicationContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import type { Config, ResolvedConfig } from '../config/config.js';
import { DataPlane } from '../data-plane/index.js';
import { connectionConfig } from '../platform/database/connection.js';
import { pendingMigrations } from '../platform/database/migrate.js';
import { claimInstallationKey } from '../platform/settings/installation-key.js';
import { databaseUrlOf, EmbeddedHome } from './embedded-home.js';
import { migrateAll } from './migrate.js';
import { openRuntime, type Runtime } from './runtime.js';
import { type Opened, runUntilTold } from './shutdown.js';
import { inWordsOfDatabase, inWordsOfPort, StartError } from '../platform/errors/start-error.js';
import { WorkerHealthServer } from './worker-health-server.js';

/** Serves HTTP until it is told to stop. */
export async function serveApi(config: Config): Promise<void> {
  await runUntilTold(async (opened, told) => {
    const runtime = await openOnMigrated(config, 'api', opened);
    told.throwIfAborted();
    const app = await listenApi(runtime, opened);
    told.throwIfAborted();
    announce(app, runtime.config);
  });
}

/** Works on the queues until it is told to stop. */
export async function serveWorker(config: Config): Promise<void> {
  await runUntilTold(async (opened, told) => {
    const runtime = await openOnMigrated(config, 'worker', opened);
    told.throwIfAborted();
    const app = await startWorker(runtime, opened);
    told.throwIfAborted();
    const health = await WorkerHealthServer.listen(app, runtime.config).catch(inWordsOfPort('TOYGRES_WORKER_PORT'));
    opened.add(() => health.close());
    const address = `http://${runtime.config.host}:${String(health.port)}/health`;
    process.stdout.write(`Toygres worker is ready; its health is at ${address}\n`);
  });
}

/**
 * Serves and works in one process, with an embedded database unless one is configured. When it is told to stop, it stops everything that it
 * has started, the instances included; the next start brings back what was running.
 */
export async function serveAll(config: Config): Promise<void> {
  await runUntilTold(async (opened, told) => {
    const started: { dataPlane?: DataPlane } = {};
    let { databaseUrl } = config;
    if (databaseUrl === undefined) {
      process.stdout.write(`Starting with the data in ${config.home}\n`);
      const home = await EmbeddedHome.open(config, told);
      opened.add(() => home.close());
      // An external database belongs to an installation with other workers, who would go on looking after the instances.
      opened.add(async () => started.dataPlane?.stopAll(AbortSignal.timeout(5_000)));
      ({ databaseUrl } = home);
    }
    const resolved = { ...config, databaseUrl };
    told.throwIfAborted();
    await migrateAll(resolved);
    told.throwIfAborted();
    const runtime = await open(resolved, 'all', opened);
    told.throwIfAborted();
    const worker = await startWorker(runtime, opened);
    started.dataPlane = worker.get(DataPlane);
    told.throwIfAborted();
    const app = await listenApi(runtime, opened);
    told.throwIfAborted();
    announce(app, runtime.config);
  });
}

async function openOnMigrated(config: Config, role: string, opened: Opened): Promise<Runtime> {
  const resolved = { ...config, databaseUrl: await databaseUrlOf(config) };
  const client = new Client(connectionConfig(resolved.databaseUrl, `toygres ${role}`));
  await client.connect().catch(inWordsOfDatabase);
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
  return open(resolved, role, opened);
}

async function open(config: ResolvedConfig, role: string, opened: Opened): Promise<Runtime> {
  const runtime = await openRuntime(config, role);
  opened.add(() => runtime.queue.close());
  await claimInstallationKey(config.databaseUrl, runtime.cipher);
  return runtime;
}

// The modules are loaded when they are needed: an api never loads a processor, a worker never a controller.

async function startWorker(runtime: Runtime, opened: Opened): Promise<INestApplicationContext> {
  const { createWorkerApplication } = await import('./worker-application.js');
  const app = await createWorkerApplication(runtime);
  opened.add(() => app.close());
  return app;
}

async function listenApi(runtime: Runtime, opened: Opened): Promise<NestFastifyApplication> {
  const { createApiApplication } = await import('./api-application.js');
  const { RequestDrain } = await import('../platform/http/request-drain.js');
  const app = await createApiApplication(runtime);
  const drain = new RequestDrain(app);
  opened.add(() => drain.close());
  await app.listen(runtime.config.port, runtime.config.host).catch(inWordsOfPort('TOYGRES_PORT'));
  return app;
}

function announce(app: NestFastifyApplication, config: ResolvedConfig): void {
  const { address, family, port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${String(port)}`;
  process.stdout.write(
    `Toygres is ready at ${url}\nIts data are in ${config.home}; the API is described at ${url}/docs\n`,
  );
}
