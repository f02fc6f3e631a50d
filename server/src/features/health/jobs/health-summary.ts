import { Injectable } from '@nestjs/common';
import { HousekeepingTask } from '../../../housekeeping/housekeeping-task.js';
import { HealthRollups } from '../data/health-rollups.js';

/** Dashboards sum up themselves what this has not come to yet; the shorter that is, the cheaper for them. */
const EVERY_MS = 60_000;

/** Sums up the checks of periods that are over. */
@Injectable()
@HousekeepingTask({ name: 'health-summary', everyMs: EVERY_MS })
export class HealthSummary {
  constructor(private readonly rollups: HealthRollups) {}

  async run(): Promise<void> {
    await this.rollups.advance();
  }
}
