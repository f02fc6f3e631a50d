import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Idempotency, type IdempotencyRequest, type Replayable } from '../../platform/idempotency/idempotency.js';
import { type CreateInstance, InstanceService } from '../instances/index.js';
import { BatchRepository, type NewBatch } from './data/batch.repository.js';
import type { BatchKind } from './domain/batch.js';
import { BatchEndedError, BatchNotFoundError } from './domain/batch-errors.js';

/** What was accepted. It is kept as JSON for a repeated request. */
export interface BatchAccepted {
  readonly batch_id: string;
  readonly total: number;
  readonly message: string;
}

/** What is asked for many instances at once. It is written and answered; workers begin the items, some at a time. */
@Injectable()
export class BatchService {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly instances: InstanceService,
    private readonly batches: BatchRepository,
  ) {}

  /**
   * @param pointer where in the body an instance is, by its index
   * @throws UnsupportedError
   */
  async create(
    requests: readonly CreateInstance[],
    pointer: (index: number) => string,
    startedBy: string,
    key: IdempotencyRequest | undefined,
  ): Promise<Replayable<BatchAccepted>> {
    const answered = await this.idempotency.answerTo<BatchAccepted>(key);
    if (answered) {
      return answered;
    }
    const instances = await this.instances.prepare(requests, pointer);
    return this.idempotency.run(key, async (transaction) => {
      const batch = newBatch('create', startedBy);
      await this.batches.insertCreates(transaction, batch, instances);
      await this.batches.settle(transaction, batch.id);
      return { batch_id: batch.id, total: instances.length, message: `${counted(instances.length)} will be created.` };
    });
  }

  /** @param names names or ids of instances; what does not exist is an item that has failed */
  async delete(
    names: readonly string[],
    { purge }: { readonly purge: boolean },
    startedBy: string,
    key: IdempotencyRequest | undefined,
  ): Promise<Replayable<BatchAccepted>> {
    const once = [...new Set(names)];
    return this.idempotency.run(key, async (transaction) => {
      const batch = newBatch(purge ? 'purge' : 'delete', startedBy);
      await this.batches.insertDeletes(transaction, batch, once);
      await this.batches.settle(transaction, batch.id);
      const what = purge ? 'removed for good' : 'deleted';
      return { batch_id: batch.id, total: once.length, message: `${counted(once.length)} will be ${what}.` };
    });
  }

  /**
   * Calls off what was not begun; what was begun goes on. Twice is the same as once while something goes on.
   *
   * @throws BatchNotFoundError, BatchEndedError
   */
  async cancelRest(id: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      const batch = await this.batches.lock(transaction, id);
      if (!batch) {
        throw new BatchNotFoundError(id);
      }
      const any = await this.batches.cancelPending(transaction, id);
      if (!any && !batch.cancel_requested) {
        throw new BatchEndedError(id);
      }
      await this.batches.settle(transaction, id);
    });
  }
}

function newBatch(kind: BatchKind, startedBy: string): NewBatch {
  return { id: `batch-${kind}-${randomBytes(5).toString('hex')}`, kind, startedBy };
}

function counted(instances: number): string {
  return instances === 1 ? '1 instance' : `${String(instances)} instances`;
}
