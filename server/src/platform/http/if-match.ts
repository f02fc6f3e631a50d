import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestError } from './request-errors.js';

/** The revision that a change was made for, from If-Match; undefined without one and for `*`. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match']?.trim();
  if (header === undefined || header === '*') {
    return undefined;
  }
  const revision = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (revision === undefined) {
    throw new RequestError(
      'invalid_if_match',
      'If-Match must be the ETag that was read with the instance, such as "4".',
    );
  }
  return Number(revision);
});
