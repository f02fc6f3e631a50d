import { Module } from '@nestjs/common';
import { ConsistencyModule } from './consistency.module.js';
import { Reconciler } from './jobs/reconciler.js';

@Module({ imports: [ConsistencyModule], providers: [Reconciler] })
export class ConsistencyJobsModule {}
