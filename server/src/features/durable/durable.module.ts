import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { InstanceSession } from './data/instance-session.js';
import { DurableService } from './durable.service.js';

@Module({ imports: [InstancesModule], providers: [DurableService, InstanceSession], exports: [DurableService] })
export class DurableModule {}
