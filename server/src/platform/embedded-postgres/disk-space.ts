import { statfs } from 'node:fs/promises';

/** A segment of the WAL. PostgreSQL makes them whole, and ends when there is no room for the next. */
const SEGMENT_BYTES = 16 * 2 ** 20;

/** Bytes that may be written by whoever is not root, and all that the disk has. */
export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** @param path something on the disk that is there */
export async function diskSpaceAt(path: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize } = await statfs(path);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}

/** Whether a PostgreSQL server can't go on writing below a path, or not for long. A path that is not there is on no full disk. */
export async function isDiskFullAt(path: string): Promise<boolean> {
  const found = await statfs(path).catch(() => null);
  // A file system that doesn't count its files says that it has none.
  return found !== null && (found.bavail * found.bsize < SEGMENT_BYTES || (found.files > 0 && found.ffree === 0));
}
