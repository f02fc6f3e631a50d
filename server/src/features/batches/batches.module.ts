import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { BatchService } from './batch.service.js';
import { BatchRepository } from './data/batch.repository.js';

@Module({
  imports: [InstancesModule],
  providers: [BatchRepository, BatchService],
  exports: [InstancesModule, BatchRepository, BatchService],
})
export class BatchesModule {}
