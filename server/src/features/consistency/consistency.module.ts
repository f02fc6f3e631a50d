import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { ConsistencyService } from './consistency.service.js';
import { FindingRepository } from './data/finding.repository.js';
import { RecordedInstances } from './data/recorded-instances.js';

@Module({
  imports: [InstancesModule],
  providers: [ConsistencyService, RecordedInstances, FindingRepository],
  exports: [InstancesModule, ConsistencyService, FindingRepository],
})
export class ConsistencyModule {}
