import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a server writes into `postmaster.pid` of its data directory, which is its lock as well. */
export interface PostmasterFile {
  readonly pid: number;
  /** True for `postgres --single`, which takes the same lock. */
  readonly singleUser: boolean;
  readonly port: number;
  /** `starting`, `ready`, `stopping` or `standby`; null until the server has written it. */
  readonly status: string | null;
}

/** Parses `postmaster.pid`. @returns null while the server is still writing its first lines */
export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid === 0 || lines.length < 5) {
    return null;
  }
  const status = lines[7]?.trim() ?? '';
  return { pid: Math.abs(pid), singleUser: pid < 0, port: Number(lines[3]), status: status === '' ? null : status };
}

/** @returns null when there is none, or only its beginning */
export async function readPostmasterFile(dataDirectory: string): Promise<PostmasterFile | null> {
  try {
    return parsePostmasterFile(await readFile(postmasterFilePath(dataDirectory), 'utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      return null;
    }
    throw error;
  }
}

export function postmasterFilePath(dataDirectory: string): string {
  return join(dataDirectory, 'postmaster.pid');
}
