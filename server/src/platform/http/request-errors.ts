import { DomainError, type FieldError } from '../errors/domain-error.js';

/** The request itself can't be understood or may not come from where it comes. */
export class RequestError extends DomainError {
  constructor(
    readonly code: string,
    message: string,
    override readonly errors: readonly FieldError[] = [],
  ) {
    super(message);
  }
}
