import { Module } from '@nestjs/common';
import { InstanceController } from './http/instance.controller.js';
import { LifecycleController } from './http/lifecycle.controller.js';
import { OperationController } from './http/operation.controller.js';
import { InstancesModule } from './instances.module.js';

@Module({ imports: [InstancesModule], controllers: [InstanceController, LifecycleController, OperationController] })
export class InstancesHttpModule {}
