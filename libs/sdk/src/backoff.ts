/** How attempts follow each other, in milliseconds. */
export interface Backoff {
  /** Before the second attempt. It doubles with every further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

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
