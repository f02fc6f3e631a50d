import { DomainError } from '../errors/domain-error.js';

export type EmbeddedPostgresErrorCode =
  | 'unsupported_platform'
  | 'unsupported_version'
  | 'server_user_unusable'
  | 'initdb_failed'
  | 'single_user_failed'
  | 'server_exited';

/** PostgreSQL's own programs could not be found, run or kept running. */
export class EmbeddedPostgresError extends DomainError {
  override readonly logLevel = 'error';

  /**
   * @param message one sentence for people
   * @param details what the program itself said; null when it said nothing
   */
  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    readonly details: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
