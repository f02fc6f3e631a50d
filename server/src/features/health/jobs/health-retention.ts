import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Config, CONFIG } from '../../../config/config.js';
import { HousekeepingTask } from '../../../housekeeping/housekeeping-task.js';
import { HealthPartitions } from '../data/health-partitions.js';
import { HealthRollups } from '../data/health-rollups.js';

const HOUR_MS = 3_600_000;

/** Makes tomorrow's partition and drops those that are too old. */
@Injectable()
@HousekeepingTask({ name: 'health-retention', everyMs: HOUR_MS })
export class HealthRetention implements OnModuleInit {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly partitions: HealthPartitions,
    private readonly rollups: HealthRollups,
  ) {}

  /** The first check must find today's partition. */
  async onModuleInit(): Promise<void> {
    await this.partitions.ensure();
  }

  async run(): Promise<void> {
    await this.partitions.ensure();
    await this.partitions.expire(this.config.healthRetentionDays);
    await this.rollups.expire(this.config.healthRetentionDays);
  }
}
