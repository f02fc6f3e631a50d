import { Module } from '@nestjs/common';
import { ConsistencyController } from './http/consistency.controller.js';
import { ConsistencyService } from './consistency.service.js';
import { RecordedInstances } from './data/recorded-instances.js';

@Module({ providers: [ConsistencyService, RecordedInstances], controllers: [ConsistencyController] })
export class ConsistencyHttpModule {}
