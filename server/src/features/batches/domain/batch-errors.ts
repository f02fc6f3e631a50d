import { DomainError } from '../../../platform/errors/domain-error.js';

export class BatchNotFoundError extends DomainError {
  readonly code = 'batch_not_found';

  constructor(id: string) {
    super(`There is no batch "${id}".`);
  }
}

export class BatchEndedError extends DomainError {
  readonly code = 'not_cancellable';

  constructor(id: string) {
    super(`Nothing of ${id} is left to begin.`);
  }
}
