import { type FailureCode, isFailureCode } from '../../failure-codes.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import type { Failure } from '../domain/definition.js';
import type { ActivityAborted } from './abort-reason.js';

/** A failed attempt, described. */
export interface ActivityFailure extends Failure {
  readonly code: FailureCode;
  /** Whether another attempt can help. */
  readonly retryable: boolean;
  /** A defect of ours rather than a failure that the code knows; only the log says what it was. */
  readonly unexpected: boolean;
}

/**
 * Turns what an activity threw into words for the row. The text of an unexpected error stays in the log, because nobody has vouched that
 * it holds no secret.
 */
export function describeFailure(
  error: unknown,
  aborted: ActivityAborted | undefined,
  orchestrationId: string,
): ActivityFailure {
  if (aborted?.reason === 'timeout') {
    return {
      code: 'activity_timeout',
      message: aborted.message,
      details: detailsOf(error),
      retryable: true,
      unexpected: false,
    };
  }
  if (aborted?.reason === 'deadline') {
    return {
      code: 'deadline_exceeded',
      message: aborted.message,
      details: detailsOf(error),
      retryable: false,
      unexpected: false,
    };
  }
  if (error instanceof DomainError && isFailureCode(error.code)) {
    const retryable = !('retryable' in error) || error.retryable !== false;
    return { code: error.code, message: error.message, details: detailsOf(error), retryable, unexpected: false };
  }
  return {
    code: 'internal_error',
    message: `An unexpected error occurred. The worker's log has it under ${orchestrationId}.`,
    details: null,
    retryable: true,
    unexpected: true,
  };
}

function detailsOf(error: unknown): string | null {
  return error instanceof DomainError && 'details' in error && typeof error.details === 'string' ? error.details : null;
}
