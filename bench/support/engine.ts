import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomBytes } from 'node:crypto';
import type * as RuntimeModule from '../../server/src/commands/runtime.js';
import type * as EntitiesModule from '../../server/src/entities.js';
import type * as HandlerModule from '../../server/src/orchestrations/jobs.js';
import type * as OrchestrationsIndex from '../../server/src/orchestrations/index.js';
import type * as OrchestrationsModuleFile from '../../server/src/orchestrations/orchestrations.module.js';
import type * as OrchestrationsJobsModuleFile from '../../server/src/orchestrations/orchestrations.jobs.module.js';
import type * as DatabaseFile from '../../server/src/platform/database/database.js';
import type * as DatabaseModuleFile from '../../server/src/platform/database/database.module.js';
import type * as QueueModuleFile from '../../server/src/platform/queue/queue.module.js';
import type { Cleanup } from './cleanup.ts';
import { loadConfig, loadServerCode } from './server-code.ts';

const { openRuntime, RuntimeModule: Opened } = (await loadServerCode('commands/runtime.js')) as typeof RuntimeModule;
const { ENTITIES } = (await loadServerCode('entities.js')) as typeof EntitiesModule;
const { Activity, Outcome } = (await loadServerCode('orchestrations/jobs.js')) as typeof HandlerModule;
const { DefinitionRegistry, OrchestrationStarter } = (await loadServerCode(
  'orchestrations/index.js',
)) as typeof OrchestrationsIndex;
const { OrchestrationsModule } = (await loadServerCode(
  'orchestrations/orchestrations.module.js',
)) as typeof OrchestrationsModuleFile;
const { OrchestrationsJobsModule } = (await loadServerCode(
  'orchestrations/orchestrations.jobs.module.js',
)) as typeof OrchestrationsJobsModuleFile;
const { Database } = (await loadServerCode('platform/database/database.js')) as typeof DatabaseFile;
const { DatabaseModule } = (await loadServerCode('platform/database/database.module.js')) as typeof DatabaseModuleFile;
const { QueueModule } = (await loadServerCode('platform/queue/queue.module.js')) as typeof QueueModuleFile;

const activities = Array.from({ length: 5 }, (_, index) => ({
  name: `bench.step-${String(index)}`,
  title: `Step ${String(index)}`,
  attempts: 1,
  backoffMs: 1_000,
  timeoutMs: 60_000,
}));
const FLOW = { kind: 'bench', version: 1, deadlineMs: 3_600_000, activities, cancellable: true };

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- a Nest module is a class without members
class EngineModule {}

/** The engine of a worker, with one orchestration of five activities that do nothing. */
export class Engine {
  private readonly app: INestApplicationContext;
  private readonly closed: ClosedFlows;

  private constructor(app: INestApplicationContext, closed: ClosedFlows) {
    this.app = app;
    this.closed = closed;
  }

  static async start(cleanup: Cleanup, databaseUrl: string, redisUrl: string | undefined): Promise<Engine> {
    const config = loadConfig({ TOYGRES_LOG_LEVEL: 'silent' });
    const secretKey = Buffer.alloc(32).toString('base64');
    const runtime = await openRuntime({ ...config, databaseUrl, redisUrl, secretKey }, 'bench');
    const closed = new ClosedFlows();
    const registerFlow = (registry: InstanceType<typeof DefinitionRegistry>): ClosedFlows => {
      registry.add(FLOW);
      return closed;
    };
    const module = {
      module: EngineModule,
      imports: [
        Opened.with(runtime),
        DatabaseModule.forRoot(ENTITIES),
        QueueModule,
        OrchestrationsModule,
        OrchestrationsJobsModule,
      ],
      providers: [{ provide: ClosedFlows, useFactory: registerFlow, inject: [DefinitionRegistry] }, NoOps],
    };
    const app = await NestFactory.createApplicationContext(module, { logger: false, abortOnError: false });
    cleanup.add(async () => {
      await app.close();
      await runtime.queue.close();
    });
    return new Engine(app, closed);
  }

  /** Instances for flows to belong to. @returns their ids */
  async insertInstances(count: number): Promise<readonly string[]> {
    const rows = await this.app.get(Database).query<{ id: string }>(
      `INSERT INTO instances (id, name, k8s_name, dns_name, namespace, data_plane, state, postgres_version, storage_size_gb,
         use_load_balancer, superuser_secret, monitoring_secret)
       SELECT gen_random_uuid(), $2 || n, $2 || n, $2 || n, 'toygres', 'local', 'creating', '18', 10, false, '', ''
       FROM generate_series(1, $1::int) n RETURNING id`,
      [count, `flow-${randomBytes(4).toString('hex')}-`],
    );
    return rows.map(({ id }) => id);
  }

  /** Starts a flow per instance, as the API starts them, and resolves when all are closed. */
  async run(instanceIds: readonly string[]): Promise<void> {
    const all = this.closed.next(instanceIds.length);
    const database = this.app.get(Database);
    const starter = this.app.get(OrchestrationStarter);
    await Promise.all(
      instanceIds.map((instanceId) =>
        database.transaction((transaction) =>
          starter.start(transaction, { id: `bench-${instanceId}`, kind: FLOW.kind, instanceId, startedBy: 'bench' }),
        ),
      ),
    );
    await all;
  }
}

/** Counts the flows that close. */
class ClosedFlows {
  #missing = 0;
  #resolve: () => void = () => undefined;

  next(count: number): Promise<void> {
    this.#missing = count;
    return new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  async closed(transaction: DatabaseFile.Transaction): Promise<void> {
    transaction.afterCommit(() => {
      this.#missing -= 1;
      if (this.#missing === 0) {
        this.#resolve();
      }
    });
  }
}

/** One method for all activities: each declares itself on a name of its own. */
class NoOps {
  async nothing(): Promise<void> {
    // That is all.
  }
}

// Node.js strips types but doesn't know decorators: they are called by hand.
for (const activity of activities) {
  const method = { value: () => NoOps.prototype.nothing(), configurable: true, writable: true };
  Object.defineProperty(NoOps.prototype, activity.name, method);
  Activity(activity)(NoOps.prototype, activity.name, method);
}
Outcome(FLOW)(ClosedFlows.prototype, 'closed', Object.getOwnPropertyDescriptor(ClosedFlows.prototype, 'closed') ?? {});
