import { Module } from '@nestjs/common';
import { SystemController } from './http/system.controller.js';
import { SystemModule } from './system.module.js';

@Module({ imports: [SystemModule], controllers: [SystemController] })
export class SystemHttpModule {}
