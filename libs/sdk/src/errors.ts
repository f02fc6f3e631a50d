import type { FieldError, InstanceDetails, Problem } from './generated/types.gen.js';

export interface ToygresErrorDetails {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly problem?: Problem | undefined;
  readonly body?: unknown;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** Everything that goes wrong with a call, except that its own signal ended it: that throws the reason of the signal. */
export class ToygresError extends Error {
  override readonly name: string = 'ToygresError';

  /** HTTP status of the answer; 0 when there was none. */
  readonly status: number;

  /**
   * Stable code for programs. Besides the codes of the API: `network_error` without an answer, `invalid_answer` when it can't be read, and
   * `http_<status>` when somebody else than Toygres answered, such as a proxy.
   */
  readonly code: string;

  /** Faults by field, for forms; empty when there are none. */
  readonly errors: readonly FieldError[];

  /** The whole problem document (RFC 9457); undefined when the answer was none. */
  readonly problem: Problem | undefined;

  /** The body of the answer as it came. */
  readonly body: unknown;

  /** Id of the request, which the log of the server has too. */
  readonly requestId: string | undefined;

  constructor({ status, code, message, problem, body, requestId, cause }: ToygresErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    this.status = status;
    this.code = code;
    this.errors = problem?.errors ?? [];
    this.problem = problem;
    this.body = body;
    this.requestId = requestId;
  }

  /** One sentence for a person; the same as `message`. */
  get error(): string {
    return this.message;
  }
}

/** The instance that was waited for can't come into the wanted state any more. */
export class InstanceFailedError extends ToygresError {
  override readonly name = 'InstanceFailedError';

  /** The instance as it was when that was seen; `failure_details` has what the server itself said. */
  readonly instance: InstanceDetails;

  constructor(instance: InstanceDetails) {
    super({
      status: 0,
      code: instance.failure_code ?? `instance_${instance.state}`,
      message: instance.failure_reason ?? `"${instance.user_name}" is ${instance.state}.`,
    });
    this.instance = instance;
  }
}

/** What an answer that is no success means. */
export function answerError(response: Response, body: unknown): ToygresError {
  const { status, statusText } = response;
  const problem = isProblem(body) ? body : undefined;
  return new ToygresError({
    status,
    code: problem?.code ?? `http_${String(status)}`,
    message: problem?.error ?? `The server answered ${[status, statusText].join(' ').trim()}.`,
    problem,
    body,
    requestId: response.headers.get('X-Request-Id') ?? undefined,
  });
}

/** What a call without a usable answer means. */
export function connectionError(cause: unknown, response: Response | undefined): ToygresError {
  const unreadable = cause instanceof SyntaxError;
  return new ToygresError({
    status: unreadable ? (response?.status ?? 0) : 0,
    code: unreadable ? 'invalid_answer' : 'network_error',
    message: unreadable
      ? 'The answer is no JSON. Is this the address of a Toygres?'
      : `There is no answer: ${reasonOf(cause)}.`,
    cause,
  });
}

/** Statuses below 500 that the same request may not have again. */
const PASSING = new Set([408, 425, 429]);

/** Whether the same request may succeed later. */
export function isPassing(error: unknown): error is ToygresError {
  if (!(error instanceof ToygresError)) {
    return false;
  }
  const { status, code } = error;
  return code === 'network_error' || status >= 500 || PASSING.has(status);
}

/** "fetch failed" says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    typeof body.code === 'string' &&
    'error' in body &&
    typeof body.error === 'string'
  );
}
