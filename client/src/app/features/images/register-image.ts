import { Component, computed, inject, signal } from '@angular/core';
import { FormField, type FieldTree, form, submit, validate } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { MatInput } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import {
  formatImageReference,
  IMAGE_DESCRIPTION_MAX_LENGTH,
  IMAGE_DIGEST_RULES,
  IMAGE_REFERENCE_RULES,
  NAME_RULES,
  parseImageReference,
  type Rule,
  unmet,
} from '#rules';
import { type Capabilities, type RuntimeImage, ToygresError } from '#sdk';
import { sentenceOf } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { outlinedFormFields } from '../../ui/form-fields';
import { faultOf, registerText } from './images.text';

interface Draft {
  readonly name: string;
  readonly reference: string;
  readonly digest: string;
  readonly version: string;
  readonly description: string;
}

/** Members of the request by the fields that they come from. */
const FIELDS: Readonly<Record<string, keyof Draft>> = {
  '/name': 'name',
  '/image_ref': 'reference',
  '/digest': 'digest',
  '/postgres_version': 'version',
  '/description': 'description',
};

const faults = (rules: readonly Rule<string>[], value: string) =>
  unmet(rules, value).map((rule) => ({ kind: rule.code, message: faultOf(rule) }));

/** Asks for an image, and puts it into the catalogue. Closes with what was registered. */
@Component({
  selector: 'tg-register-image',
  imports: [
    FormField,
    MatButton,
    MatDialogActions,
    MatDialogContent,
    MatDialogTitle,
    MatFormFieldModule,
    MatIcon,
    MatInput,
    MatSelectModule,
  ],
  templateUrl: './register-image.html',
  styleUrl: './register-image.scss',
  providers: [outlinedFormFields],
})
export class RegisterImage {
  protected readonly text = registerText;
  protected readonly example = { reference: 'registry.example.com/team/postgis:18-3.6', digest: 'sha256:…' };
  protected readonly offer = inject<Capabilities>(MAT_DIALOG_DATA);
  protected readonly registries = this.offer.image_registries.join(', ');
  protected readonly problem = signal<string | undefined>(undefined);
  readonly #toygres = inject(TOYGRES);
  readonly #ref = inject<MatDialogRef<RegisterImage, RuntimeImage>>(MatDialogRef);
  readonly #draft = signal<Draft>({
    name: '',
    reference: '',
    digest: '',
    version: this.offer.versions[0]?.major ?? '',
    description: '',
  });

  protected readonly fields: FieldTree<Draft> = form(this.#draft, (path) => {
    validate(path.name, ({ value }) => faults(NAME_RULES, value()));
    validate(path.reference, ({ value }) => [
      ...faults(IMAGE_REFERENCE_RULES, value()),
      ...this.#registryFaults(value()),
    ]);
    validate(path.digest, ({ value }) => faults(IMAGE_DIGEST_RULES, value()));
    validate(path.description, ({ value }) =>
      value().length > IMAGE_DESCRIPTION_MAX_LENGTH ? { kind: 'too_long', message: registerText.tooLong } : undefined,
    );
  });
  protected readonly submitting = computed(() => this.fields().submitting());
  /** What is meant, where people leave out what goes without saying. */
  protected readonly full = computed(() => {
    const { reference } = this.#draft();
    const parsed = parseImageReference(reference);
    const full = parsed && formatImageReference(parsed);
    return full !== null && full !== reference ? registerText.full(full) : undefined;
  });

  protected cancel(): void {
    this.#ref.close();
  }

  protected async register(): Promise<void> {
    this.problem.set(undefined);
    await submit(this.fields, async () => {
      const { name, reference, digest, version, description } = this.#draft();
      try {
        const image = { name, image_ref: reference, digest, postgres_version: version, description };
        this.#ref.close(await this.#toygres.runtimeImages.register(image));
        return undefined;
      } catch (error) {
        return this.#faultsOf(error);
      }
    });
  }

  #registryFaults(reference: string) {
    const registry = parseImageReference(reference)?.registry;
    return registry === undefined || this.offer.image_registries.includes(registry)
      ? []
      : [{ kind: 'registry_not_allowed', message: registerText.registryNotAllowed(registry, this.registries) }];
  }

  /** The faults of fields; what is no field's is said below them. */
  #faultsOf(error: unknown) {
    const errors = error instanceof ToygresError ? error.errors : [];
    const found = errors.flatMap((fault) => {
      const name = FIELDS[fault.pointer];
      return name ? [{ fieldTree: this.fields[name], kind: fault.code, message: faultOf(fault) }] : [];
    });
    if (found.length === 0) {
      this.problem.set(sentenceOf(error));
    }
    return found;
  }
}
