import { Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ANONYMOUS } from '../../../platform/http/actor.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { IdempotencyRequest } from '../../../platform/idempotency/idempotency.js';
import { InstanceLifecycle } from '../instance-lifecycle.js';
import type { OperationAccepted } from './instance.schemas.js';
import { ApiOperates, answer } from './operation-accepted.js';

const ID_PARAMETER = { name: 'id', description: 'Id of the orchestration.', example: 'create-proddb-a1b2c3d4' };

/** What is asked of an orchestration; what it means for its instance is decided here too. */
@ApiTags('orchestrations')
@Controller('api/orchestrations/:id')
export class OperationController {
  constructor(private readonly lifecycle: InstanceLifecycle) {}

  @Post('cancel')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Call an orchestration off',
    description: 'Possible while `cancellable`. What is running lets go, and what was begun is undone.',
  })
  @ApiParam(ID_PARAMETER)
  @ApiOperates()
  @ApiProblems('orchestration_not_found', 'not_cancellable')
  async cancelOrchestration(
    @Param('id') id: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof OperationAccepted>> {
    return answer(reply, await this.lifecycle.cancel(id, ANONYMOUS, key));
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Go on with a failed orchestration',
    description:
      'Possible while `retryable`: for the one that left its instance failed. It goes on with the first activity that is not done, or from the start where all was undone.',
  })
  @ApiParam(ID_PARAMETER)
  @ApiOperates()
  @ApiProblems('orchestration_not_found', 'not_retryable')
  async retryOrchestration(
    @Param('id') id: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof OperationAccepted>> {
    return answer(reply, await this.lifecycle.retry(id, ANONYMOUS, key));
  }
}
