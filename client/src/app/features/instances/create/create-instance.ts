import {
  afterNextRender,
  Component,
  computed,
  DOCUMENT,
  effect,
  inject,
  Injector,
  input,
  linkedSignal,
  untracked,
} from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { Router } from '@angular/router';
import { outlinedFormFields } from '../../../ui/form-fields';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { Skeleton } from '../../../ui/skeleton';
import { AdvancedFields } from './advanced-fields';
import { CREATED_HERE } from '../progress/created-here';
import { createText } from './create.text';
import { CreateSummary } from './create-summary';
import { type FieldName, InstanceForm } from './instance-form';
import { ImageField } from './image-field';
import { NameField } from './name-field';
import { NetworkField } from './network-field';
import { PasswordField } from './password-field';
import { StorageField } from './storage-field';
import { VersionField } from './version-field';

/** Fields that are folded away. */
const ADVANCED: ReadonlySet<FieldName> = new Set(['namespace', 'tags', 'protected']);

/** The page with the form for a new instance. */
@Component({
  selector: 'tg-create-instance',
  imports: [
    AdvancedFields,
    CreateSummary,
    ImageField,
    LoadError,
    MatIcon,
    NameField,
    NetworkField,
    PageHeader,
    PasswordField,
    Skeleton,
    StorageField,
    VersionField,
  ],
  templateUrl: './create-instance.html',
  styleUrl: './create-instance.scss',
  providers: [InstanceForm, outlinedFormFields],
})
export class CreateInstance {
  /** From the address: the name to begin with. */
  readonly name = input<string>();
  readonly #router = inject(Router);
  readonly #document = inject(DOCUMENT);
  readonly #injector = inject(Injector);
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly back = { link: '/instances', label: createText.back };
  protected readonly advancedFaulty = computed(() => this.form.faulty().some((field) => ADVANCED.has(field)));
  /** Opens by itself for a fault in it; stays as somebody left it otherwise. */
  protected readonly advancedOpen = linkedSignal<boolean, boolean>({
    source: this.advancedFaulty,
    computation: (faulty, previous) => faulty || (previous?.value ?? this.form.draft().tags.length > 0),
  });

  constructor() {
    effect(() => {
      const name = this.name();
      if (name !== undefined) {
        untracked(() => this.form.begin(name));
      }
    });
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    await this.form.send((batch) =>
      batch === undefined
        ? this.#router.navigate(['/instances', this.form.draft().name], { state: CREATED_HERE })
        : this.#router.navigate(['/batches', batch]),
    );
    const [first] = this.form.faulty();
    if (first) {
      this.focus(first);
    }
  }

  protected cancel(): void {
    this.form.forget();
    void this.#router.navigate(['/instances']);
  }

  protected toggled(event: Event): void {
    this.advancedOpen.set((event.target as HTMLDetailsElement).open);
  }

  protected focus(field: FieldName): void {
    if (ADVANCED.has(field)) {
      this.advancedOpen.set(true);
    }
    const focus = (): void => {
      const target = this.#document.getElementById(`create-${field}`);
      (target?.querySelector<HTMLElement>('input:checked, [role=switch]') ?? target)?.focus();
    };
    afterNextRender(focus, { injector: this.#injector });
  }
}
