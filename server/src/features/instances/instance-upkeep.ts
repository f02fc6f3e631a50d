import { Injectable } from '@nestjs/common';
import type { DataPlaneErrorCode } from '../../data-plane/index.js';
import { OrchestrationRepository, OrchestrationStarter } from '../../orchestrations/index.js';
import { Database } from '../../platform/database/database.js';
import { InstanceRepository } from './data/instance.repository.js';
import { orchestrationId } from './domain/instance.js';
import { UPKEEP_OF } from './domain/instance-operations.js';
import { CLEAN_UP, RECOVER, SETTLE } from './domain/instance-orchestrations.js';

/** The longest pause between two attempts at what does not succeed, in seconds. */
const LONGEST_PAUSE_SECONDS = 600;
/** The same after a failure of what the data plane can see, and doesn't see any more: soon, but not again and again. */
const LONGEST_PAUSE_AFTER_CURE_SECONDS = 30;
const VISIBLE: readonly string[] = ['disk_full', 'data_missing'] satisfies DataPlaneErrorCode[];

/** Makes reality what the state of an instance says, where it was found to be otherwise. */
@Injectable()
export class InstanceUpkeep {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
    private readonly orchestrations: OrchestrationRepository,
    private readonly starter: OrchestrationStarter,
  ) {}

  /**
   * Brings back the server of a running instance.
   *
   * @param seen failure code of what keeps it down now, null when nothing is seen; undefined when nobody has looked
   * @returns whether that was begun, see {@link #request}
   */
  recover(instanceId: string, seen?: string | null): Promise<boolean> {
    const cured = seen === undefined ? [] : VISIBLE.filter((code) => code !== seen);
    return this.#request(instanceId, RECOVER.kind, 'supervisor', { cured });
  }

  /** Stops the server of a stopped or deleted instance. @returns whether that was begun, see {@link #request} */
  settle(instanceId: string): Promise<boolean> {
    return this.#request(instanceId, SETTLE.kind, 'reconciler');
  }

  /** Removes everything of an instance that should have nothing; somebody has asked for it. @returns whether that was begun */
  cleanUp(instanceId: string, startedBy: string): Promise<boolean> {
    return this.#request(instanceId, CLEAN_UP.kind, startedBy, { longestPauseSeconds: 0 });
  }

  /**
   * Does nothing when the state does not say so, or something is already under way, or the same has failed lately: what does not succeed for
   * long is asked for less and less often, but never given up.
   */
  async #request(
    instanceId: string,
    kind: string,
    startedBy: string,
    { longestPauseSeconds = LONGEST_PAUSE_SECONDS, cured = [] as readonly string[] } = {},
  ): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await this.instances.lockForRequest(transaction, instanceId);
      const instance = await this.instances.lock(transaction, instanceId);
      if (
        !instance ||
        !UPKEEP_OF[kind]?.(instance) ||
        (await this.orchestrations.openOf(transaction, instanceId)).length > 0 ||
        (await this.orchestrations.failedLately(transaction, instanceId, kind, longestPauseSeconds, {
          after: cured,
          longestSeconds: LONGEST_PAUSE_AFTER_CURE_SECONDS,
        }))
      ) {
        return false;
      }
      const number = (await this.orchestrations.countOf(transaction, instanceId, kind)) + 1;
      const id = orchestrationId(kind, instance.k8sName, number);
      await this.starter.start(transaction, { id, kind, instanceId, startedBy });
      // What the last check saw is no longer so.
      await this.instances.forgetHealth(transaction, instance);
      return true;
    });
  }
}
