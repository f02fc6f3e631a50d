import { Module } from '@nestjs/common';
import { InstancesModule } from '../instances/instances.module.js';
import { EventHub } from './http/event-hub.js';
import { TimelineController } from './http/timeline.controller.js';
import { TimelineModule } from './timeline.module.js';

@Module({
  imports: [InstancesModule, TimelineModule],
  providers: [EventHub],
  controllers: [TimelineController],
  exports: [EventHub],
})
export class TimelineHttpModule {}
