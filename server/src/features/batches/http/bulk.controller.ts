import { Body, Controller, HttpCode, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { seriesNames } from '#rules';
import { ANONYMOUS } from '../../../platform/http/actor.js';
import {
  ApiIdempotent,
  IdempotencyKey,
  markReplayed,
  REPLAYED_HEADER,
} from '../../../platform/http/idempotency-key.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { IdempotencyRequest, Replayable } from '../../../platform/idempotency/idempotency.js';
import { toCreateInstance } from '../../instances/http.js';
import { newPassword } from '../../instances/index.js';
import { BatchService } from '../batch.service.js';
import { BatchAccepted, BulkCreateRequest, BulkDeleteRequest } from './batch.schemas.js';

const ACCEPTED = {
  status: 202,
  description: 'Accepted.',
  standardSchema: BatchAccepted,
  headers: { Location: { description: 'The batch.', schema: { type: 'string' } }, ...REPLAYED_HEADER },
} as const;

/** What is asked for many instances by one request. */
@ApiTags('batches')
@Controller('api/instances')
export class BulkController {
  constructor(private readonly batches: BatchService) {}

  @Post('bulk')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Create many instances',
    description:
      'A series of like ones, or each by itself. Some are worked on at a time; one that can not be had fails, and the others go on.',
  })
  @ApiIdempotent()
  @ApiResponse(ACCEPTED)
  @ApiProblems(
    'validation_failed',
    'invalid_json',
    'invalid_utf8',
    'invalid_idempotency_key',
    'body_too_large',
    'unsupported_media_type',
    'unsupported',
    'idempotency_key_reused',
  )
  async createInstances(
    @Body({ schema: BulkCreateRequest }) body: z.output<typeof BulkCreateRequest>,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof BatchAccepted>> {
    const { base_name: base = '', count = 0, template, instances = [] } = body;
    const wanted = template
      ? seriesNames(base, count).map((name) => ({
          ...template,
          name,
          password: template.password ?? newPassword(name),
        }))
      : instances;
    return answer(
      reply,
      await this.batches.create(
        wanted.map(toCreateInstance),
        (index) => (template ? '/template' : `/instances/${String(index)}`),
        ANONYMOUS,
        key,
      ),
    );
  }

  @Post('bulk-delete')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Delete many instances',
    description:
      'Each as if it was deleted by itself: what is protected, or not there, fails, and the others go on. They can be brought back until they are purged.',
  })
  @ApiIdempotent()
  @ApiResponse(ACCEPTED)
  @ApiProblems(
    'validation_failed',
    'invalid_json',
    'invalid_utf8',
    'invalid_idempotency_key',
    'body_too_large',
    'unsupported_media_type',
    'idempotency_key_reused',
  )
  async deleteInstances(
    @Body({ schema: BulkDeleteRequest }) { names, purge }: z.output<typeof BulkDeleteRequest>,
    @IdempotencyKey() key: IdempotencyRequest | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.input<typeof BatchAccepted>> {
    return answer(reply, await this.batches.delete(names, { purge }, ANONYMOUS, key));
  }
}

function answer(
  reply: FastifyReply,
  { response, replayed }: Replayable<z.input<typeof BatchAccepted>>,
): z.input<typeof BatchAccepted> {
  void reply.header('Location', `/api/batches/${response.batch_id}`);
  markReplayed(reply, replayed);
  return response;
}
