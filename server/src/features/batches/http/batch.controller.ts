import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { pageOf } from '../../../platform/http/page.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import { BatchService } from '../batch.service.js';
import { BatchRepository, type BatchRow } from '../data/batch.repository.js';
import { BatchNotFoundError } from '../domain/batch-errors.js';
import { Batch, BatchDetails, BatchList, ListBatchesParameters } from './batch.schemas.js';

const ID_PARAMETER = { name: 'id', description: 'Id of the batch.', example: 'batch-create-0c1d2e3f4a' };

@ApiTags('batches')
@Controller('api/batches')
export class BatchController {
  constructor(
    private readonly service: BatchService,
    private readonly batches: BatchRepository,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List batches', description: 'The newest first.' })
  @ApiResponse({ status: 200, description: 'One page.', standardSchema: BatchList })
  @ApiProblems('validation_failed')
  async listBatches(
    @Query({ schema: ListBatchesParameters }) { status, page, limit }: z.output<typeof ListBatchesParameters>,
  ): Promise<z.input<typeof BatchList>> {
    const { rows, total } = await this.batches.list({ statuses: status, page, limit });
    return { batches: [...rows], ...pageOf(total, { page, limit }) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a batch', description: 'With what has become of each of its instances.' })
  @ApiParam(ID_PARAMETER)
  @ApiResponse({ status: 200, description: 'The batch.', standardSchema: BatchDetails })
  @ApiProblems('batch_not_found')
  async getBatch(@Param('id') id: string): Promise<z.input<typeof BatchDetails>> {
    return { ...(await this.#find(id)), items: [...(await this.batches.items(id))] };
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Call off the rest of a batch',
    description: 'What was not begun is not begun any more; what is under way goes on.',
  })
  @ApiParam(ID_PARAMETER)
  @ApiResponse({ status: 202, description: 'The batch as it is now.', standardSchema: Batch })
  @ApiProblems('batch_not_found', 'not_cancellable')
  async cancelBatch(@Param('id') id: string): Promise<z.input<typeof Batch>> {
    await this.service.cancelRest(id);
    return this.#find(id);
  }

  async #find(id: string): Promise<BatchRow> {
    const batch = await this.batches.find(id);
    if (!batch) {
      throw new BatchNotFoundError(id);
    }
    return batch;
  }
}
