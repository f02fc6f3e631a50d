import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { StatsService } from './stats.service.js';
import { Stats } from './stats.schemas.js';

@ApiTags('stats')
@Controller('api/stats')
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get()
  @ApiOperation({
    summary: 'Read statistics',
    description: 'Counts, what is under way, capacity, and health over the last day.',
  })
  @ApiResponse({ status: 200, description: 'As of now.', standardSchema: Stats })
  async getStats(): Promise<z.input<typeof Stats>> {
    return this.stats.collect();
  }
}
