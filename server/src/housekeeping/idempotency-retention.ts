import { Injectable } from '@nestjs/common';
import { Idempotency } from '../platform/idempotency/idempotency.js';
import { HousekeepingTask } from './housekeeping-task.js';

const HOUR_MS = 3_600_000;

/** Removes answers to idempotency keys that nobody may ask for any more. */
@Injectable()
@HousekeepingTask({ name: 'idempotency-retention', everyMs: HOUR_MS })
export class IdempotencyRetention {
  constructor(private readonly idempotency: Idempotency) {}

  async run(): Promise<void> {
    await this.idempotency.expire();
  }
}
