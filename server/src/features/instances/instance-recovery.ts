import { Injectable } from '@nestjs/common';
import { OrchestrationRepository, OrchestrationStarter } from '../../orchestrations/index.js';
import { Database } from '../../platform/database/database.js';
import { InstanceRepository } from './data/instance.repository.js';
import { orchestrationId } from './domain/instance.js';
import { RECOVER } from './domain/instance-orchestrations.js';

/** The longest pause between two recoveries of a server that does not come back, in seconds. */
const LONGEST_PAUSE_SECONDS = 600;

/** Starts the recovery of an instance whose server is gone although it should run. */
@Injectable()
export class InstanceRecovery {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
    private readonly orchestrations: OrchestrationRepository,
    private readonly starter: OrchestrationStarter,
  ) {}

  /**
   * Does nothing when the instance is not to run, or something is already under way, or a recovery has failed lately: what has kept the
   * server down for long is asked about less and less often, but never given up.
   *
   * @returns whether a recovery was started
   */
  async request(instanceId: string): Promise<boolean> {
    return this.database.transaction(async (transaction) => {
      await this.instances.lockForRequest(transaction, instanceId);
      const instance = await this.instances.lock(transaction, instanceId);
      if (
        instance?.state !== 'running' ||
        (await this.orchestrations.openOf(transaction, instanceId)).length > 0 ||
        (await this.orchestrations.failedLately(transaction, instanceId, RECOVER.kind, LONGEST_PAUSE_SECONDS))
      ) {
        return false;
      }
      const number = (await this.orchestrations.countOf(transaction, instanceId, RECOVER.kind)) + 1;
      await this.starter.start(transaction, {
        id: orchestrationId(RECOVER.kind, instance.k8sName, number),
        kind: RECOVER.kind,
        instanceId,
        startedBy: 'supervisor',
      });
      // What the last check saw is no longer so.
      await this.instances.forgetHealth(transaction, instance);
      return true;
    });
  }
}
