import { Injectable } from '@nestjs/common';
import {
  ActivityRepository,
  DefinitionRegistry,
  type OrchestrationHead,
  OrchestrationNotFoundError,
  OrchestrationRepository,
  OrchestrationStarter,
} from '../../orchestrations/index.js';
import type { Transaction } from '../../platform/database/database.js';
import { Idempotency, type IdempotencyRequest, type Replayable } from '../../platform/idempotency/idempotency.js';
import { type InstanceRecord, InstanceRepository } from './data/instance.repository.js';
import { type InstanceState, orchestrationId } from './domain/instance.js';
import {
  DeletionProtectedError,
  InstanceNotFoundError,
  InvalidStateError,
  NotCancellableError,
  NotRetryableError,
  OrchestrationInProgressError,
} from './domain/instance-errors.js';
import { hasData, INSTANCE_OPERATIONS } from './domain/instance-operations.js';
import { DELETE, PURGE, RESTART, START_UP, STOP, UNDELETE, UPKEEP } from './domain/instance-orchestrations.js';

/** What was accepted. It is kept as JSON for a repeated request. */
export interface OperationAccepted {
  /** What carries it out; null when nothing is left to do. */
  readonly orchestration_id: string | null;
  /** State of the instance now. */
  readonly state: InstanceState;
  readonly message: string;
}

/** An instance that nobody else asks anything of until the transaction ends, and what is under way with it. */
interface Held {
  readonly transaction: Transaction;
  readonly instance: InstanceRecord;
  /** The oldest first. */
  readonly open: readonly OrchestrationHead[];
  readonly startedBy: string;
}

/**
 * What people ask of an instance that is there. Each request is one orchestration or joins the one that is doing the same already; what is
 * in the way of it is named. What Toygres has begun by itself gives way to people, and everything gives way to a deletion.
 */
@Injectable()
export class InstanceLifecycle {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly instances: InstanceRepository,
    private readonly orchestrations: OrchestrationRepository,
    private readonly activities: ActivityRepository,
    private readonly definitions: DefinitionRegistry,
    private readonly starter: OrchestrationStarter,
  ) {}

  /** Stops the server and keeps data and endpoint. @throws InstanceNotFoundError, InvalidStateError, OrchestrationInProgressError */
  async stop(name: string, startedBy: string, key?: IdempotencyRequest): Promise<Replayable<OperationAccepted>> {
    return this.#ask(name, startedBy, key, async (held) => {
      switch (held.instance.state) {
        case 'running':
          return this.#begin(held, STOP.kind, 'The instance is being stopped.');
        case 'stopping': {
          // A start that waits for the stop is not wanted any more.
          await this.#supersede(held, [START_UP.kind], 'It is to stay stopped.');
          return this.#join(held, STOP.kind, 'The instance is being stopped already.');
        }
        case 'stopped':
          return this.#nothingToDo(held, 'The instance is stopped already.');
        default:
          return this.#refuse(held, 'be stopped', 'Only a running instance can be stopped.');
      }
    });
  }

  /**
   * Starts the server of a stopped or failed instance. While it is being stopped, the start waits for that.
   *
   * @throws InstanceNotFoundError, InvalidStateError, OrchestrationInProgressError
   */
  async start(name: string, startedBy: string, key?: IdempotencyRequest): Promise<Replayable<OperationAccepted>> {
    return this.#ask(name, startedBy, key, async (held) => {
      const { instance, open } = held;
      switch (instance.state) {
        case 'failed':
          if (!hasData(instance)) {
            return this.#refuse(
              held,
              'be started',
              'There are no data to start it with: retry what has failed, or delete it.',
            );
          }
          return this.#begin(held, START_UP.kind, 'The instance is being started.');
        case 'stopped':
          return this.#begin(held, START_UP.kind, 'The instance is being started.');
        case 'stopping': {
          const queued = open.find(({ kind }) => kind === START_UP.kind);
          const stop = open.find(({ kind }) => kind === STOP.kind);
          const message = 'The instance will be started when it is stopped.';
          return queued
            ? accepted(queued.id, instance.state, message)
            : accepted(await this.#insert(held, START_UP.kind, stop?.id), instance.state, message);
        }
        case 'starting':
          return this.#join(held, null, 'The instance is being started already.');
        case 'running':
          return this.#nothingToDo(held, 'The instance is running already.');
        case 'deleted':
          return this.#refuse(held, 'be started', 'Undelete it.');
        default:
          return this.#refuse(held, 'be started', 'Only a stopped or failed instance can be started.');
      }
    });
  }

  /** Stops and starts the server. @throws InstanceNotFoundError, InvalidStateError, OrchestrationInProgressError */
  async restart(name: string, startedBy: string, key?: IdempotencyRequest): Promise<Replayable<OperationAccepted>> {
    return this.#ask(name, startedBy, key, async (held) => {
      switch (held.instance.state) {
        case 'running':
          return this.#begin(held, RESTART.kind, 'The instance is being restarted.');
        case 'restarting':
          return this.#join(held, RESTART.kind, 'The instance is being restarted already.');
        default:
          return this.#refuse(held, 'be restarted', 'Only a running instance can be restarted; start it instead.');
      }
    });
  }

  /**
   * Deletes an instance: legal in every state, twice is the same as once, and whatever is under way gives way. Its data and its name are kept
   * until it is purged; one that has no data is purged at once.
   *
   * @param options.purge removes it for good, without keeping anything
   * @throws InstanceNotFoundError, DeletionProtectedError
   */
  async delete(
    name: string,
    options: { readonly purge: boolean },
    startedBy: string,
    key?: IdempotencyRequest,
  ): Promise<Replayable<OperationAccepted>> {
    return this.idempotency.run(key, (transaction) => this.deleteIn(transaction, name, options, startedBy));
  }

  /** The same as {@link delete}, as a part of a transaction that has locked no instance yet. */
  async deleteIn(
    transaction: Transaction,
    name: string,
    { purge }: { readonly purge: boolean },
    startedBy: string,
  ): Promise<OperationAccepted> {
    return this.#askIn(transaction, name, startedBy, async (held) => {
      const { instance } = held;
      const { state } = instance;
      if (state === 'purged') {
        return this.#nothingToDo(held, 'The instance is purged already.');
      }
      if (state === 'purging') {
        return this.#join(held, PURGE.kind, 'The instance is being purged already.');
      }
      if (!purge && state === 'deleted') {
        return this.#nothingToDo(held, 'The instance is deleted already.');
      }
      if (!purge && state === 'deleting') {
        return this.#join(held, DELETE.kind, 'The instance is being deleted already.');
      }
      if (instance.deletionProtection) {
        throw new DeletionProtectedError(instance.name);
      }
      // Nobody has seen an instance that is being created run, and nobody can have put anything into it.
      const gone = purge || state === 'creating' || !hasData(instance);
      await this.#supersede(held, null, `The instance is being ${gone ? 'purged' : 'deleted'}.`);
      return gone
        ? this.#begin(held, PURGE.kind, 'The instance is being removed for good.')
        : this.#begin(held, DELETE.kind, 'The instance is being deleted; its data are kept for a while.');
    });
  }

  /** Brings a deleted instance back, as it was. @throws InstanceNotFoundError, InvalidStateError, OrchestrationInProgressError */
  async undelete(name: string, startedBy: string, key?: IdempotencyRequest): Promise<Replayable<OperationAccepted>> {
    return this.#ask(name, startedBy, key, async (held) => {
      const { instance, open } = held;
      if (instance.state === 'deleted') {
        return this.#begin(held, UNDELETE.kind, 'The instance is being brought back.');
      }
      if (open.some(({ kind }) => kind === UNDELETE.kind)) {
        return this.#join(held, UNDELETE.kind, 'The instance is being brought back already.');
      }
      return this.#refuse(held, 'be undeleted', 'Only a deleted instance that is not purged yet can be brought back.');
    });
  }

  /** Purges a deleted instance whose time is up. Does nothing when it was brought back meanwhile. @returns whether a purge was started */
  async purgeExpired(id: string): Promise<boolean> {
    const { response } = await this.#ask(id, 'retention', undefined, async (held) => {
      const expired = held.instance.state === 'deleted' && (await this.instances.isExpired(held.transaction, id));
      return expired
        ? this.#begin(held, PURGE.kind, 'The time for which it was kept is up.')
        : this.#nothingToDo(held, 'It is not to be purged.');
    });
    return response.orchestration_id !== null;
  }

  /**
   * Calls an orchestration off: what is running lets go, what was begun is undone. Twice is the same as once.
   *
   * @throws OrchestrationNotFoundError, NotCancellableError
   */
  async cancel(id: string, startedBy: string, key?: IdempotencyRequest): Promise<Replayable<OperationAccepted>> {
    const { instanceId } = await this.#orchestration(id);
    return this.#ask(instanceId, startedBy, key, async (held) => {
      const orchestration = held.open.find((open) => open.id === id);
      if (!orchestration) {
        throw new NotCancellableError(`${id} has ended already.`);
      }
      await this.#callOff(held, orchestration);
      return accepted(id, held.instance.state, `${id} is being called off.`);
    });
  }

  /** Calls off what is under way with an instance. @throws InstanceNotFoundError, NotCancellableError */
  async cancelCurrent(
    name: string,
    startedBy: string,
    key?: IdempotencyRequest,
  ): Promise<Replayable<OperationAccepted>> {
    return this.#ask(name, startedBy, key, async (held) => {
      const [current] = held.open;
      if (!current) {
        throw new NotCancellableError(`Nothing is under way with "${held.instance.name}".`);
      }
      await this.#callOff(held, current);
      return accepted(current.id, held.instance.state, `${current.id} is being called off.`);
    });
  }

  /**
   * Goes on with the orchestration that left its instance failed: from its first activity that is not done, or from the start where all was
   * undone.
   *
   * @throws OrchestrationNotFoundError, NotRetryableError
   */
  async retry(id: string, startedBy: string, key?: IdempotencyRequest): Promise<Replayable<OperationAccepted>> {
    const { instanceId } = await this.#orchestration(id);
    return this.#ask(instanceId, startedBy, key, (held) => this.#retry(held, id));
  }

  /** Goes on with what left an instance failed. @throws InstanceNotFoundError, NotRetryableError */
  async retryCurrent(
    name: string,
    startedBy: string,
    key?: IdempotencyRequest,
  ): Promise<Replayable<OperationAccepted>> {
    return this.#ask(name, startedBy, key, (held) => this.#retry(held, null));
  }

  async #retry(held: Held, id: string | null): Promise<OperationAccepted> {
    const { transaction, instance, open } = held;
    const kinds = Object.keys(INSTANCE_OPERATIONS);
    const last = await this.orchestrations.latestOf(transaction, instance.id, kinds);
    if (instance.state !== 'failed' || !last || open.some(({ kind }) => !UPKEEP.includes(kind))) {
      throw new NotRetryableError(`"${instance.name}" is in the state "${instance.state}": nothing of it has failed.`);
    }
    if (id !== null && id !== last.id) {
      throw new NotRetryableError(`${id} is not the last of "${instance.name}"; ${last.id} is.`);
    }
    const operation = INSTANCE_OPERATIONS[last.kind];
    if (!operation || (last.status !== 'failed' && last.status !== 'cancelled')) {
      throw new NotRetryableError(`${last.id} has not failed.`);
    }
    await this.#supersede(held, UPKEEP, 'Somebody has asked for something else.');
    await this.activities.reset(transaction, last.id);
    await this.orchestrations.reopen(transaction, last.id, this.definitions.definition(last.kind).deadlineMs);
    await this.#move(held, operation.during, last.id);
    return accepted(last.id, operation.during, `${last.id} goes on.`);
  }

  async #callOff({ transaction, instance, open }: Held, orchestration: OrchestrationHead): Promise<void> {
    if (orchestration.status === 'compensating') {
      throw new NotCancellableError(`${orchestration.id} has failed and is being undone already.`);
    }
    if (!this.definitions.definition(orchestration.kind).cancellable) {
      throw new NotCancellableError(
        orchestration.kind === DELETE.kind
          ? `A deletion can not be called off. Undelete "${instance.name}" when it is deleted.`
          : `A ${orchestration.kind} can not be called off.`,
      );
    }
    if (!orchestration.cancelRequested) {
      await this.orchestrations.callOff(transaction, orchestration, 'It was called off.');
    }
    // What waits for it was asked for on the assumption that it happens.
    for (const waiting of open.filter(({ afterId }) => afterId === orchestration.id)) {
      await this.orchestrations.supersede(transaction, waiting, `${orchestration.id} was called off.`);
    }
  }

  /**
   * Runs `work` while nobody else asks anything of the instance. Orchestrations are locked before their instance, as everywhere; no other
   * can come between, because whoever begins one comes by here.
   */
  async #ask(
    nameOrId: string,
    startedBy: string,
    key: IdempotencyRequest | undefined,
    work: (held: Held) => Promise<OperationAccepted>,
  ): Promise<Replayable<OperationAccepted>> {
    return this.idempotency.run(key, (transaction) => this.#askIn(transaction, nameOrId, startedBy, work));
  }

  async #askIn(
    transaction: Transaction,
    nameOrId: string,
    startedBy: string,
    work: (held: Held) => Promise<OperationAccepted>,
  ): Promise<OperationAccepted> {
    const id = await this.instances.lockForRequest(transaction, nameOrId);
    const open = id === undefined ? [] : await this.orchestrations.openOf(transaction, id, true);
    const instance = id === undefined ? undefined : await this.instances.lock(transaction, id);
    if (!instance) {
      throw new InstanceNotFoundError(nameOrId);
    }
    return work({ transaction, instance, open, startedBy });
  }

  async #orchestration(id: string): Promise<{ readonly instanceId: string }> {
    const orchestration = await this.orchestrations.find(id);
    const instanceId = orchestration?.instanceId ?? null;
    if (instanceId === null) {
      throw new OrchestrationNotFoundError(id);
    }
    return { instanceId };
  }

  /** Starts an orchestration and moves the instance to the state that it is in meanwhile. */
  async #begin(held: Held, kind: string, message: string): Promise<OperationAccepted> {
    await this.#supersede(held, UPKEEP, 'Somebody has asked for something else.');
    const during = INSTANCE_OPERATIONS[kind]?.during ?? held.instance.state;
    const id = await this.#insert(held, kind);
    await this.#move(held, during, id);
    return accepted(id, during, message);
  }

  async #insert({ transaction, instance, startedBy }: Held, kind: string, afterId?: string): Promise<string> {
    const number = (await this.orchestrations.countOf(transaction, instance.id, kind)) + 1;
    const id = orchestrationId(kind, instance.k8sName, number);
    await this.starter.start(transaction, { id, kind, instanceId: instance.id, startedBy, afterId });
    return id;
  }

  async #move({ transaction, instance }: Held, to: InstanceState, orchestration: string): Promise<void> {
    await this.instances.move(transaction, instance, to, { orchestrationId: orchestration, failure: null });
  }

  async #supersede({ transaction, open }: Held, kinds: readonly string[] | null, reason: string): Promise<void> {
    for (const orchestration of open) {
      if (kinds === null || kinds.includes(orchestration.kind)) {
        await this.orchestrations.supersede(transaction, orchestration, reason);
      }
    }
  }

  async #join({ transaction, instance, open }: Held, kind: string | null, message: string): Promise<OperationAccepted> {
    const same = open.find((one) => kind === null || one.kind === kind);
    const id = same?.id ?? (await this.orchestrations.latestOf(transaction, instance.id))?.id ?? null;
    return accepted(id, instance.state, message);
  }

  #nothingToDo({ instance }: Held, message: string): Promise<OperationAccepted> {
    return Promise.resolve(accepted(null, instance.state, message));
  }

  /** @throws OrchestrationInProgressError when it is only a matter of time, else InvalidStateError */
  #refuse({ instance, open }: Held, what: string, advice: string): never {
    const [inTheWay] = open.filter(({ kind }) => !UPKEEP.includes(kind));
    if (inTheWay) {
      throw new OrchestrationInProgressError(instance.name, what, inTheWay);
    }
    throw new InvalidStateError(instance.name, what, instance.state, advice);
  }
}

function accepted(id: string | null, state: InstanceState, message: string): OperationAccepted {
  return { orchestration_id: id, state, message };
}
