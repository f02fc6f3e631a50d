import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Lets one process at a time install or build in a checkout: `npm start` and `npm test` may be typed into two terminals at once.
 *
 * @template T
 * @param {string} root directory of the checkout
 * @param {(started: (pid: number) => void) => Promise<T>} work `started` notes a process that outlives a holder that is killed
 * @returns {Promise<T>}
 */
export async function exclusively(root, work) {
  const file = join(root, '.run.lock');
  let told = false;
  while (!take(file)) {
    const holders = readHolders(file);
    if (holders === null) {
      continue; // released in this moment
    }
    if (!holders.some(isAlive)) {
      rmSync(file, { force: true }); // left by a process that was killed
      continue;
    }
    if (!told) {
      told = true;
      console.error(`Another command is installing or building here (process ${holders.join(', ')}); waiting for it.`);
    }
    await sleep(200);
  }
  try {
    return await work((pid) => renameSync(draft(file, [process.pid, pid]), file));
  } finally {
    rmSync(file, { force: true });
  }
}

/** A file with these process ids beside the lock: the lock is put in place whole, so that no one ever reads half of it. */
function draft(file, pids) {
  const path = `${file}.${process.pid}`;
  writeFileSync(path, pids.join('\n'));
  return path;
}

function take(file) {
  const path = draft(file, [process.pid]);
  try {
    linkSync(path, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    rmSync(path);
  }
}

function readHolders(file) {
  try {
    return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
  } catch (error) {
    if (error.code === 'ENOENT') {
      return null;
    }
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
