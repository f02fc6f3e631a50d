import { insist } from './backoff.js';
import type { CallOptions } from './connection.js';
import { InstanceFailedError } from './errors.js';
import { followStream } from './event-stream.js';
import type { Client } from './generated/client/index.js';
import type { InstanceDetails, InstanceState } from './generated/types.gen.js';

/** From these states an instance goes nowhere without being asked to, so that waiting for another one makes no sense. */
const ENDS: ReadonlySet<InstanceState> = new Set<InstanceState>(['failed', 'deleted', 'purged']);

/**
 * Waits for a state by events. The instance is read when the stream is open and after every move, so that no move is missed, none is trusted
 * blindly, and a cut or lost events change nothing.
 *
 * @param read reads the instance by its name or id
 */
export async function waitUntil(
  client: Client,
  read: (nameOrId: string) => Promise<InstanceDetails>,
  nameOrId: string,
  wanted: InstanceState,
  { signal }: CallOptions,
): Promise<InstanceDetails> {
  const instance = await insist(() => read(nameOrId), signal);
  if (isOver(instance, wanted)) {
    return instance;
  }
  // The id goes on to mean this instance when it is deleted and its name is taken by another.
  for await (const event of followStream(client, { instance: instance.id, signal })) {
    if (event.type.startsWith('stream.') || event.type === 'instance.state_changed') {
      const now = await insist(() => read(instance.id), signal);
      if (isOver(now, wanted)) {
        return now;
      }
    }
  }
  throw new Error('An event stream does not end by itself.');
}

/** @throws InstanceFailedError when the wanted state can't be reached any more */
function isOver(instance: InstanceDetails, wanted: InstanceState): boolean {
  const purgeComes = wanted === 'purged' && instance.state === 'deleted';
  if (instance.state !== wanted && ENDS.has(instance.state) && !purgeComes) {
    throw new InstanceFailedError(instance);
  }
  return instance.state === wanted;
}
