/** How loudly a domain error is logged: `info` for a caller's mistake, `warn` for what an operator should see, `error` for a defect. */
export type ErrorLogLevel = 'info' | 'warn' | 'error';

/** One fault of one field. `pointer` is a JSON pointer (RFC 6901) into the request body, or the name of a query parameter. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/**
 * What every expected failure extends: a stable `code` for programs and one sentence for people.
 * The sentence says what to do; it never holds a secret. HTTP status codes are given in `platform/http` alone.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  readonly logLevel: ErrorLogLevel = 'info';
  /** Faults by field, for forms. */
  readonly errors: readonly FieldError[] = [];
  /** Further members of the problem document, e.g. the id of the orchestration that is in the way. */
  readonly extensions: Readonly<Record<string, unknown>> = {};

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The words of anything that was thrown. */
export function errorMessage(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
