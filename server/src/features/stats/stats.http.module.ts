import { Module } from '@nestjs/common';
import { OrchestrationsHttpModule } from '../../orchestrations/orchestrations.http.module.js';
import { HealthModule } from '../health/health.module.js';
import { InstancesModule } from '../instances/instances.module.js';
import { StatsModule } from './stats.module.js';
import { StatsController } from './http/stats.controller.js';
import { StatsService } from './http/stats.service.js';

@Module({
  imports: [StatsModule, InstancesModule, HealthModule, OrchestrationsHttpModule],
  providers: [StatsService],
  controllers: [StatsController],
})
export class StatsHttpModule {}
