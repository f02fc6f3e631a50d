import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { HealthPartitions } from './data/health-partitions.js';
import { HealthRepository } from './data/health.repository.js';

@Module({
  imports: [InstancesModule],
  providers: [HealthRepository, HealthPartitions],
  exports: [HealthRepository, HealthPartitions],
})
export class HealthModule {}
