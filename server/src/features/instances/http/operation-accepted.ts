import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { ApiIdempotent, markReplayed, REPLAYED_HEADER } from '../../../platform/http/idempotency-key.js';
import { ApiProblems } from '../../../platform/http/responses.js';
import type { Replayable } from '../../../platform/idempotency/idempotency.js';
import type { OperationAccepted as Accepted } from '../instance-lifecycle.js';
import { OperationAccepted } from './instance.schemas.js';

/** Documents the answer of a route that starts or joins an orchestration. */
export function ApiOperates({ idempotent = true } = {}): MethodDecorator {
  const location = { Location: { description: 'The orchestration.', schema: { type: 'string' } } } as const;
  return applyDecorators(
    ApiResponse({
      status: 202,
      description: 'Accepted.',
      standardSchema: OperationAccepted,
      headers: idempotent ? { ...location, ...REPLAYED_HEADER } : location,
    }),
    ...(idempotent ? [ApiIdempotent(), ApiProblems('invalid_idempotency_key', 'idempotency_key_reused')] : []),
  );
}

export function answer(
  reply: FastifyReply,
  { response, replayed }: Replayable<Accepted>,
): z.input<typeof OperationAccepted> {
  if (response.orchestration_id !== null) {
    void reply.header('Location', `/api/orchestrations/${response.orchestration_id}`);
  }
  markReplayed(reply, replayed);
  return response;
}
