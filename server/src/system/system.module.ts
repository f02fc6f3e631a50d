import { Module } from '@nestjs/common';
import { MetricsModule } from '../platform/telemetry/metrics.module.js';
import { QueueMetrics } from '../platform/telemetry/queue-metrics.js';
import { ReadinessProbe } from './readiness.js';

/** What tells how a process is doing. */
@Module({
  imports: [MetricsModule],
  providers: [QueueMetrics, ReadinessProbe],
  exports: [MetricsModule, QueueMetrics, ReadinessProbe],
})
export class SystemModule {}
