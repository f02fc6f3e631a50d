import { Module } from '@nestjs/common';
import { StatsModule } from '../stats/stats.module.js';
import { CapabilitiesController } from './http/capabilities.controller.js';

@Module({ imports: [StatsModule], controllers: [CapabilitiesController] })
export class CapabilitiesHttpModule {}
