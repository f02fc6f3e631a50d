import { Injectable } from '@nestjs/common';
import { HousekeepingTask } from '../../../housekeeping/housekeeping-task.js';
import { InstanceQueries } from '../data/instance.queries.js';

/** Often enough that a list adds up a few hundred changes at most while thousands of instances are made. */
const EVERY_MS = 15_000;

@Injectable()
@HousekeepingTask({ name: 'count-compaction', everyMs: EVERY_MS })
export class CountCompaction {
  constructor(private readonly queries: InstanceQueries) {}

  async run(): Promise<void> {
    await this.queries.compactCounts();
  }
}
