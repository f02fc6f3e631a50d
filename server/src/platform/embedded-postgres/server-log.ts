import { constants } from 'node:fs';
import { chmod, chown, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServerUser } from './server-user.js';
import type { Settings } from './settings.js';

/** Collected files kept per server: with rotation at 10 MB, at most about 50 MB. */
const KEPT_FILES = 5;
/** Read from the end of a file at most. */
const TAIL_BYTES = 128 * 1024;
const REDIRECTION = /redirecting log output to logging collector process|Future log output will appear in directory/;

/**
 * The log of one server: `startup.log`, which it writes before its configuration is read, and files collected by
 * PostgreSQL's own logging collector. The collector costs a process of 1 MB, but it rotates without losing a line and
 * goes on while the control plane is away, which no rotation from outside can do with an open file.
 */
export class ServerLog {
  readonly startupFile: string;
  readonly directory: string;

  /** @param parent directory that only the control plane writes to */
  constructor(parent: string) {
    this.startupFile = join(parent, 'startup.log');
    this.directory = join(parent, 'log');
  }

  /** Makes the directory, writable by the server alone. */
  async prepare(user: ServerUser | null): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await chmod(this.directory, 0o700);
    if (user !== null) {
      await chown(this.directory, user.uid, user.gid);
    }
  }

  settings(): Settings {
    return {
      logging_collector: true,
      log_destination: 'stderr',
      // Who it was comes only with the lines of a session: {@link findLastWords} tells by it what the server itself said.
      log_line_prefix: '%m [%p] %q%u@%d ',
      log_directory: this.directory,
      // A name of its own for each file: PostgreSQL would otherwise append to old ones without end.
      log_filename: 'postgresql-%Y%m%dT%H%M%S.log',
      log_rotation_age: '1d',
      log_rotation_size: '10MB',
      // How far a recovery has come; see `recovery-progress.ts`.
      log_startup_progress_interval: '1s',
    };
  }

  /** The last lines, oldest first; empty when there is no log. */
  async tail(lines: number): Promise<string[]> {
    const files = await this.files();
    const tail: string[] = [];
    while (files.length > 0 && tail.length < lines) {
      tail.unshift(...(await readLastLines(files.pop() ?? '')));
    }
    return tail.slice(-lines);
  }

  /** Removes the collected files that are too many. PostgreSQL rotates, but never deletes. */
  async prune(): Promise<void> {
    const collected = (await this.files()).filter((path) => path !== this.startupFile);
    await Promise.all(collected.slice(0, -KEPT_FILES).map((path) => rm(path, { force: true })));
  }

  /** Oldest first. */
  private async files(): Promise<string[]> {
    const names = await readdir(this.directory).catch(() => []);
    const paths = [this.startupFile, ...names.map((name) => join(this.directory, name))];
    const dated = await Promise.all(
      paths.map(async (path) => ({ path, time: (await stat(path).catch(() => null))?.mtimeMs })),
    );
    return dated
      .filter((file) => file.time !== undefined)
      .sort((one, other) => (one.time ?? 0) - (other.time ?? 0))
      .map((file) => file.path);
  }
}

/**
 * Why a server ended, in its own words since its last start. What it said to its clients (`FATAL` there only means the end
 * of their session) does not count.
 *
 * @returns null when it said nothing, as happens to what is killed
 */
export function findLastWords(log: readonly string[]): string | null {
  const start = log.findLastIndex((line) => line.includes('LOG:  starting PostgreSQL'));
  const ownLine = /^(?:\S+ \S+ \S+ \[\d+\] )?(?:FATAL|PANIC):\s+(.*)$/;
  const said = log.slice(start + 1).map((line) => ownLine.exec(line)?.[1]);
  return said.findLast((words) => words !== undefined) ?? null;
}

async function readLastLines(path: string): Promise<string[]> {
  // The directory belongs to the server's user, so a name in it may be a symbolic link or a pipe laid out for root.
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file === null) {
    return [];
  }
  try {
    const { size, ...stats } = await file.stat();
    if ((stats.mode & constants.S_IFMT) !== constants.S_IFREG) {
      return [];
    }
    const start = Math.max(0, size - TAIL_BYTES);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(size - start), 0, size - start, start);
    const lines = buffer
      .toString('utf8', 0, bytesRead)
      .split('\n')
      .slice(start === 0 ? 0 : 1);
    return lines.filter((line) => line !== '' && !REDIRECTION.test(line));
  } finally {
    await file.close();
  }
}
