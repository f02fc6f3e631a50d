import { Controller, Delete, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ANONYMOUS } from '../../../platform/http/actor.js';
import { IdempotencyKey } from '../../../platform/http/idempotency-key.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { IdempotencyRequest } from '../../../platform/idempotency/idempotency.js';
import { InstanceLifecycle } from '../instance-lifecycle.js';
import { InstanceName } from './instance-name.pipe.js';
import { DeleteInstanceParameters, NAME_PARAMETER, type OperationAccepted } from './instance.schemas.js';
import { ApiOperates, answer } from './operation-accepted.js';

type Accepted = z.input<typeof OperationAccepted>;

/** What is asked of an instance that is there, and takes time. */
@ApiTags('instances')
@Controller('api/instances/:name')
export class LifecycleController {
  constructor(private readonly lifecycle: InstanceLifecycle) {}

  @Delete()
  @HttpCode(202)
  @ApiOperation({
    summary: 'Delete an instance',
    description:
      'Legal in every state; twice is the same as once. It can be brought back until `purge_at`; its name is free when it is purged. What never ran is purged at once.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates({ idempotent: false })
  @ApiProblems('validation_failed', 'instance_not_found', 'deletion_protected')
  async deleteInstance(
    @Param('name', InstanceName) name: string,
    @Query({ schema: DeleteInstanceParameters }) { purge }: z.output<typeof DeleteInstanceParameters>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.delete(name, { purge }, ANONYMOUS));
  }

  @Post('undelete')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Bring a deleted instance back',
    description: 'With its data, name, host, port and password, until it is purged.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates()
  @ApiProblems('instance_not_found', 'invalid_state', 'orchestration_in_progress')
  async undeleteInstance(
    @Param('name', InstanceName) name: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.undelete(name, ANONYMOUS, key));
  }

  @Post('stop')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Stop an instance',
    description:
      'Writes a checkpoint and stops the server; data and endpoint are kept. Stopped instances are not health-checked.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates()
  @ApiProblems('instance_not_found', 'invalid_state', 'orchestration_in_progress')
  async stopInstance(
    @Param('name', InstanceName) name: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.stop(name, ANONYMOUS, key));
  }

  @Post('start')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Start an instance',
    description: 'A stopped or failed one; while it is being stopped, the start waits for that.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates()
  @ApiProblems('instance_not_found', 'invalid_state', 'orchestration_in_progress')
  async startInstance(
    @Param('name', InstanceName) name: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.start(name, ANONYMOUS, key));
  }

  @Post('restart')
  @HttpCode(202)
  @ApiOperation({ summary: 'Restart an instance', description: 'Stops and starts the server of a running instance.' })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates()
  @ApiProblems('instance_not_found', 'invalid_state', 'orchestration_in_progress')
  async restartInstance(
    @Param('name', InstanceName) name: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.restart(name, ANONYMOUS, key));
  }

  @Post('cancel')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Call off what is under way',
    description: 'What was begun is undone. A deletion can not be called off: undelete the instance.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates()
  @ApiProblems('instance_not_found', 'not_cancellable')
  async cancelInstanceOperation(
    @Param('name', InstanceName) name: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.cancelCurrent(name, ANONYMOUS, key));
  }

  @Post('retry')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Go on with what has failed',
    description: 'From its first activity that is not done, or from the start where all was undone.',
  })
  @ApiParam(NAME_PARAMETER)
  @ApiOperates()
  @ApiProblems('instance_not_found', 'not_retryable')
  async retryInstanceOperation(
    @Param('name', InstanceName) name: string,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return answer(reply, await this.lifecycle.retryCurrent(name, ANONYMOUS, key));
  }
}
