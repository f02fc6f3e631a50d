import { Module } from '@nestjs/common';
import { InstanceController } from './http/instance.controller.js';
import { InstancesModule } from './instances.module.js';

@Module({ imports: [InstancesModule], controllers: [InstanceController] })
export class InstancesHttpModule {}
