import { DomainError, type FieldError } from '../../../platform/errors/domain-error.js';
import { NAME_RULES } from '#rules';
import { INSTANCE_STATES, type InstanceState } from './instance.js';

export class InstanceNotFoundError extends DomainError {
  readonly code = 'instance_not_found';

  constructor(nameOrId: string) {
    super(`There is no instance "${nameOrId}".`);
  }
}

/** What holds a name. */
export interface NameHolder {
  readonly state: InstanceState;
  /** When a deleted instance lets go of it by itself. */
  readonly purgeAt: Date | null;
}

/** The words for what holds a name, by the state of its holder. */
function wordsFor({ state, purgeAt }: NameHolder): string {
  switch (state) {
    case 'running':
      return 'a running instance';
    case 'stopped':
      return 'a stopped instance';
    case 'failed':
      return 'a failed instance; delete it with purge=true to free the name';
    case 'deleting':
      return 'an instance that is being deleted; purge it to free the name';
    case 'deleted':
      return `a deleted instance, which can be brought back until ${purgeAt?.toISOString() ?? 'it is purged'}; purge it to free the name`;
    case 'purging':
      return 'an instance that is being purged; the name is free when its data are gone';
    default:
      return `an instance that is ${state === 'creating' ? 'being created' : state}`;
  }
}

/** The code for a name that is held, by the state of its holder. */
export const heldBy = (state: InstanceState): string => `name_held_by_${state}`;

/** Why a name can't be had, for programs: the rule that it breaks, or what holds it. A purged instance holds none. */
export const NAME_REFUSALS: readonly string[] = [
  ...NAME_RULES.map(({ code }) => code),
  ...INSTANCE_STATES.filter((state) => state !== 'purged').map(heldBy),
];

export class NameTakenError extends DomainError {
  readonly code = 'name_taken';
  override readonly errors: readonly FieldError[];

  constructor(name: string, holder: NameHolder) {
    super(`The name "${name}" is held by ${wordsFor(holder)}.`);
    this.errors = [{ pointer: '/name', code: this.code, message: this.message }];
  }
}

export class DeletionProtectedError extends DomainError {
  readonly code = 'deletion_protected';

  constructor(name: string) {
    super(`"${name}" is protected against deletion. Turn deletion_protection off first.`);
  }
}

/** Something else is under way with the instance; asked again when that is over, the request may be accepted. */
export class OrchestrationInProgressError extends DomainError {
  readonly code = 'orchestration_in_progress';
  override readonly extensions: Readonly<Record<string, unknown>>;

  constructor(name: string, what: string, { id, kind }: { readonly id: string; readonly kind: string }) {
    super(`"${name}" can not ${what} while its ${kind} is under way. Wait for ${id} to end.`);
    this.extensions = { orchestration_id: id };
  }
}

export class InvalidStateError extends DomainError {
  readonly code = 'invalid_state';

  constructor(name: string, what: string, state: InstanceState, advice: string) {
    super(`"${name}" can not ${what}: it is in the state "${state}". ${advice}`);
  }
}

export class NotCancellableError extends DomainError {
  readonly code = 'not_cancellable';
}

export class NotRetryableError extends DomainError {
  readonly code = 'not_retryable';
}

/** The instance was changed since it was read. */
export class RevisionChangedError extends DomainError {
  readonly code = 'revision_changed';

  constructor(name: string) {
    super(`"${name}" was changed since it was read. Read it again, then send what you want to change.`);
  }
}

/** The request is well formed and asks for something that this installation does not offer. */
export class UnsupportedError extends DomainError {
  readonly code = 'unsupported';
  override readonly errors: readonly FieldError[];

  constructor(message: string, pointer: string) {
    super(message);
    this.errors = [{ pointer, code: this.code, message }];
  }
}

export class EndpointUnknownError extends DomainError {
  readonly code = 'endpoint_unknown';

  constructor(name: string, state: InstanceState) {
    super(`"${name}" has no endpoint yet: it is in the state "${state}". Ask again when it is running.`);
  }
}
