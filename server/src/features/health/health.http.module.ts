import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { HealthModule } from './health.module.js';
import { HealthController } from './http/health.controller.js';

@Module({ imports: [InstancesModule, HealthModule], controllers: [HealthController] })
export class HealthHttpModule {}
