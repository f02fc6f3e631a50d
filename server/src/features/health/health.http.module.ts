import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { TimelineHttpModule } from '../timeline/timeline.http.module.js';
import { HealthModule } from './health.module.js';
import { HealthController } from './http/health.controller.js';
import { LiveChecks } from './http/live-checks.js';

@Module({
  imports: [InstancesModule, HealthModule, TimelineHttpModule],
  providers: [LiveChecks],
  controllers: [HealthController],
})
export class HealthHttpModule {}
