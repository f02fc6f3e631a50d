import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A staging directory untouched for this long was left by a process that died. Filling one takes seconds. */
const LEFTOVER_AFTER_MS = 10 * 60_000;
const STAGING = /^\.(.+)\.[0-9a-f]{12}\.staging/;

/**
 * Makes a directory as a whole or not at all: `fill` works in a hidden neighbour, which is then renamed. Of several that
 * make the same one at once, in one process or in many, one wins and the others throw theirs away.
 *
 * @param fill receives the path of the staging directory, which is there and empty
 * @returns whether this call made it; false when it was there already
 */
export async function stageDirectory(target: string, fill: (staging: string) => Promise<void>): Promise<boolean> {
  const staging = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.staging`);
  await mkdir(staging, { mode: 0o755 });
  try {
    await fill(staging);
    return await renameUnlessThere(staging, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Renames a directory for good, unless something lies at the target. @returns false when something did */
export async function renameUnlessThere(source: string, target: string): Promise<boolean> {
  try {
    await rename(source, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTEMPTY' || code === 'EEXIST') {
      return false;
    }
    throw error;
  }
  await syncDirectory(dirname(target));
  return true;
}

/**
 * Removes what {@link stageDirectory} left in `parent` when its process was killed.
 *
 * @param olderThanMs long enough by default that whoever fills one right now is not disturbed
 */
export async function removeStagingLeftovers(parent: string, olderThanMs = LEFTOVER_AFTER_MS): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!STAGING.test(name)) {
      continue;
    }
    const path = join(parent, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > olderThanMs) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

/** Makes the names in a directory survive a crash of the machine. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
