import { chmod, copyFile, constants, link, mkdir, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

/** `native/pg-symlinks.json`: npm packages can't hold symbolic links, so the package lists them. */
interface SymbolicLink {
  readonly source: string;
  readonly target: string;
}

/**
 * Puts the programs of a platform package into a directory, readable by every user. Files are linked where that is
 * possible, since four versions of 60 MB each add up, and copied where it is not.
 *
 * @param native the package's `native` directory
 */
export async function copyInstallation(native: string, target: string): Promise<void> {
  await chmod(target, 0o755);
  for (const name of ['bin', 'lib', 'share']) {
    await copyTree(join(native, name), join(target, name));
  }
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as SymbolicLink[];
  for (const { source, target: name } of links) {
    const path = join(target, relative('native', name));
    await symlink(relative(dirname(name), source), path);
  }
}

async function copyTree(source: string, target: string): Promise<void> {
  await mkdir(target);
  await chmod(target, 0o755);
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name);
    const to = join(target, entry.name);
    if (entry.isDirectory()) {
      await copyTree(from, to);
    } else if (entry.isFile()) {
      await linkOrCopy(from, to);
    }
    // Symbolic links that the package's own script has made are made from its list again.
  }
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  const { mode } = await stat(from);
  const wanted = 0o644 | (basename(dirname(from)) === 'bin' ? 0o111 : 0);
  // A link shares the permissions of the original, which are not ours to change.
  if ((mode & wanted) === wanted) {
    try {
      await link(from, to);
      return;
    } catch {
      // Another file system, or one without links, or a file of another user: copy it.
    }
  }
  await copyFile(from, to, constants.COPYFILE_FICLONE);
  await chmod(to, wanted);
}
