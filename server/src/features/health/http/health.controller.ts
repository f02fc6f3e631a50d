import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { ApiProblems } from '../../../platform/http/responses.js';
import { InstanceName } from '../../instances/http.js';
import { InstanceNotFoundError, InstanceQueries } from '../../instances/index.js';
import { HealthRepository } from '../data/health.repository.js';
import { HealthHistory, HealthParameters, RESOLUTIONS } from './health.schemas.js';

@ApiTags('health')
@Controller('api/instances/:name/health')
export class HealthController {
  constructor(
    private readonly queries: InstanceQueries,
    private readonly health: HealthRepository,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Read the health history',
    description: 'Single checks, or stretches with percentiles and uptime.',
  })
  @ApiParam({ name: 'name', description: 'Name of the instance, or its id.', example: 'proddb' })
  @ApiResponse({ status: 200, description: 'Status and history.', standardSchema: HealthHistory })
  @ApiProblems('validation_failed', 'instance_not_found')
  async getInstanceHealth(
    @Param('name', InstanceName) name: string,
    @Query({ schema: HealthParameters }) query: z.output<typeof HealthParameters>,
  ): Promise<z.input<typeof HealthHistory>> {
    const instance = await this.queries.findOne(name);
    if (!instance) {
      throw new InstanceNotFoundError(name);
    }
    const seconds = RESOLUTIONS[query.resolution];
    const [history, buckets, uptime] = await Promise.all([
      seconds === null ? this.health.history(instance.id, query, query.limit) : [],
      seconds === null ? [] : this.health.buckets(instance.id, query, seconds),
      this.health.uptime(instance.id, query),
    ]);
    return {
      current_status: instance.health_status,
      last_check: instance.checked_at,
      history: [...history],
      buckets: [...buckets],
      uptime_percent: uptime,
    };
  }
}
