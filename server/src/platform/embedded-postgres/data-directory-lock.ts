import { link, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pause } from './pause.js';
import { type PostmasterFile, parsePostmasterFile, postmasterFilePath, readPostmasterFile } from './postmaster-file.js';
import { isServerOf, listPostgresProcesses } from './process-table.js';

const POLL_MS = 5;
/** Children of a killed postmaster notice its death within moments, unless they are busy. */
const PATIENCE_WITH_ORPHANS_MS = 3_000;

/**
 * Makes a data directory ready for a server after an earlier one was killed: waits for a `postgres --single` that is
 * still at work, ends what a killed postmaster left behind, and takes away a lock that belongs to nobody but looks as if
 * it did. Does nothing when a server runs there; the lock then does what it is for.
 *
 * @throws the signal's reason when it aborts
 */
export async function clearTheWay(dataDirectory: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const lock = await readPostmasterFile(dataDirectory);
    if (lock === null) {
      return;
    }
    if (!(await isServerOf(lock.pid, dataDirectory))) {
      await endOrphans(dataDirectory, lock, signal);
      return removeStaleLock(dataDirectory, lock);
    }
    if (!lock.singleUser) {
      return;
    }
    await pause(POLL_MS, signal);
  }
}

/** A server can't start while a child of its predecessor is attached to the shared memory. */
async function endOrphans(dataDirectory: string, lock: PostmasterFile, signal: AbortSignal): Promise<void> {
  const started = Date.now();
  for (;;) {
    const orphans = (await listPostgresProcesses()).filter((found) => found.directory === dataDirectory);
    const current = await readPostmasterFile(dataDirectory);
    // A changed lock means that someone else has started a server meanwhile: these are its processes.
    if (orphans.length === 0 || current?.pid !== lock.pid) {
      return;
    }
    const waited = Date.now() - started;
    if (waited > PATIENCE_WITH_ORPHANS_MS) {
      for (const { pid } of orphans) {
        sendSignal(pid, waited > 2 * PATIENCE_WITH_ORPHANS_MS ? 'SIGKILL' : 'SIGQUIT');
      }
    }
    await pause(POLL_MS, signal);
  }
}

/**
 * PostgreSQL itself ignores a lock whose pid is free, but refuses to start when the pid was given to any other process
 * of the same user, which after a restart of the machine is often another instance.
 */
async function removeStaleLock(dataDirectory: string, stale: PostmasterFile): Promise<void> {
  if (!sendSignal(stale.pid, 0)) {
    return;
  }
  // Out of the way first and looked at then: what another process has written meanwhile is put back, never deleted.
  const path = postmasterFilePath(dataDirectory);
  const aside = join(dirname(path), `postmaster.pid.stale-${process.pid}`);
  try {
    await rename(path, aside);
    if (parsePostmasterFile(await readFile(aside, 'utf8'))?.pid !== stale.pid) {
      await link(aside, path);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EEXIST') {
      throw error;
    }
  } finally {
    await rm(aside, { force: true });
  }
}

/**
 * Takes away the lock of a Unix socket that a killed server has left. PostgreSQL does so itself, unless the pid in it belongs to anything at
 * all: to a process that was given it since, or to the killed server while nobody has collected its exit.
 *
 * @param socketLock path of `.s.PGSQL.<port>.lock` in a directory that only the server of `dataDirectory` uses
 */
export async function removeStaleSocketLock(socketLock: string, dataDirectory: string): Promise<void> {
  const text = await readFile(socketLock, 'utf8').catch(() => null);
  if (text !== null && !(await isServerOf(Number.parseInt(text, 10), dataDirectory))) {
    await rm(socketLock, { force: true });
  }
}

/** Sends a signal; 0 only asks. @returns whether there is such a process */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
