import type { InstanceState, InstanceSummary } from '#sdk';
import { reasonText } from './actions.text';

/** What can be asked of an instance. */
export type Deed = 'start' | 'stop' | 'restart' | 'undelete' | 'retry' | 'cancel' | 'protection' | 'delete' | 'purge';

export interface Offer {
  readonly deed: Deed;
  /** Why it can't be done now; left out when it can. */
  readonly reason?: string;
}

/** What makes sense in a state. */
const OFFERED: Readonly<Record<InstanceState, readonly Deed[]>> = {
  creating: ['cancel', 'protection', 'delete'],
  running: ['stop', 'restart', 'protection', 'delete'],
  stopping: ['start', 'cancel', 'protection', 'delete'],
  stopped: ['start', 'protection', 'delete'],
  starting: ['stop', 'cancel', 'protection', 'delete'],
  restarting: ['cancel', 'protection', 'delete'],
  failed: ['retry', 'start', 'protection', 'delete'],
  deleting: ['cancel', 'protection', 'purge'],
  deleted: ['undelete', 'protection', 'purge'],
  purging: [],
  purged: [],
};

/** What can be asked of an instance now, and why not where it can't. */
export function offersOf(instance: InstanceSummary): readonly Offer[] {
  return OFFERED[instance.state].flatMap((deed) => {
    if (deed === 'cancel' && instance.orchestration === null) {
      return [];
    }
    const reason = reasonAgainst(deed, instance);
    return [reason === undefined ? { deed } : { deed, reason }];
  });
}

/** Whether a deletion can be asked for; protection may still forbid it. */
export const isDeletable = (instance: InstanceSummary): boolean => OFFERED[instance.state].includes('delete');

/** Whether it can be removed for good; protection may still forbid it. */
export const isPurgeable = ({ state }: InstanceSummary): boolean => state !== 'purging' && state !== 'purged';

/** Whether there are data that could be started or kept: only what has run once has an address, and what is being created has not. */
export const hasData = ({ state, dns_connection_string: dns, ip_connection_string: ip }: InstanceSummary): boolean =>
  state !== 'creating' && (dns !== null || ip !== null);

function reasonAgainst(deed: Deed, instance: InstanceSummary): string | undefined {
  switch (deed) {
    case 'stop':
      return instance.state === 'running' ? undefined : reasonText.notRunning;
    case 'start':
      return hasData(instance) ? undefined : reasonText.noData;
    case 'cancel':
      return reasonAgainstCancel(instance);
    default:
      return undefined;
  }
}

function reasonAgainstCancel({ orchestration }: InstanceSummary): string | undefined {
  if (!orchestration || orchestration.cancellable) {
    return undefined;
  }
  if (orchestration.cancel_requested) {
    return reasonText.cancelled;
  }
  if (orchestration.status === 'compensating') {
    return reasonText.undoing;
  }
  return orchestration.kind === 'delete' ? reasonText.deletion : reasonText.noWayBack;
}
