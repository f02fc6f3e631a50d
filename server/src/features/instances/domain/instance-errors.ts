import { DomainError, type FieldError } from '../../../platform/errors/domain-error.js';
import { NAME_RULES } from '#rules';
import { INSTANCE_STATES, type InstanceState } from './instance.js';

export class InstanceNotFoundError extends DomainError {
  readonly code = 'instance_not_found';

  constructor(nameOrId: string) {
    super(`There is no instance "${nameOrId}".`);
  }
}

/** The words for what holds a name, by the state of its holder. */
const HOLDERS: Readonly<Partial<Record<InstanceState, string>>> = {
  creating: 'an instance that is being created',
  running: 'a running instance',
  failed: 'a failed instance; delete it to free the name',
  deleting: 'an instance that is being deleted; the name is free when its volume is gone',
};

/** The code for a name that is held, by the state of its holder. */
export const heldBy = (state: InstanceState): string => `name_held_by_${state}`;

/** Why a name can't be had, for programs: the rule that it breaks, or what holds it. A deleted instance holds none. */
export const NAME_REFUSALS: readonly string[] = [
  ...NAME_RULES.map(({ code }) => code),
  ...INSTANCE_STATES.filter((state) => state !== 'deleted').map(heldBy),
];

export class NameTakenError extends DomainError {
  readonly code = 'name_taken';
  override readonly errors: readonly FieldError[];

  constructor(name: string, state: InstanceState) {
    super(`The name "${name}" is held by ${HOLDERS[state] ?? `an instance in the state "${state}"`}.`);
    this.errors = [{ pointer: '/name', code: this.code, message: this.message }];
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
