import { Module } from '@nestjs/common';
import { BatchesModule } from './batches.module.js';
import { BatchController } from './http/batch.controller.js';
import { BulkController } from './http/bulk.controller.js';

@Module({ imports: [BatchesModule], controllers: [BatchController, BulkController] })
export class BatchesHttpModule {}
