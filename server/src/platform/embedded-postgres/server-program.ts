import { spawn } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { text } from 'node:stream/consumers';
import { sendSignal } from './data-directory-lock.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { ServerUser } from './server-user.js';

/**
 * The whole environment of PostgreSQL's programs. Nothing of ours is passed on: it may hold secrets, and a customer can
 * read a server's environment; PG* and LC_* variables would change what the programs do.
 */
export const PROGRAM_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** How long a program that was told to end may take: about what a step of `initdb` takes, many times over. */
const PATIENCE_MS = 5_000;

export interface ProgramRun {
  readonly program: string;
  readonly args: readonly string[];
  readonly user: ServerUser | null;
  readonly input?: string;
  /** Gives way to everything else on the machine. */
  readonly lowPriority?: boolean;
}

export interface ProgramResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `initdb` or `postgres --single` to its end.
 *
 * @throws the signal's reason when it aborts; the program and its children are gone by then
 */
export async function runServerProgram(run: ProgramRun, signal: AbortSignal): Promise<ProgramResult> {
  signal.throwIfAborted();
  const child = spawn(run.program, run.args, {
    cwd: '/',
    env: PROGRAM_ENVIRONMENT,
    // A process group of its own, so that an abort reaches the programs that it starts as well.
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
    ...asUser(run.user),
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => reject(cannotRun(run.program, error)));
    child.once('close', resolve);
  });
  const { pid } = child;
  if (pid === undefined) {
    await closed;
    throw new Error('unreachable: a program without a pid did not fail');
  }
  if (run.lowPriority) {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  }
  let lastResort: NodeJS.Timeout | undefined;
  const end = () => {
    // To the program alone: its child then sees its input end and gives back its shared memory, as it can't when it is killed.
    sendSignal(pid, 'SIGTERM');
    lastResort = setTimeout(killGroup, PATIENCE_MS, pid);
  };
  signal.addEventListener('abort', end, { once: true });
  try {
    // A program that ends before it has read everything breaks the pipe; its exit code tells more.
    child.stdin.on('error', () => undefined).end(run.input ?? '');
    const [exitCode, stdout, stderr] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
    signal.throwIfAborted();
    return { exitCode: exitCode ?? -1, stdout, stderr };
  } finally {
    signal.removeEventListener('abort', end);
    clearTimeout(lastResort);
  }
}

/** Options of `spawn` that make a program run as the server user. */
export function asUser(user: ServerUser | null): { uid?: number; gid?: number } {
  return user === null ? {} : { uid: user.uid, gid: user.gid };
}

export function cannotRun(program: string, error: Error): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'unsupported_platform',
    `${program} can't be run on this system; on Linux it needs the C library glibc. Set TOYGRES_DATABASE_URL and another data plane instead.`,
    error.message,
    { cause: error },
  );
}

function killGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
