import { Component, computed, inject, LOCALE_ID } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { MatRadioModule } from '@angular/material/radio';
import { createText } from './create.text';
import { InstanceForm } from './instance-form';
import { finalRelease } from './postgres-end-of-life';

/** The major version of PostgreSQL, one card each. */
@Component({
  selector: 'tg-version-field',
  imports: [FormField, MatRadioModule],
  template: `
    <div class="field">
      <span class="label" id="create-version-label">{{ text.version }}</span>
      <mat-radio-group
        id="create-version"
        class="radio-cards"
        aria-labelledby="create-version-label"
        [formField]="form.fields.version"
      >
        @for (version of versions(); track version.major) {
          <mat-radio-button class="radio-card" [value]="version.major">
            <span class="radio-card-title">{{ version.major }}</span>
            <span class="radio-card-hint">{{ version.hint }}</span>
          </mat-radio-button>
        }
      </mat-radio-group>
      @if (form.fields.version().errors()[0]; as fault) {
        <p class="fault" role="alert">{{ fault.message }}</p>
      }
    </div>
  `,
  styles: `
    .radio-cards {
      grid-template-columns: repeat(auto-fit, minmax(124px, 1fr));
    }
  `,
})
export class VersionField {
  readonly #month = new Intl.DateTimeFormat(inject(LOCALE_ID), { month: 'short', year: 'numeric' });
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly versions = computed(() =>
    (this.form.offer()?.versions ?? []).map(({ major, latest }) => ({ major, hint: this.#hint(major, latest) })),
  );

  #hint(major: string, latest: boolean): string {
    const end = finalRelease(major);
    return latest ? createText.latest : end ? createText.until(this.#month.format(end)) : '';
  }
}
