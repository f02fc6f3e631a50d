import { Controller, Get, HttpStatus, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { QueueMetrics } from '../../platform/telemetry/queue-metrics.js';
import { ReadinessProbe } from '../readiness.js';
import { Liveness, ReadinessReport } from './system.schemas.js';

const METRICS_EXAMPLE = 'toygres_orchestrations_total{kind="create",outcome="succeeded"} 12\n';

@ApiTags('system')
@Controller()
export class SystemController {
  constructor(
    private readonly readiness: ReadinessProbe,
    private readonly metrics: Metrics,
    private readonly queueMetrics: QueueMetrics,
  ) {}

  @Get('health')
  @ApiOperation({ summary: 'Liveness', description: 'Answers as long as the process serves requests.' })
  @ApiResponse({ status: 200, description: 'Alive.', standardSchema: Liveness })
  getLiveness(): z.input<typeof Liveness> {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiOperation({ summary: 'Readiness', description: 'Database, queue, data plane and pending migrations.' })
  @ApiResponse({ status: 200, description: 'Ready.', standardSchema: ReadinessReport })
  @ApiResponse({ status: 503, description: 'Not ready; the components say why.', standardSchema: ReadinessReport })
  async getReadiness(@Res({ passthrough: true }) reply: FastifyReply): Promise<z.input<typeof ReadinessReport>> {
    const report = await this.readiness.check();
    void reply.status(report.status === 'ok' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE);
    return report;
  }

  @Get('metrics')
  @ApiOperation({ summary: 'Metrics', description: 'In the text format of Prometheus.' })
  @ApiResponse({
    status: 200,
    description: 'The metrics.',
    content: { 'text/plain': { schema: { type: 'string' }, example: METRICS_EXAMPLE } },
  })
  async getMetrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    await this.queueMetrics.update();
    const { contentType, body } = await this.metrics.render();
    void reply.type(contentType);
    return body;
  }
}
