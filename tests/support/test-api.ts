import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { rm } from 'node:fs/promises';
import { createApiApplication } from '../../server/src/commands/api-application.js';
import { openRuntime, type Runtime } from '../../server/src/commands/runtime.js';
import { loadConfig, type ResolvedConfig } from '../../server/src/config/config.js';
import { temporaryHome } from './servers.js';
import { TestDatabase } from './test-database.js';

/** The real API on a database of its own, listening, without a worker: what is accepted stays accepted. */
export class TestApi {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly database: TestDatabase,
    readonly runtime: Runtime,
    readonly url: string,
  ) {}

  static async start(config: Partial<ResolvedConfig> = {}): Promise<TestApi> {
    const database = await TestDatabase.create();
    const resolved: ResolvedConfig = {
      ...loadConfig({ TOYGRES_LOG_LEVEL: 'silent', TOYGRES_HOME: await temporaryHome('toygres-api-') }),
      databaseUrl: database.url,
      ...config,
    };
    const runtime = await openRuntime(resolved, 'test');
    const app = await createApiApplication(runtime);
    await app.listen(0, '127.0.0.1');
    const url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
    return new TestApi(app, database, runtime, url);
  }

  /** A body that is accepted, with what a test changes about it. */
  static body(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return { name: 'proddb', password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10, ...changes };
  }

  post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(this.url + path, { headers });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.runtime.queue.close();
    await this.database.drop();
    await rm(this.runtime.config.home, { recursive: true });
  }
}
