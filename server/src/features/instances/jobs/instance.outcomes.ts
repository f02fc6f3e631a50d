import { Injectable } from '@nestjs/common';
import { OrchestrationRepository } from '../../../orchestrations/index.js';
import { type ClosedOrchestration, Outcome } from '../../../orchestrations/jobs.js';
import type { Transaction } from '../../../platform/database/database.js';
import { InstanceRepository } from '../data/instance.repository.js';
import type { InstanceState } from '../domain/instance.js';
import { INSTANCE_OPERATIONS } from '../domain/instance-operations.js';
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
} from '../domain/instance-orchestrations.js';

/** What the end of an orchestration means for its instance; in the transaction that ends it. */
@Injectable()
export class InstanceOutcomes {
  constructor(
    private readonly instances: InstanceRepository,
    private readonly orchestrations: OrchestrationRepository,
  ) {}

  @Outcome(CREATE, STOP, START_UP, RESTART, DELETE, UNDELETE, PURGE)
  async operated(transaction: Transaction, closed: ClosedOrchestration): Promise<void> {
    const operation = INSTANCE_OPERATIONS[closed.kind];
    const instance = await this.instances.lock(transaction, closed.instanceId);
    // Something that outranks this orchestration may have moved the instance on, or it was called off before its turn came.
    if (!operation || instance?.state !== operation.during) {
      return;
    }
    const to = removedEverything(closed) ? 'purged' : operation[closed.outcome];
    const failure = to === 'failed' ? closed.failure : null;
    await this.instances.move(transaction, instance, to, { orchestrationId: closed.id, failure });
    await this.#goOn(transaction, { id: instance.id, state: to }, closed.id);
  }

  /**
   * The state says what is to be and stays, whether it could be brought about or not: the health says so when it can't be used, and the next
   * look asks for the next upkeep (see `instance-upkeep.ts`).
   */
  @Outcome(RECOVER, SETTLE, CLEAN_UP)
  async keptUp(): Promise<void> {
    return Promise.resolve();
  }

  /** What has waited for this one to end begins now. */
  async #goOn(
    transaction: Transaction,
    instance: { readonly id: string; readonly state: InstanceState },
    after: string,
  ): Promise<void> {
    const next = (await this.orchestrations.openOf(transaction, instance.id)).find(({ afterId }) => afterId === after);
    const during = next && INSTANCE_OPERATIONS[next.kind]?.during;
    if (next && during) {
      await this.instances.move(transaction, instance, during, { orchestrationId: next.id, failure: null });
    }
  }
}

/** The deletion of a former build did not keep anything. */
function removedEverything({ kind, definitionVersion, outcome }: ClosedOrchestration): boolean {
  return kind === DELETE.kind && definitionVersion === 1 && outcome === 'succeeded';
}
