import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { TimelineModule } from '../timeline/timeline.module.js';
import { HealthModule } from './health.module.js';
import { CheckAnnouncer } from './jobs/check-announcer.js';
import { HealthChecker } from './jobs/health-checker.js';
import { HealthRetention } from './jobs/health-retention.js';
import { HealthSchedulers } from './jobs/health-schedulers.js';
import { HealthSummary } from './jobs/health-summary.js';
import { HealthProcessor } from './jobs/health.processor.js';

@Module({
  imports: [InstancesModule, TimelineModule, HealthModule],
  providers: [CheckAnnouncer, HealthChecker, HealthSchedulers, HealthProcessor, HealthRetention, HealthSummary],
})
export class HealthJobsModule {}
