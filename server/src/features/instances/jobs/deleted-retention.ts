import { Injectable, Logger } from '@nestjs/common';
import { HousekeepingTask } from '../../../housekeeping/housekeeping-task.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { InstanceRepository } from '../data/instance.repository.js';
import { InstanceLifecycle } from '../instance-lifecycle.js';

/** Purges begun by one run, so that a thousand whose time is up don't stand in the way of what people wait for. */
const AT_ONCE = 20;

/** Purges deleted instances whose time is up. */
@Injectable()
@HousekeepingTask({ name: 'deleted-retention', everyMs: 15_000 })
export class DeletedRetention {
  readonly #logger = new Logger(DeletedRetention.name);

  constructor(
    private readonly instances: InstanceRepository,
    private readonly lifecycle: InstanceLifecycle,
  ) {}

  async run(): Promise<void> {
    for (const id of await this.instances.expired(AT_ONCE)) {
      try {
        await this.lifecycle.purgeExpired(id);
      } catch (error) {
        this.#logger.warn(`${id} could not be purged: ${errorMessage(error)}`);
      }
    }
  }
}
