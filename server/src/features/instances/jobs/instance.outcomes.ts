import { Injectable } from '@nestjs/common';
import { type ClosedOrchestration, Outcome } from '../../../orchestrations/jobs.js';
import type { Transaction } from '../../../platform/database/database.js';
import { InstanceRepository } from '../data/instance.repository.js';
import type { InstanceState } from '../domain/instance.js';
import { CREATE, DELETE, RECOVER } from '../domain/instance-orchestrations.js';

/** What the end of an orchestration means for its instance; in the transaction that ends it. */
@Injectable()
export class InstanceOutcomes {
  constructor(private readonly instances: InstanceRepository) {}

  @Outcome(CREATE)
  async created(transaction: Transaction, closed: ClosedOrchestration): Promise<void> {
    await this.#move(transaction, closed, 'creating', 'running');
  }

  @Outcome(DELETE)
  async deleted(transaction: Transaction, closed: ClosedOrchestration): Promise<void> {
    await this.#move(transaction, closed, 'deleting', 'deleted');
  }

  /**
   * The state says that it is to run and stays, whether the server came back or not: the data are there, the health says that it can't be
   * used, and the next check asks for the next recovery (see `instance-recovery.ts`).
   */
  @Outcome(RECOVER)
  async recovered(): Promise<void> {
    return Promise.resolve();
  }

  async #move(
    transaction: Transaction,
    closed: ClosedOrchestration,
    from: InstanceState,
    onSuccess: InstanceState,
  ): Promise<void> {
    const instance = await this.instances.lock(transaction, closed.instanceId);
    const to = closed.outcome === 'succeeded' ? onSuccess : 'failed';
    // Something that outranks this orchestration has moved the instance on.
    if (instance?.state !== from) {
      return;
    }
    await this.instances.move(transaction, instance, to, { orchestrationId: closed.id, failure: closed.failure });
  }
}
