import { type ChildProcess, spawn } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { pause } from './pause.js';
import type { Installation } from './binaries.js';
import { clearTheWay, sendSignal } from './data-directory-lock.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { readPostmasterFile } from './postmaster-file.js';
import { isServerOf } from './process-table.js';
import { RecoveryProgress } from './recovery-progress.js';
import { asUser, cannotRun, PROGRAM_ENVIRONMENT } from './server-program.js';
import { findLastWords, type ServerLog } from './server-log.js';
import type { ServerUser } from './server-user.js';
import { type Settings, toArguments } from './settings.js';

const POLL_MS = 5;
const LOG_LINES = 50;
/** How long a fast shutdown may write its checkpoint before it is cut short; the next start then recovers from the log. */
const FAST_SHUTDOWN_MS = 60_000;
/** How long an immediate shutdown may take before the postmaster is killed; it kills its children itself after 5 seconds. */
const IMMEDIATE_SHUTDOWN_MS = 8_000;

export interface ServerLaunch {
  readonly installation: Installation;
  /** Absolute, without symbolic links. */
  readonly dataDirectory: string;
  readonly user: ServerUser | null;
  /** Given on the command line, where neither a file nor `ALTER SYSTEM` can change them. */
  readonly settings: Settings;
  readonly log: ServerLog;
}

/** A running PostgreSQL server. It is a process of its own that outlives this one, and is found again by its data directory. */
export class PostgresServer {
  private constructor(
    readonly dataDirectory: string,
    readonly pid: number,
    /** Null for a server that another process has started. */
    private readonly child: ChildProcess | null = null,
  ) {}

  /** Finds the server of a data directory, in whatever phase it is. @param dataDirectory absolute, without symbolic links */
  static async find(dataDirectory: string): Promise<PostgresServer | null> {
    const lock = await readPostmasterFile(dataDirectory);
    return lock !== null && !lock.singleUser && (await isServerOf(lock.pid, dataDirectory))
      ? new PostgresServer(dataDirectory, lock.pid)
      : null;
  }

  /**
   * Finds the server of a data directory or starts it, and resolves when it accepts connections, however long its
   * recovery takes. Of several that start it at once, one does and the others find it.
   *
   * @param recovered is told about once a second how many bytes of WAL were replayed, while that goes on
   * @throws EmbeddedPostgresError `server_exited`, `unsupported_platform`
   * @throws the signal's reason when it aborts; a server that this call has started is gone by then
   */
  static async start(
    launch: ServerLaunch,
    signal: AbortSignal,
    recovered: (bytes: number) => void = () => undefined,
  ): Promise<PostgresServer> {
    const recovery = new RecoveryProgress(launch.log, recovered);
    for (;;) {
      signal.throwIfAborted();
      const running = await PostgresServer.find(launch.dataDirectory);
      if (running !== null) {
        if (await running.becomesReady(signal, recovery)) {
          return running;
        }
        continue; // It was shutting down.
      }
      await clearTheWay(launch.dataDirectory, signal);
      const started = await PostgresServer.spawn(launch, signal);
      try {
        if (await started.becomesReady(signal, recovery)) {
          return started;
        }
      } catch (error) {
        await started.kill();
        throw error;
      }
      if ((await PostgresServer.find(launch.dataDirectory)) === null) {
        const log = await launch.log.tail(LOG_LINES);
        throw new EmbeddedPostgresError(
          'server_exited',
          `PostgreSQL ${launch.installation.release} ended while it was starting: ${findLastWords(log) ?? 'it did not say why'}.`,
          log.join('\n'),
        );
      }
    }
  }

  private static async spawn(launch: ServerLaunch, signal: AbortSignal): Promise<PostgresServer> {
    const { installation, dataDirectory, user, log } = launch;
    const args = ['-D', dataDirectory, ...toArguments({ ...launch.settings, ...log.settings() })];
    // A file of its own for each start, so that whoever follows the log reads it from its beginning.
    await rm(log.startupFile, { force: true });
    const output = await open(log.startupFile, 'w', 0o600);
    try {
      signal.throwIfAborted();
      const child = spawn(installation.postgres, args, {
        cwd: '/',
        env: PROGRAM_ENVIRONMENT,
        // A session of its own: neither Ctrl-C in our terminal nor our death may reach it.
        detached: true,
        stdio: ['ignore', output.fd, output.fd],
        ...asUser(user),
      });
      const pid = await new Promise<number>((resolve, reject) => {
        child.once('spawn', () => resolve(child.pid ?? 0));
        child.once('error', (error) => reject(cannotRun(installation.postgres, error)));
      });
      child.unref();
      return new PostgresServer(dataDirectory, pid, child);
    } finally {
      await output.close();
    }
  }

  /** Calls back when it ends, if this process has started it; the end of others can only be seen by looking. */
  onExit(listener: () => void): void {
    this.child?.once('exit', listener);
  }

  /** Port that it listens on, or whose number its Unix socket bears. @returns null when it has ended */
  async port(): Promise<number | null> {
    return (await readPostmasterFile(this.dataDirectory))?.port ?? null;
  }

  /** Waits until it accepts connections. @returns false when it ends instead */
  private async becomesReady(signal: AbortSignal, recovery: RecoveryProgress): Promise<boolean> {
    while (await this.isAlive()) {
      const lock = await readPostmasterFile(this.dataDirectory);
      if (lock?.pid === this.pid && lock.status === 'ready') {
        return true;
      }
      await recovery.look();
      await pause(POLL_MS, signal);
    }
    return false;
  }

  async isAlive(): Promise<boolean> {
    // A child of ours has no data directory yet when it was spawned a moment ago, and its pid is not reused before we know.
    return this.child === null
      ? isServerOf(this.pid, this.dataDirectory)
      : this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Stops it: connections are closed, a checkpoint is written. One that does not get there within a minute is stopped
   * without a checkpoint.
   *
   * @throws the signal's reason when it aborts; the server goes on shutting down
   */
  async stop(signal: AbortSignal, patienceMs = FAST_SHUTDOWN_MS): Promise<void> {
    if (!(await this.endsAfter('SIGINT', patienceMs, signal))) {
      await this.kill();
    }
  }

  /** Has it read its configuration files anew. */
  async reload(): Promise<void> {
    if (await this.isAlive()) {
      sendSignal(this.pid, 'SIGHUP');
    }
  }

  /** Ends it without a checkpoint: SIGQUIT, which lets it release its shared memory, then SIGKILL. */
  async kill(): Promise<void> {
    const never = new AbortController().signal;
    if (!(await this.endsAfter('SIGQUIT', IMMEDIATE_SHUTDOWN_MS, never))) {
      await this.endsAfter('SIGKILL', Number.POSITIVE_INFINITY, never);
    }
  }

  private async endsAfter(kind: NodeJS.Signals, patienceMs: number, signal: AbortSignal): Promise<boolean> {
    const deadline = Date.now() + patienceMs;
    if (await this.isAlive()) {
      signal.throwIfAborted();
      sendSignal(this.pid, kind);
    }
    while (await this.isAlive()) {
      if (Date.now() > deadline) {
        return false;
      }
      await pause(POLL_MS, signal);
    }
    return true;
  }
}
