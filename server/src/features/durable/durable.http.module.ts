import { Module } from '@nestjs/common';
import { DurableModule } from './durable.module.js';
import { DurableController } from './http/durable.controller.js';

@Module({ imports: [DurableModule], controllers: [DurableController] })
export class DurableHttpModule {}
