import { Module } from '@nestjs/common';
import { PoolRefill } from './local/pool-refill.js';

/** What a data plane does by itself in a worker. */
@Module({ providers: [PoolRefill] })
export class DataPlaneJobsModule {}
