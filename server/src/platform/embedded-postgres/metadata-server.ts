import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { scramVerifier } from '../crypto/scram.js';
import { writeFileAtomically } from './atomic-file.js';
import { PostgresBinaries } from './binaries.js';
import { removeStaleSocketLock } from './data-directory-lock.js';
import { initialiseDataDirectory } from './initdb.js';
import { findFreePort } from './loopback-port.js';
import { PostgresServer } from './postgres-server.js';
import { ServerLog } from './server-log.js';
import { prepareHome, type ServerUser } from './server-user.js';
import { type Settings, toConfigurationFile } from './settings.js';
import { executeInSingleUserMode } from './single-user-mode.js';
import { removeStagingLeftovers, stageDirectory } from './staged-directory.js';

const MAJOR = '18';
const DATABASE = 'toygres';
const ROLE = 'toygres';
/** The number in the name of the Unix socket; nothing listens on a port of that number. */
const SOCKET_PORT = 5432;
/** Linux allows 107 characters in the path of a Unix socket, macOS 103. */
const LONGEST_SOCKET_PATH = 100;

const HOST_BASED_AUTHENTICATION = `# Written by Toygres. Nobody gets in without a password.
local all all scram-sha-256
host all all 127.0.0.1/32 scram-sha-256
`;

/** For one busy application on the same machine: rows that change often (the queue), small tables, many connections. */
const SETTINGS: Settings = {
  max_connections: 200,
  shared_buffers: '128MB',
  work_mem: '8MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  // Short queries only: compiling them takes longer than running them.
  jit: false,
  // The tables fit into memory; worker processes for reading would idle.
  io_method: 'sync',
  // What was answered with 202 must survive the loss of power: neither is ever to be traded for speed.
  fsync: true,
  synchronous_commit: true,
  // A queue's rows die young. By default a vacuum waits for a fifth of the table.
  autovacuum_naptime: '5s',
  autovacuum_vacuum_scale_factor: 0.02,
  autovacuum_vacuum_insert_scale_factor: 0.05,
  autovacuum_analyze_scale_factor: 0.02,
  autovacuum_vacuum_cost_limit: 2000,
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: false,
  // An erroneous statement may hold what must not be logged.
  log_min_error_statement: 'panic',
};

/**
 * The embedded metadata server: a PostgreSQL 18 of its own below `<home>/metadata`, reachable through a Unix socket
 * there. It is a process that outlives this one; the next start finds it again.
 */
export class MetadataServer {
  private constructor(
    private readonly server: PostgresServer,
    private readonly log: ServerLog,
    /**
     * Connection URL for node-postgres and libpq; it holds the password. With a Unix socket the directory is the
     * percent-encoded host.
     */
    readonly url: string,
    /** Whether it was running already. */
    readonly adopted: boolean,
  ) {}

  get pid(): number {
    return this.server.pid;
  }

  /**
   * Starts the server, on the first start after making it, or finds it running. Any number of processes may do so at
   * once. It resolves when connections are accepted.
   *
   * @param home TOYGRES_HOME
   * @param user from `resolveServerUser`
   * @throws EmbeddedPostgresError
   */
  static async start(home: string, user: ServerUser | null, signal: AbortSignal): Promise<MetadataServer> {
    const layout = new Layout(await prepareHome(home, user));
    const running = await MetadataServer.findIn(layout);
    const installation = await new PostgresBinaries(layout.home).install(MAJOR);
    await removeStagingLeftovers(layout.home);
    if (!(await exists(layout.directory))) {
      await stageDirectory(layout.directory, async (staging) => {
        // What is being made must be found by its final path, save for the path itself.
        const { dataDirectory } = await furnish(staging, user);
        await initialiseDataDirectory({ installation, directory: dataDirectory, user }, signal);
        const password = randomBytes(24).toString('base64url');
        await writeFileAtomically(join(staging, 'password'), password, 0o600);
        const statements = await createDatabase(password);
        await executeInSingleUserMode({ installation, dataDirectory, user, statements }, signal);
      });
    }
    await writeFileAtomically(layout.configurationFile, toConfigurationFile(SETTINGS), 0o644);
    await writeFileAtomically(layout.authenticationFile, HOST_BASED_AUTHENTICATION, 0o644);
    await removeStaleSocketLock(layout.socketLock, layout.dataDirectory);
    const server = await PostgresServer.start(
      {
        installation,
        dataDirectory: layout.dataDirectory,
        user,
        log: layout.log,
        settings: {
          config_file: layout.configurationFile,
          hba_file: layout.authenticationFile,
          ...(await layout.listenSettings()),
        },
      },
      signal,
    );
    await layout.log.prune();
    return new MetadataServer(server, layout.log, await layout.url(server), running !== null);
  }

  /** The server of a home if it runs already, e.g. for a command beside `all`. @returns null when it doesn't */
  static async find(home: string): Promise<MetadataServer | null> {
    const resolved = await realpath(home).catch(() => null);
    return resolved === null ? null : MetadataServer.findIn(new Layout(resolved));
  }

  private static async findIn(layout: Layout): Promise<MetadataServer | null> {
    const server = await PostgresServer.find(layout.dataDirectory);
    return server === null ? null : new MetadataServer(server, layout.log, await layout.url(server), true);
  }

  /** Removes its old log files. For housekeeping: PostgreSQL rotates them, but never deletes. */
  async pruneLogs(): Promise<void> {
    await this.log.prune();
  }

  /** Stops it with a checkpoint. Connections that are still open are closed. */
  async stop(signal: AbortSignal = new AbortController().signal): Promise<void> {
    await this.server.stop(signal);
  }
}

/** What lies where below `<home>/metadata`. */
class Layout {
  readonly directory: string;
  readonly dataDirectory: string;
  readonly configurationFile: string;
  readonly authenticationFile: string;
  readonly log: ServerLog;
  private readonly socketDirectory: string;

  /** @param home without symbolic links */
  constructor(readonly home: string) {
    this.directory = join(home, 'metadata');
    this.dataDirectory = join(this.directory, 'data');
    this.configurationFile = join(this.directory, 'postgresql.conf');
    this.authenticationFile = join(this.directory, 'pg_hba.conf');
    this.socketDirectory = join(this.directory, 'socket');
    this.log = new ServerLog(this.directory);
  }

  get socketLock(): string {
    return join(this.socketDirectory, `.s.PGSQL.${SOCKET_PORT}.lock`);
  }

  async listenSettings(): Promise<Settings> {
    return this.usesSocket()
      ? { listen_addresses: '', unix_socket_directories: this.socketDirectory, port: SOCKET_PORT }
      : { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: await findFreePort() };
  }

  async url(server: PostgresServer): Promise<string> {
    const password = (await readFile(join(this.directory, 'password'), 'utf8')).trim();
    const host = this.usesSocket() ? encodeURIComponent(this.socketDirectory) : '127.0.0.1';
    return `postgresql://${ROLE}:${password}@${host}:${(await server.port()) ?? SOCKET_PORT}/${DATABASE}`;
  }

  private usesSocket(): boolean {
    return join(this.socketDirectory, `.s.PGSQL.${SOCKET_PORT}`).length <= LONGEST_SOCKET_PATH;
  }
}

/** Makes the directories that belong to the server's user. The directory itself stays ours. */
async function furnish(directory: string, user: ServerUser | null): Promise<{ dataDirectory: string }> {
  await chmod(directory, 0o711);
  const dataDirectory = join(directory, 'data');
  for (const path of [dataDirectory, join(directory, 'socket')]) {
    await mkdir(path, { mode: 0o700 });
    if (user !== null) {
      await chown(path, user.uid, user.gid);
    }
  }
  await new ServerLog(directory).prepare(user);
  return { dataDirectory };
}

/** The application is no superuser; it owns its database and may make further ones (for tests and restores). */
async function createDatabase(password: string): Promise<string[]> {
  return [
    `CREATE ROLE ${ROLE} LOGIN CREATEDB IN ROLE pg_monitor PASSWORD '${await scramVerifier(password)}'`,
    `CREATE DATABASE ${DATABASE} OWNER ${ROLE}`,
  ];
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
