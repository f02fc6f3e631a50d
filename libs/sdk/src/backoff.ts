import { isPassing } from './errors.js';

/** How attempts follow each other, in milliseconds. */
export interface Backoff {
  /** Before the second attempt. It doubles with every further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

/** For what goes on until its signal ends it. */
export const PATIENT: Backoff = { firstMs: 1_000, longestMs: 30_000 };

/**
 * How long to wait before the next attempt, in milliseconds. Half of it is left to chance, so that clients that were cut off together don't
 * come back together.
 *
 * @param failures attempts that failed in a row, from 1
 */
export function delayAfter(failures: number, { firstMs, longestMs }: Backoff): number {
  const full = Math.min(longestMs, firstMs * 2 ** (failures - 1));
  return full * (0.5 + Math.random() / 2);
}

/** Resolves after so many milliseconds. @throws the reason of the signal when that comes first */
export function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason as Error);
      return;
    }
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Does work that may be done twice, again and again while the server can't be reached or has a failure of its own. */
export async function insist<Result>(work: () => Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
      await pause(delayAfter(failures, PATIENT), signal);
    }
  }
}
