import { DomainError, type FieldError } from '../../../platform/errors/domain-error.js';
import type { ImageUser } from './runtime-image.js';

export { UnsupportedError } from '../../instances/domain/instance-errors.js';

export class RuntimeImageNotFoundError extends DomainError {
  readonly code = 'runtime_image_not_found';

  constructor(name: string) {
    super(`There is no runtime image "${name}".`);
  }
}

export class ImageNameTakenError extends DomainError {
  readonly code = 'image_name_taken';
  override readonly errors: readonly FieldError[];

  constructor(name: string) {
    super(`There is a runtime image "${name}" already. Choose another name, or remove that one first.`);
    this.errors = [{ pointer: '/name', code: this.code, message: this.message }];
  }
}

/** Instances are made of it: one that is deleted may come back too. */
export class ImageInUseError extends DomainError {
  readonly code = 'image_in_use';
  override readonly extensions: Readonly<Record<string, unknown>>;

  /**
   * @param users some of them, at least one
   * @param total how many there are
   */
  constructor(name: string, users: readonly ImageUser[], total: number) {
    const named = users.map(({ name: user, state }) => `"${user}" (${state})`).join(', ');
    const more = total > users.length ? ` and ${String(total - users.length)} more` : '';
    super(`The runtime image "${name}" is used by ${named}${more}. Purge them first.`);
    this.extensions = { used_by: users.map(({ name: user }) => user), in_use: total };
  }
}

export class RegistryNotAllowedError extends DomainError {
  readonly code = 'registry_not_allowed';
  override readonly errors: readonly FieldError[];

  /** @param allowed registries that images may come from */
  constructor(registry: string, allowed: readonly string[], pointer: string) {
    const advice =
      allowed.length === 0
        ? 'No registry is allowed: have TOYGRES_IMAGE_REGISTRIES set to those that are trusted.'
        : `Allowed by TOYGRES_IMAGE_REGISTRIES: ${allowed.join(', ')}.`;
    super(`Images may not come from ${registry}. ${advice}`);
    this.errors = [{ pointer, code: this.code, message: this.message }];
  }
}
