import { Client } from 'pg';
import type { Config } from '../config/config.js';
import { MetadataServer } from '../platform/embedded-postgres/metadata-server.js';
import { resolveServerUser } from '../platform/embedded-postgres/server-user.js';
import { StartError } from '../platform/errors/start-error.js';

/** Any number that nothing else in the embedded server locks. */
const HOME_LOCK = 7_084_111;

/**
 * The embedded default below one home: its metadata server, and a lock that only one `all` holds. The lock is a session of the metadata
 * server, so it is gone when its process is, however that ended.
 */
export class EmbeddedHome {
  private constructor(
    private readonly server: MetadataServer,
    private readonly lock: Client,
  ) {}

  get databaseUrl(): string {
    return this.server.url;
  }

  /** @throws StartError when another `all` runs on this home */
  static async open(config: Config, signal: AbortSignal): Promise<EmbeddedHome> {
    const server = await MetadataServer.start(config.home, await resolveServerUser(config.postgresUser), signal);
    const lock = new Client({
      connectionString: server.url,
      application_name: `toygres all, pid ${String(process.pid)}`,
      keepAlive: true,
    });
    // The lock ends with its session; the process notices by its other connections that the server is gone.
    lock.on('error', () => undefined);
    await lock.connect();
    const { rows } = await lock.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [HOME_LOCK]);
    if (!rows[0]?.locked) {
      const holder = await holderOf(lock);
      await lock.end();
      throw new StartError(
        `Toygres is already running on ${config.home}${holder}. Stop it first, or set TOYGRES_HOME to another directory.`,
      );
    }
    return new EmbeddedHome(server, lock);
  }

  /** Stops the metadata server. */
  async close(): Promise<void> {
    await this.lock.end().catch(() => undefined);
    await this.server.stop();
  }
}

async function holderOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ application_name: string }>(
    `SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
     WHERE l.locktype = 'advisory' AND l.granted AND l.objid = $1`,
    [HOME_LOCK],
  );
  const name = rows[0]?.application_name.match(/pid \d+/)?.[0];
  return name === undefined ? '' : ` (${name})`;
}

/**
 * The database for a command other than `all`: the configured one, or the embedded one that an `all` on the same home is running.
 *
 * @throws StartError when there is neither
 */
export async function databaseUrlOf(config: Config): Promise<string> {
  if (config.databaseUrl !== undefined) {
    return config.databaseUrl;
  }
  const running = await MetadataServer.find(config.home);
  if (!running) {
    throw new StartError(
      'TOYGRES_DATABASE_URL is not set, and no embedded database is running: it runs as long as `toygres-server all` does. Start that, or set TOYGRES_DATABASE_URL.',
    );
  }
  return running.url;
}
