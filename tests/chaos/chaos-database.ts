import { rm } from 'node:fs/promises';
import { Pool } from 'pg';
import { migrateAll } from '../../server/src/commands/migrate.js';
import { loadConfig } from '../../server/src/config/config.js';
import { connectionConfig } from '../../server/src/platform/database/connection.js';
import { MetadataServer } from '../../server/src/platform/embedded-postgres/metadata-server.js';
import { PostgresServer } from '../../server/src/platform/embedded-postgres/postgres-server.js';
import { resolveServerUser, type ServerUser } from '../../server/src/platform/embedded-postgres/server-user.js';
import { temporaryHome } from '../support/servers.js';
import { until } from '../support/until.js';

/** A metadata database on a server of its own, which may be killed. */
export class ChaosDatabase {
  private constructor(
    readonly url: string,
    private readonly home: string,
    private readonly user: ServerUser | null,
    private readonly pool: Pool,
  ) {}

  static async create(): Promise<ChaosDatabase> {
    const home = await temporaryHome('toygres-chaos-');
    const user = await resolveServerUser();
    const { url } = await MetadataServer.start(home, user, AbortSignal.timeout(60_000));
    await migrateAll({ ...loadConfig({}), databaseUrl: url });
    const pool = new Pool({ ...connectionConfig(url, 'toygres test'), max: 2 });
    pool.on('error', () => undefined);
    return new ChaosDatabase(url, home, user, pool);
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.pool.query(sql, [...parameters])).rows as Row[];
  }

  /** Kills the server and starts it again. */
  async kill(): Promise<void> {
    const [server] = await this.query<{ directory: string }>(
      `SELECT setting AS directory FROM pg_settings WHERE name = 'data_directory'`,
    ).catch(() => []);
    const postmaster = server && (await PostgresServer.find(server.directory));
    if (postmaster) {
      process.kill(postmaster.pid, 'SIGKILL');
      await until('the metadata server is dead', async () => !(await postmaster.isAlive()));
    }
    await MetadataServer.start(this.home, this.user, AbortSignal.timeout(60_000));
  }

  /** Cuts the connections of the control plane. @returns how many */
  async dropConnections(): Promise<number> {
    const rows = await this.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name NOT LIKE 'toygres test%'`,
    );
    return rows.length;
  }

  async drop(): Promise<void> {
    await this.pool.end();
    await (await MetadataServer.find(this.home))?.stop();
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
