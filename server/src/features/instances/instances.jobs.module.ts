import { Module } from '@nestjs/common';
import { InstancesModule } from './instances.module.js';
import { CountCompaction } from './jobs/count-compaction.js';
import { DeletedRetention } from './jobs/deleted-retention.js';
import { InstanceActivities } from './jobs/instance.activities.js';
import { InstanceOutcomes } from './jobs/instance.outcomes.js';
import { InstanceSupervisor } from './jobs/instance-supervisor.js';

@Module({
  imports: [InstancesModule],
  providers: [InstanceActivities, InstanceOutcomes, InstanceSupervisor, CountCompaction, DeletedRetention],
})
export class InstancesJobsModule {}
