import { Component, computed, inject } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import type { ErrorStateMatcher } from '@angular/material/core';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { MatInput } from '@angular/material/input';
import { NAME_MIN_LENGTH, NAME_RULES, unmet } from '#rules';
import { createText } from './create.text';
import { endsOf } from './series';
import { InstanceForm } from './instance-form';

/** The name, whether it can be had, and the address that comes of it. */
@Component({
  selector: 'tg-name-field',
  imports: [FormField, MatFormFieldModule, MatIcon, MatInput],
  templateUrl: './name-field.html',
  styleUrl: './name-field.scss',
})
export class NameField {
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly field = this.form.fields.name;
  protected readonly count = this.form.fields.count;

  /** While somebody types, only what typing on can't mend. */
  protected readonly faults = computed(() => {
    const { errors, dirty, value } = this.field();
    if (this.form.blames('name')) {
      return errors();
    }
    const continued = `${value()}a`.padEnd(NAME_MIN_LENGTH, 'a');
    const { last } = endsOf(continued, this.form.draft().count);
    const lasting = new Set(['name_taken', ...unmet(NAME_RULES, last).map(({ code }) => code)]);
    return dirty() ? errors().filter(({ kind }) => lasting.has(kind)) : [];
  });
  protected readonly matcher: ErrorStateMatcher = {
    isErrorState: () => false,
    isSignalErrorState: () => this.faults().length > 0,
  };

  /** The names that several get; of one, the name. */
  protected readonly preview = computed(() => {
    const { name, count } = this.form.draft();
    const { first, last } = endsOf(name || createText.anyName, count);
    return first === last ? [first] : [first, last];
  });

  protected readonly verdict = computed(() => {
    const availability = this.form.availability();
    return availability ?? (this.faults().length > 0 ? 'notAllowed' : undefined);
  });
  /** What follows the name in DNS; undefined where there is no DNS. */
  protected readonly domain = computed(() => {
    const [region] = this.form.offer()?.regions ?? [];
    return region === undefined ? undefined : `.${region}.cloudapp.azure.com`;
  });
  protected readonly address = computed(() =>
    this.form.offer()?.data_plane === 'local' ? createText.localAddress : createText.clusterAddress,
  );
}
