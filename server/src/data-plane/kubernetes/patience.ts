import { setTimeout as pause } from 'node:timers/promises';
import { DataPlaneError } from '../data-plane.js';
import { ClusterError, RIGHTS_UNREAD_MS } from './cluster-error.js';
import { refusal } from './diagnosis.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Asks the cluster for something until it answers: an API server that is away for a while, or has too much to do, fails nothing.
 *
 * @param ask may be called any number of times
 * @throws DataPlaneError when it refuses; the reason of the signal
 */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  let refusedSince: number | undefined;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(wait * 2, LONGEST_PAUSE_MS)) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      const refused = error instanceof ClusterError && error.lacksRight;
      refusedSince = refused ? (refusedSince ?? performance.now()) : undefined;
      const unread = refusedSince !== undefined && performance.now() - refusedSince < RIGHTS_UNREAD_MS;
      if (!(error instanceof ClusterError && (error.passing || unread))) {
        throw inDataPlaneWords(error);
      }
    }
    await pause(wait * (0.5 + Math.random()), undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

/** An error of the cluster in the words of the data plane. Others are what they are. */
export function inDataPlaneWords(error: unknown): unknown {
  if (!(error instanceof ClusterError)) {
    return error;
  }
  if (error.passing) {
    return new DataPlaneError('cluster_unreachable', error.message, true, null, { cause: error });
  }
  const { code, reason } = refusal(error.message);
  return new DataPlaneError(code, reason, false, null, { cause: error });
}
