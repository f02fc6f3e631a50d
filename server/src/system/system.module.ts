import { Module } from '@nestjs/common';
import { QueueMetrics } from '../platform/telemetry/queue-metrics.js';
import { ReadinessProbe } from './readiness.js';

/** What tells how a process is doing. */
@Module({
  providers: [QueueMetrics, ReadinessProbe],
  exports: [QueueMetrics, ReadinessProbe],
})
export class SystemModule {}
