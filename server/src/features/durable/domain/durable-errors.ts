import { DomainError } from '../../../platform/errors/domain-error.js';

export { InstanceNotFoundError, InvalidStateError } from '../../instances/domain/instance-errors.js';

/** There is nothing durable about it. */
export class NotDurableError extends DomainError {
  readonly code = 'not_durable';

  constructor(name: string) {
    super(`"${name}" has no durable functions: it was not created with image_type "pg_durable".`);
  }
}

/** Somebody has dropped the extension, or it is older than what is asked of it. */
export class ExtensionMissingError extends DomainError {
  readonly code = 'extension_missing';

  constructor(name: string, database: string, words: string) {
    super(
      `The database "${database}" of "${name}" lacks what pg_durable brings (${words}). Run there CREATE EXTENSION pg_durable, or ALTER EXTENSION pg_durable UPDATE.`,
    );
  }
}

export class DurableInstanceNotFoundError extends DomainError {
  readonly code = 'durable_instance_not_found';

  constructor(name: string, id: string) {
    super(`"${name}" has no durable function instance "${id}".`);
  }
}

/** The extension says no, in its own words. */
export class DurableRefusedError extends DomainError {
  readonly code = 'durable_refused';
}

/** No answer of the instance's own server, or none in time. */
export class InstanceUnreachableError extends DomainError {
  readonly code = 'instance_unreachable';
}
