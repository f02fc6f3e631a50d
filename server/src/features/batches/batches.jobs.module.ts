import { Module } from '@nestjs/common';
import { BatchesModule } from './batches.module.js';
import { BatchRunner } from './jobs/batch-runner.js';

@Module({ imports: [BatchesModule], providers: [BatchRunner] })
export class BatchesJobsModule {}
