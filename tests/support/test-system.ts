import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { createToygres } from '#sdk';
import { loadConfig } from '../../server/src/config/config.js';
import { LocalDataPlane } from '../../server/src/data-plane/local/local-data-plane.js';
import { SqlPortLedger } from '../../server/src/data-plane/local/data/sql-port-ledger.js';
import { Database } from '../../server/src/platform/database/database.js';
import { dataSourceOptions } from '../../server/src/platform/database/data-source.js';
import { ServerProcess } from './server-process.js';
import { temporaryHome } from './servers.js';
import { TestDatabase } from './test-database.js';
import { until } from './until.js';

export interface TestSystemOptions {
  readonly workers?: number;
  readonly redisUrl?: string | null;
  readonly environment?: Readonly<Record<string, string>>;
  /** A migrated database of the test's own; it is dropped with the system. */
  readonly database?: SystemDatabase;
}

/** The metadata database of a system. */
export type SystemDatabase = Pick<TestDatabase, 'url' | 'query' | 'drop'>;

/** Ports of a run's own: runs beside each other differ by their process ids, and a port that is taken is skipped anyway. */
const PORTS_PER_SYSTEM = 60;
let systems = 0;

function portRange(): string {
  const slot = ((process.pid * 7 + systems) % 500) * PORTS_PER_SYSTEM;
  systems += 1;
  return `${String(20_000 + slot)}-${String(20_000 + slot + PORTS_PER_SYSTEM - 1)}`;
}

/** A whole Toygres: `api` and `worker` as processes of their own, on a database and a home of their own, with real instances. */
export class TestSystem {
  readonly workers: ServerProcess[] = [];
  api!: ServerProcess;

  private constructor(
    readonly database: SystemDatabase,
    readonly home: string,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  static async start(options: TestSystemOptions = {}): Promise<TestSystem> {
    const database = options.database ?? (await TestDatabase.create());
    const home = await temporaryHome('toygres-e2e-');
    const system = new TestSystem(database, home, {
      TOYGRES_HOME: home,
      TOYGRES_DATABASE_URL: database.url,
      TOYGRES_INSTANCE_PORTS: portRange(),
      TOYGRES_LEASE_SECONDS: '1',
      TOYGRES_SWEEP_SECONDS: '0.2',
      TOYGRES_HEALTH_INTERVAL_SECONDS: '1',
      TOYGRES_POOL_SIZE: '1',
      ...(options.redisUrl == null ? {} : { TOYGRES_REDIS_URL: options.redisUrl }),
      ...options.environment,
    });
    const [api] = await Promise.all([
      ServerProcess.start('api', system.environment),
      ...Array.from({ length: options.workers ?? 1 }, () => system.startWorker()),
    ]);
    system.api = api;
    return system;
  }

  get url(): string {
    return this.api.url;
  }

  async startWorker(
    entry?: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const worker = await ServerProcess.start('worker', { ...this.environment, ...environment }, entry);
    this.workers.push(worker);
    return worker;
  }

  async restartApi(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const { port } = new URL(this.api.url);
    await this.api.stop(signal);
    await this.startApi(port);
  }

  /** Starts an api in the place of the one that was stopped. */
  async startApi(port: string): Promise<void> {
    this.api = await ServerProcess.start('api', { ...this.environment, TOYGRES_PORT: port });
  }

  /** Directories and processes of instances, as they really are. */
  async resources(): Promise<{ readonly directories: readonly string[]; readonly processes: readonly number[] }> {
    const resources = await this.withDataPlane((dataPlane) => dataPlane.list());
    return {
      directories: await readdir(join(this.home, 'instances')).catch(() => []),
      processes: resources.filter(({ kind }) => kind === 'process').map(({ name }) => Number(name)),
    };
  }

  /** Everything that the servers have written. */
  get output(): string {
    return [this.api, ...this.workers].map(({ output }) => output).join('\n');
  }

  /** @throws Error naming what is there and should not be, or should be and isn't; once nothing is under way any more */
  async expectConsistency(): Promise<void> {
    const toygres = createToygres({ baseUrl: this.url });
    await until('nothing is under way', async () => {
      const rows = await this.database.query(
        `SELECT FROM orchestrations WHERE status IN ('pending', 'running', 'compensating')`,
      );
      return rows.length === 0;
    });
    const { findings } = await toygres.consistency();
    if (findings.length > 0) {
      throw new Error(`Record and reality differ: ${JSON.stringify(findings, null, 2)}`);
    }
  }

  /** Ends everything that it has started, instances included. @param then what is to be done before its home is removed */
  async stop(then?: () => Promise<void> | undefined): Promise<void> {
    await Promise.all([this.api, ...this.workers].map((server) => server.stop('SIGKILL')));
    await this.withDataPlane((dataPlane) => dataPlane.stopAll(AbortSignal.timeout(30_000)));
    await then?.();
    await this.database.drop();
    // A worker that was killed has left an initdb of its pool running, which goes on writing until it is done.
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  /** The data plane as a process beside those of the system has it. */
  async withDataPlane<Result>(work: (dataPlane: LocalDataPlane) => Promise<Result>): Promise<Result> {
    const dataSource = await new DataSource(dataSourceOptions(this.database.url, 'toygres test')).initialize();
    try {
      return await work(
        await LocalDataPlane.create(
          loadConfig({ TOYGRES_HOME: this.home }),
          new SqlPortLedger(new Database(dataSource)),
        ),
      );
    } finally {
      await dataSource.destroy();
    }
  }
}
