import { Module } from '@nestjs/common';
import { ConsistencyModule } from './consistency.module.js';
import { ConsistencyController } from './http/consistency.controller.js';
import { FindingController } from './http/finding.controller.js';

@Module({ imports: [ConsistencyModule], controllers: [ConsistencyController, FindingController] })
export class ConsistencyHttpModule {}
