import type { FastifyInstance } from 'fastify';
import { RequestError } from './request-errors.js';

/** The largest body, in bytes: 256 kB. */
export const BODY_LIMIT = 256 * 1_024;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Reads JSON bodies strictly: bytes that are no UTF-8 are refused rather than replaced, and so are NUL characters, which PostgreSQL can't hold. */
export function parseJsonBodies(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT },
    (_request, body, done) => {
      try {
        done(null, parse(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

function parse(body: Buffer): unknown {
  if (body.length === 0) {
    return undefined;
  }
  let text: string;
  try {
    text = decoder.decode(body);
  } catch {
    throw new RequestError('invalid_utf8', 'The body is not valid UTF-8.');
  }
  try {
    return JSON.parse(text, (_key, value: unknown) => {
      if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
        throw new RequestError('invalid_utf8', 'Texts must not hold NUL characters or halves of surrogate pairs.');
      }
      return value;
    });
  } catch (error) {
    if (error instanceof RequestError) {
      throw error;
    }
    throw new RequestError('invalid_json', 'The body is not valid JSON.');
  }
}
