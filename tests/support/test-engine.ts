import { type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { randomBytes, randomUUID } from 'node:crypto';
import { openRuntime, RuntimeModule } from '../../server/src/commands/runtime.js';
import { loadConfig, type ResolvedConfig } from '../../server/src/config/config.js';
import {
  DefinitionRegistry,
  type OrchestrationDefinition,
  OrchestrationStarter,
} from '../../server/src/orchestrations/index.js';
import { OrchestrationsJobsModule } from '../../server/src/orchestrations/orchestrations.jobs.module.js';
import { OrchestrationsModule } from '../../server/src/orchestrations/orchestrations.module.js';
import { DatabaseModule } from '../../server/src/platform/database/database.module.js';
import { Database } from '../../server/src/platform/database/database.js';
import { QueueModule } from '../../server/src/platform/queue/queue.module.js';
import { ENTITIES } from '../../server/src/entities.js';
import type { TestDatabase } from './test-database.js';

export interface TestEngineOptions {
  readonly database: TestDatabase;
  readonly redisUrl: string | null;
  readonly definitions: readonly OrchestrationDefinition[];
  /** Handlers and outcomes. */
  readonly providers: readonly Provider[];
  readonly config?: Partial<ResolvedConfig>;
}

/** The real engine of a worker, with orchestrations of a test's own. */
export class TestEngine {
  private constructor(
    readonly app: INestApplicationContext,
    private readonly queue: { close(): Promise<void> },
  ) {}

  static async start({ database, redisUrl, definitions, providers, config }: TestEngineOptions): Promise<TestEngine> {
    const resolved: ResolvedConfig = {
      ...loadConfig({ TOYGRES_LOG_LEVEL: 'silent' }),
      databaseUrl: database.url,
      redisUrl: redisUrl ?? undefined,
      secretKey: Buffer.alloc(32).toString('base64'),
      leaseSeconds: 1,
      sweepSeconds: 0.2,
      ...config,
    };
    const runtime = await openRuntime(resolved, 'test');

    @Module({
      imports: [
        RuntimeModule.with(runtime),
        DiscoveryModule,
        DatabaseModule.forRoot(ENTITIES),
        QueueModule,
        OrchestrationsModule,
        OrchestrationsJobsModule,
      ],
      providers: [...providers],
    })
    class TestModule {
      constructor(registry: DefinitionRegistry) {
        registry.add(...definitions);
      }
    }

    try {
      const app = await NestFactory.createApplicationContext(TestModule, { logger: false, abortOnError: false });
      return new TestEngine(app, runtime.queue);
    } catch (error) {
      await runtime.queue.close();
      throw error;
    }
  }

  /**
   * Starts an orchestration on a fresh instance.
   *
   * @param options.after the orchestration that it waits for: then it is on the instance of that one
   * @returns its id
   */
  async run(kind: string, { after }: { readonly after?: string } = {}): Promise<string> {
    const instanceId = after === undefined ? await this.insertInstance() : await this.#instanceOf(after);
    const id = `${kind}-${randomBytes(4).toString('hex')}`;
    await this.app
      .get(Database)
      .transaction((transaction) =>
        this.app
          .get(OrchestrationStarter)
          .start(transaction, { id, kind, instanceId, startedBy: 'test', afterId: after }),
      );
    return id;
  }

  async #instanceOf(orchestration: string): Promise<string> {
    const [row] = await this.app
      .get(Database)
      .query<{ instance_id: string }>(`SELECT instance_id FROM orchestrations WHERE id = $1`, [orchestration]);
    return row?.instance_id ?? '';
  }

  /** A row for orchestrations to belong to; nothing runs for it. */
  async insertInstance(): Promise<string> {
    const id = randomUUID();
    const name = `db-${randomBytes(4).toString('hex')}`;
    await this.app.get(Database).query(
      `INSERT INTO instances (id, name, k8s_name, dns_name, namespace, data_plane, state, postgres_version, storage_size_gb,
         use_load_balancer, superuser_secret, monitoring_secret)
       VALUES ($1, $2, $2, $2, 'toygres', 'local', 'creating', '18', 10, false, '', '')`,
      [id, name],
    );
    return id;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.queue.close();
  }
}
