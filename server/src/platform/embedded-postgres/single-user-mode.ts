import type { Installation } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { clearTheWay } from './data-directory-lock.js';
import { runServerProgram } from './server-program.js';
import type { ServerUser } from './server-user.js';
import { type Settings, toArguments } from './settings.js';

export interface SingleUserRun {
  readonly installation: Installation;
  /** Absolute, without symbolic links; no server may run in it. */
  readonly dataDirectory: string;
  readonly user: ServerUser | null;
  /** Executed one by one, each in its own transaction, as the superuser in the database `postgres`. */
  readonly statements: readonly string[];
}

/** A recovery may take longer, but what it recovers is going to be deleted. */
const LONGEST_RELEASE_MS = 10_000;

const SETTINGS: Settings = {
  // Otherwise an error would be reported and the next statement executed.
  exit_on_error: true,
  // The statements hold verifiers: none may be quoted in a message.
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_checkpoints: false,
  // No need to wait for the disk at every statement: the checkpoint at the end writes everything.
  synchronous_commit: false,
};

/**
 * Executes SQL with `postgres --single`: no port, no password, nobody else connected. What it did is on disk when this
 * resolves, since it ends with a checkpoint.
 *
 * @throws EmbeddedPostgresError `single_user_failed` with what the server said
 */
export async function executeInSingleUserMode(run: SingleUserRun, signal: AbortSignal): Promise<void> {
  await clearTheWay(run.dataDirectory, signal);
  const result = await runServerProgram(
    {
      program: run.installation.postgres,
      args: ['--single', '-j', '-D', run.dataDirectory, ...toArguments(SETTINGS), 'postgres'],
      user: run.user,
      // With -j a statement ends at a semicolon that is followed by an empty line.
      input: run.statements.map((statement) => `${statement};\n\n`).join(''),
    },
    signal,
  );
  if (result.exitCode !== 0) {
    throw new EmbeddedPostgresError(
      'single_user_failed',
      'postgres --single failed.',
      withoutVerifiers(result.stderr).trim(),
    );
  }
}

/**
 * Gives back what a killed server left in the system's shared memory, which would stay until the machine is restarted.
 * PostgreSQL does that itself before it starts to recover, so it does not matter how that ends.
 *
 * @throws the signal's reason when it aborts
 */
export async function releaseSharedMemory(run: Omit<SingleUserRun, 'statements'>, signal: AbortSignal): Promise<void> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_RELEASE_MS)]);
  await executeInSingleUserMode({ ...run, statements: [] }, enough).catch(() => undefined);
  signal.throwIfAborted();
}

/** Errors name no statement, but PostgreSQL may still quote a piece of one ("at or near"). */
function withoutVerifiers(text: string): string {
  return text.replaceAll(/SCRAM-SHA-256\$[^\s']*/g, '***');
}
