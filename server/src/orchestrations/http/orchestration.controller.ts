import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { pageOf } from '../../platform/http/page.js';
import { ApiProblems } from '../../platform/http/responses.js';
import { OrchestrationQueries } from '../data/orchestration.queries.js';
import { OrchestrationNotFoundError } from '../domain/orchestration-errors.js';
import { OrchestrationPresenter } from './orchestration.presenter.js';
import { ListOrchestrationsParameters, OrchestrationList, OrchestrationRecord } from './orchestration.schemas.js';

@ApiTags('orchestrations')
@Controller('api/orchestrations')
export class OrchestrationController {
  constructor(
    private readonly queries: OrchestrationQueries,
    private readonly presenter: OrchestrationPresenter,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List orchestrations', description: 'The newest first, with their activities.' })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: OrchestrationList })
  @ApiProblems('validation_failed')
  async listOrchestrations(
    @Query({ schema: ListOrchestrationsParameters }) query: z.output<typeof ListOrchestrationsParameters>,
  ): Promise<z.input<typeof OrchestrationList>> {
    const { rows, total } = await this.queries.list({
      kinds: query.kind,
      statuses: query.status,
      instanceId: query.instance_id,
      page: query.page,
      limit: query.limit,
    });
    return { orchestrations: await this.presenter.present(rows), ...pageOf(total, query) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read an orchestration', description: 'With its activities, attempts, times and errors.' })
  @ApiParam({ name: 'id', description: 'Id of the orchestration.', example: 'create-proddb-a1b2c3d4' })
  @ApiResponse({ status: 200, description: 'The orchestration.', standardSchema: OrchestrationRecord })
  @ApiProblems('orchestration_not_found')
  async getOrchestration(@Param('id') id: string): Promise<z.input<typeof OrchestrationRecord>> {
    const row = await this.queries.findOne(id);
    const [record] = row ? await this.presenter.present([row]) : [];
    if (!record) {
      throw new OrchestrationNotFoundError(id);
    }
    return record;
  }
}
