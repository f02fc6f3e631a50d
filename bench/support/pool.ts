import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { POSTGRES_VERSION } from './instance-parts.ts';
import { until } from './toygres-client.ts';

/**
 * Keeps the versions that are not created here from being made ahead of time: an empty directory counts as ready. Otherwise most of the
 * time would go into directories that nobody takes.
 */
export async function pretendOtherVersionsAreReady(home: string, size: number): Promise<void> {
  for (const major of ['15', '16', '17'].filter((version) => version !== POSTGRES_VERSION)) {
    for (let index = 0; index < size; index += 1) {
      await mkdir(join(home, 'pool', major, randomBytes(8).toString('hex')), { recursive: true });
    }
  }
}

export function poolDirectory(home: string): string {
  return join(home, 'pool', POSTGRES_VERSION);
}

/** Resolves when the pool is full and nothing is being made. */
export async function poolIsFull(home: string, size: number): Promise<void> {
  await until(async () => {
    const names = await readdir(poolDirectory(home)).catch(() => []);
    return names.length >= size && names.every((name) => !name.startsWith('.'));
  });
}
