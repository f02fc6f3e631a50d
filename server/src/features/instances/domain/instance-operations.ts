import type { InstanceState } from './instance.js';
import {
  CLEAN_UP,
  CREATE,
  DELETE,
  PURGE,
  RECOVER,
  RESTART,
  SETTLE,
  START_UP,
  STOP,
  UNDELETE,
} from './instance-orchestrations.js';

/** What an orchestration means for the state of its instance. */
export interface InstanceOperation {
  /** While it is under way. */
  readonly during: InstanceState;
  readonly succeeded: InstanceState;
  /** What it had begun was undone, as far as it can be. */
  readonly failed: InstanceState;
  readonly cancelled: InstanceState;
}

/**
 * Operations by the kind of their orchestration. A stop that fails has brought the server up again, so the instance runs; upkeep is not
 * here, because it makes reality what the state says already.
 */
export const INSTANCE_OPERATIONS: Readonly<Record<string, InstanceOperation>> = {
  [CREATE.kind]: { during: 'creating', succeeded: 'running', failed: 'failed', cancelled: 'failed' },
  [STOP.kind]: { during: 'stopping', succeeded: 'stopped', failed: 'running', cancelled: 'running' },
  [START_UP.kind]: { during: 'starting', succeeded: 'running', failed: 'failed', cancelled: 'stopped' },
  [RESTART.kind]: { during: 'restarting', succeeded: 'running', failed: 'failed', cancelled: 'running' },
  [DELETE.kind]: { during: 'deleting', succeeded: 'deleted', failed: 'failed', cancelled: 'failed' },
  [UNDELETE.kind]: { during: 'starting', succeeded: 'running', failed: 'failed', cancelled: 'deleted' },
  [PURGE.kind]: { during: 'purging', succeeded: 'purged', failed: 'failed', cancelled: 'failed' },
};

/** Whether there is something that could be started, kept or brought back. Only what has run once has an endpoint. */
export function hasData({ endpointHost }: { readonly endpointHost: string | null }): boolean {
  return endpointHost !== null;
}

interface Upkept {
  readonly state: InstanceState;
  readonly endpointHost: string | null;
}

/** For which instances each kind of upkeep is right. */
export const UPKEEP_OF: Readonly<Record<string, (instance: Upkept) => boolean>> = {
  [RECOVER.kind]: ({ state }) => state === 'running',
  [SETTLE.kind]: ({ state }) => state === 'stopped' || state === 'deleted',
  [CLEAN_UP.kind]: (instance) => instance.state === 'purged' || (instance.state === 'failed' && !hasData(instance)),
};
