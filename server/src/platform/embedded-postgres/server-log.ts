import { chmod, chown, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type LogFile, listLogFiles } from './log-file.js';
import { LogReader, type LogFiles } from './log-reader.js';
import type { LogStart } from './log-tail.js';
import type { ServerUser } from './server-user.js';
import type { Settings } from './settings.js';

/** Collected files kept per server: with rotation at 10 MB, at most about 50 MB. */
const KEPT_FILES = 5;
/** Read by those who look for why a server has ended. */
const TAIL_BYTES = 128 * 1024;
/** What the server says of how we run it, which is of no interest to people: where its log goes, and that a file which may be there is not. */
const OURS =
  /redirecting log output to logging collector process|Future log output will appear in directory|skipping missing configuration file/;

/**
 * The log of one server: `startup.log`, which it writes before its configuration is read, and files collected by
 * PostgreSQL's own logging collector. The collector costs a process of 1 MB, but it rotates without losing a line and
 * goes on while the control plane is away, which no rotation from outside can do with an open file.
 */
export class ServerLog implements LogFiles {
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
      // The times of lines are read again, and the abbreviations of other zones are ambiguous.
      log_timezone: 'UTC',
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
    const reader = await this.read({ lines, bytes: TAIL_BYTES });
    return reader === null ? [] : (await Array.fromAsync(reader.read())).map(({ text }) => text);
  }

  /** @returns null when there is nothing of a server before the present one, and just that is asked for */
  read(start: LogStart): Promise<LogReader | null> {
    return LogReader.tail(this, start);
  }

  /** Goes on behind a line. @returns null when the cursor is not one of a line */
  readAfter(cursor: string): Promise<LogReader | null> {
    return LogReader.after(this, cursor);
  }

  list(): Promise<LogFile[] | null> {
    return listLogFiles(this.directory, this.startupFile);
  }

  ofRuns(listed: readonly LogFile[]): LogFile[] {
    return listed.filter(({ path }) => path !== this.startupFile);
  }

  shows(line: string): boolean {
    return !OURS.test(line);
  }

  /** Removes the collected files that are too many. PostgreSQL rotates, but never deletes. */
  async prune(): Promise<void> {
    const collected = this.ofRuns((await this.list()) ?? []);
    await Promise.all(collected.slice(0, -KEPT_FILES).map(({ path }) => rm(path, { force: true })));
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
