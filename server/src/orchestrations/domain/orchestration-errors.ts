import { DomainError } from '../../platform/errors/domain-error.js';

export class OrchestrationNotFoundError extends DomainError {
  readonly code = 'orchestration_not_found';

  constructor(id: string) {
    super(`There is no orchestration "${id}".`);
  }
}
