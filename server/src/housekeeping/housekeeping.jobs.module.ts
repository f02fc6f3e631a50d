import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { HousekeepingProcessor } from './housekeeping.processor.js';
import { IdempotencyRetention } from './idempotency-retention.js';

@Module({ imports: [DiscoveryModule], providers: [HousekeepingProcessor, IdempotencyRetention] })
export class HousekeepingJobsModule {}
