import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { HealthPartitions } from './data/health-partitions.js';
import { HealthRollups } from './data/health-rollups.js';
import { HealthRepository } from './data/health.repository.js';

@Module({
  imports: [InstancesModule],
  providers: [HealthRepository, HealthPartitions, HealthRollups],
  exports: [HealthRepository, HealthPartitions, HealthRollups],
})
export class HealthModule {}
