import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 200;
const CONNECT_MS = 2_000;

/** Waits until somebody accepts connections at an address. A pod that is ready is known to a load balancer only some time later. @throws the reason of the signal */
export async function reachable(host: string, port: number, signal: AbortSignal): Promise<void> {
  while (!(await accepts(host, port, signal))) {
    await pause(PAUSE_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function accepts(host: string, port: number, signal: AbortSignal): Promise<boolean> {
  signal.throwIfAborted();
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]) });
    return true;
  } catch {
    signal.throwIfAborted();
    return false;
  } finally {
    // What a connection that is given up still has to say is of no interest.
    socket.on('error', () => undefined).destroy();
  }
}
