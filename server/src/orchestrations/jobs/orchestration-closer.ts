import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../platform/database/database.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { ActivityRepository, type LeasedActivity } from '../data/activity.repository.js';
import { type OrchestrationHead, OrchestrationRepository } from '../data/orchestration.repository.js';
import type { Failure } from '../domain/definition.js';
import { DefinitionRegistry } from '../domain/definition-registry.js';
import type { ClosedOrchestration } from './activity-handler.js';
import { HandlerRegistry } from './handler-registry.js';

/** Moves orchestrations from phase to phase and closes them, together with what their feature keeps about them. */
@Injectable()
export class OrchestrationCloser {
  constructor(
    private readonly orchestrations: OrchestrationRepository,
    private readonly activities: ActivityRepository,
    private readonly definitions: DefinitionRegistry,
    private readonly handlers: HandlerRegistry,
    private readonly metrics: Metrics,
  ) {}

  /** The last activity of a phase has ended. */
  async phaseEnded(transaction: Transaction, { orchestrationId, phase }: LeasedActivity): Promise<void> {
    await this.#close(
      transaction,
      orchestrationId,
      phase === 'forward' ? { from: 'running', to: 'succeeded' } : { from: 'compensating', to: 'failed' },
      null,
    );
  }

  /** An activity has failed for good: what was begun is undone, then the orchestration is closed. */
  async activityFailed(transaction: Transaction, activity: LeasedActivity, failure: Failure): Promise<void> {
    if (activity.phase === 'forward') {
      await this.fail(transaction, activity.orchestrationId, failure);
    } else if (activity.last) {
      await this.phaseEnded(transaction, activity);
    }
  }

  /** Ends the forward phase of an orchestration that can't go on. Does nothing when it is not in that phase any more. */
  async fail(transaction: Transaction, orchestrationId: string, failure: Failure): Promise<void> {
    const orchestration = await this.orchestrations.lock(transaction, orchestrationId);
    if (orchestration?.status === 'running') {
      await this.#turnBack(transaction, orchestration, failure);
    }
  }

  /** Undoes an orchestration that was called off. Does nothing when that came too late. */
  async cancel(transaction: Transaction, orchestrationId: string): Promise<void> {
    const orchestration = await this.orchestrations.lock(transaction, orchestrationId);
    if (orchestration?.cancelRequested && orchestration.failure) {
      await this.#turnBack(transaction, orchestration, orchestration.failure);
    }
  }

  async #turnBack(transaction: Transaction, orchestration: OrchestrationHead, failure: Failure): Promise<void> {
    const { id, status } = orchestration;
    if (status !== 'pending' && status !== 'running') {
      return;
    }
    await this.activities.skipOpen(transaction, id, 'forward');
    const compensations = await this.activities.addCompensations(
      transaction,
      id,
      (name) => this.definitions.activity(name)?.compensation?.name,
    );
    if (compensations === 0) {
      await this.#close(transaction, id, { from: status, to: 'failed' }, failure);
      return;
    }
    await this.orchestrations.compensate(transaction, id, failure);
    this.#emit(transaction, orchestration, 'orchestration.compensating', failure);
  }

  async #close(
    transaction: Transaction,
    orchestrationId: string,
    move: Parameters<OrchestrationRepository['close']>[2],
    reason: Failure | null,
  ): Promise<void> {
    const closed = await this.orchestrations.close(transaction, orchestrationId, move, reason);
    if (!closed) {
      return;
    }
    const { id, kind, definitionVersion, instanceId, failure } = closed;
    const outcome = closed.status as ClosedOrchestration['outcome'];
    if (instanceId !== null) {
      await this.handlers.outcome(kind)(transaction, { id, kind, definitionVersion, instanceId, outcome, failure });
    }
    this.#emit(transaction, closed, `orchestration.${outcome}`, failure);
    await this.orchestrations.release(transaction, id);
    transaction.afterCommit(() => {
      this.metrics.orchestrations.inc({ kind, outcome });
    });
  }

  #emit(
    transaction: Transaction,
    { id, kind, instanceId }: OrchestrationHead,
    type: string,
    failure: Failure | null,
  ): void {
    if (instanceId !== null) {
      transaction.emit({
        instanceId,
        orchestrationId: id,
        type,
        data: { kind, ...(failure ? { error_code: failure.code, error: failure.message } : {}) },
      });
    }
  }
}
