import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, HttpStatus, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from 'node:http';
import { DomainError, errorMessage } from '../errors/domain-error.js';
import { STATUS_BY_CODE } from './http-status.js';
import { PROBLEM_TYPE, type Problem } from './problem.js';

/** Errors of Fastify and of Node's HTTP parser carry their status. */
interface StatusError {
  readonly statusCode: number;
  readonly code?: string;
  readonly message: string;
}

/** What Fastify and Nest refuse by themselves, by status. */
const REFUSALS: Readonly<Record<number, readonly [code: string, error: string]>> = {
  413: ['body_too_large', 'The body must not be larger than 256 kB.'],
  415: ['unsupported_media_type', 'Send the body as application/json.'],
};

/** Fastify could not decode the URL. */
const BAD_URL = 'FST_ERR_BAD_URL';

/** Turns everything that is thrown into a problem document. What was not expected says nothing but the id under which the log has it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger = new Logger(ProblemFilter.name);

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.#describe(thrown, request);
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    void reply.status(problem.status).type(PROBLEM_TYPE).send(problem);
  }

  #describe(thrown: unknown, request: FastifyRequest): Problem {
    if (thrown instanceof DomainError) {
      const status = STATUS_BY_CODE[thrown.code];
      if (status !== undefined) {
        if (thrown.logLevel !== 'info') {
          this.#logger.warn(`${thrown.code}: ${thrown.message}`);
        }
        return {
          ...problem(request, status, thrown.code, thrown.message),
          ...(thrown.errors.length > 0 ? { errors: [...thrown.errors] } : {}),
          ...thrown.extensions,
        };
      }
    }
    const status = statusOf(thrown);
    if (status !== undefined && status >= 400 && status < 500) {
      return refusal(request, status, thrown);
    }
    this.#logger.error(
      `Request ${request.id} failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
      thrown instanceof Error ? thrown.stack : undefined,
    );
    return problem(
      request,
      HttpStatus.INTERNAL_SERVER_ERROR,
      'internal_error',
      `An unexpected error occurred. The log has it under ${request.id}.`,
    );
  }
}

/** Answers what Fastify refuses before it has a route, and so before any hook or filter: a URL that can not be decoded. */
export function answerBeforeRouting(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  const answer = refusal(request, statusOf(error) ?? HttpStatus.BAD_REQUEST, error);
  void reply
    .status(answer.status)
    .headers({ 'X-Request-Id': request.id, 'X-Content-Type-Options': 'nosniff' })
    .type(PROBLEM_TYPE)
    .send(JSON.stringify(answer));
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) {
    return thrown.getStatus();
  }
  return isStatusError(thrown) ? thrown.statusCode : undefined;
}

function isStatusError(thrown: unknown): thrown is StatusError {
  return thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number';
}

function refusal(request: FastifyRequest, status: number, thrown: unknown): Problem {
  if (status === 404) {
    return problem(request, status, 'route_not_found', `There is nothing at ${request.method} ${request.url}.`);
  }
  if (isStatusError(thrown) && thrown.code === BAD_URL) {
    return problem(request, status, 'invalid_url', 'The URL can not be decoded.');
  }
  const [code, error] = REFUSALS[status] ?? ['invalid_request', errorMessage(thrown)];
  return problem(request, status, code, error);
}

function problem(request: FastifyRequest, status: number, code: string, error: string): Problem {
  return {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail: error,
    error,
    instance: `urn:uuid:${request.id}`,
  };
}
