import { execFile } from 'node:child_process';
import { readFile, statfs, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A disk of its own at a directory: a tmpfs, which is really full when it is full. */
export class SmallDisk {
  private constructor(readonly path: string) {}

  /** @param path a directory that is there @returns undefined where this user may not mount, or there is no tmpfs */
  static async mount(path: string, megabytes: number): Promise<SmallDisk | undefined> {
    const options = `size=${String(megabytes)}m,mode=0711`;
    try {
      await run('mount', ['-t', 'tmpfs', '-o', options, 'toygres-test', path]);
      return new SmallDisk(path);
    } catch {
      return undefined;
    }
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.path);
    return bavail * bsize;
  }

  /** Lets a file grow until nothing is free. */
  async fillWith(file: string): Promise<void> {
    try {
      await writeFile(file, Buffer.alloc((await this.freeBytes()) + 1), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') {
        throw error;
      }
    }
  }

  /** Takes it away, whatever lies on it. */
  async unmount(): Promise<void> {
    if ((await readFile('/proc/mounts', 'utf8')).includes(` ${this.path} tmpfs `)) {
      await run('umount', ['--lazy', this.path]);
    }
  }
}
