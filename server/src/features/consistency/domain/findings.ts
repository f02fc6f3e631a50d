import { DomainError } from '../../../platform/errors/domain-error.js';

export const RESOLUTIONS = ['repaired', 'gone'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

export class FindingNotFoundError extends DomainError {
  readonly code = 'finding_not_found';

  constructor(id: string) {
    super(`There is no finding "${id}".`);
  }
}

export class NotRepairableError extends DomainError {
  readonly code = 'not_repairable';
}
