import { COMMA, ENTER } from '@angular/cdk/keycodes';
import { Component, computed, inject } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { MatChipsModule, type MatChipInputEvent } from '@angular/material/chips';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { MatSelectModule } from '@angular/material/select';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import { createText } from './create.text';
import { InstanceForm } from './instance-form';
import { tidyTag } from '../tag';

/** Namespace, tags and protection. */
@Component({
  selector: 'tg-advanced-fields',
  imports: [FormField, MatChipsModule, MatFormFieldModule, MatIcon, MatSelectModule, MatSlideToggle],
  templateUrl: './advanced-fields.html',
  styleUrl: './advanced-fields.scss',
})
export class AdvancedFields {
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly tags = this.form.fields.tags;
  protected readonly tagFault = computed(() => this.tags().errorSummary()[0]);
  protected readonly separators = [ENTER, COMMA] as const;

  protected add({ value, chipInput }: MatChipInputEvent): void {
    const tag = tidyTag(value);
    if (tag !== '') {
      this.tags().value.update((tags) => [...tags, tag]);
      // A tag that stands there is one that somebody is done with.
      this.tags().markAsTouched();
    }
    chipInput.clear();
  }

  protected remove(index: number): void {
    this.tags().value.update((tags) => tags.filter((_, other) => other !== index));
  }
}
