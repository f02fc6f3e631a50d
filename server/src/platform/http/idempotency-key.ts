import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Cipher } from '../crypto/cipher.js';
import type { IdempotencyRequest } from '../idempotency/idempotency.js';
import { RequestError } from './request-errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    idempotency?: IdempotencyRequest | undefined;
  }
}

/** Visible ASCII, as header values are. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** Reads the Idempotency-Key of every POST. The fingerprint is keyed, because bodies hold passwords. */
export function readIdempotencyKeys(fastify: FastifyInstance, cipher: Cipher): void {
  fastify.decorateRequest('idempotency');
  fastify.addHook('preHandler', (request, _reply, done) => {
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) {
      done();
      return;
    }
    if (typeof key !== 'string' || !KEY.test(key)) {
      done(new RequestError('invalid_idempotency_key', 'An Idempotency-Key has 1 to 255 visible ASCII characters.'));
      return;
    }
    request.idempotency = {
      key,
      fingerprint: cipher.fingerprint(`${request.method} ${request.url}\n${canonical(request.body)}`),
    };
    done();
  });
}

/** The same JSON whatever the order of its members. */
function canonical(body: unknown): string {
  return JSON.stringify(body, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The Idempotency-Key of the request; undefined without one. */
export const IdempotencyKey = createParamDecorator(
  (_data: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<FastifyRequest>().idempotency,
);

/** Documents the header that the answers of a POST are kept under. */
export const ApiIdempotent = (): MethodDecorator =>
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Same key, same answer, for 24 hours: a request whose answer was lost can be repeated.',
    schema: { type: 'string', minLength: 1, maxLength: 255, example: '6f2b1c1e-9a56-4c0b-8f57-2d6f5b0d1a77' },
  });

const REPLAYED = 'Idempotency-Replayed';

/** For the contract: the header of an answer that may have been given before. */
export const REPLAYED_HEADER = {
  [REPLAYED]: {
    description: '`true` when this answer was given before.',
    schema: { type: 'string' as const, enum: ['true'] },
  },
};

export function markReplayed(reply: FastifyReply, replayed: boolean): void {
  if (replayed) {
    void reply.header(REPLAYED, 'true');
  }
}
