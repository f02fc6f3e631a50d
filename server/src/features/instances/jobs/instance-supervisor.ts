import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataPlane } from '../../../data-plane/index.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { InstanceRepository, planOf } from '../data/instance.repository.js';
import { InstanceUpkeep } from '../instance-upkeep.js';

/**
 * Brings back at the start what was running: after a reboot, after Ctrl-C, after a crash in which a server died too. A server that is still
 * there is adopted by the data plane as it is.
 */
@Injectable()
export class InstanceSupervisor implements OnApplicationBootstrap {
  readonly #logger = new Logger(InstanceSupervisor.name);

  constructor(
    private readonly instances: InstanceRepository,
    private readonly dataPlane: DataPlane,
    private readonly upkeep: InstanceUpkeep,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const instance of await this.instances.withState('running')) {
      try {
        const { status, fault } = await this.dataPlane.observe(planOf(instance));
        if (status !== 'running' && (await this.upkeep.recover(instance.id, fault?.code ?? null))) {
          this.#logger.log(`${instance.k8sName} is not running and is started again.`);
        }
      } catch (error) {
        // One instance that can't be looked at must not keep the worker from its work; its health check will say what is wrong.
        this.#logger.warn(`${instance.k8sName} could not be looked at: ${errorMessage(error)}`);
      }
    }
  }
}
