import { setTimeout as sleep } from 'node:timers/promises';

/** Waits. @throws the reason of `signal` as soon as it aborts */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch {
    signal.throwIfAborted();
  }
}
