import { Component, computed, inject } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInput } from '@angular/material/input';
import { MatSliderModule } from '@angular/material/slider';
import { Format } from '../../../core/format';
import { createText } from './create.text';
import { InstanceForm } from './instance-form';

/** The slider moves in steps of this many GB; the number beside it takes every whole number. */
const STEP_GB = 10;

/** The size of the volume, by a slider and a number that follow each other. */
@Component({
  selector: 'tg-storage-field',
  imports: [FormField, MatFormFieldModule, MatInput, MatSliderModule],
  templateUrl: './storage-field.html',
  styleUrl: './storage-field.scss',
})
export class StorageField {
  readonly #format = inject(Format);
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly field = this.form.fields.storageGb;
  protected readonly step = STEP_GB;
  protected readonly sliderValue = computed(() => {
    const { minimum_gb: minimum, maximum_gb: maximum } = this.form.limits();
    return Math.min(maximum, Math.max(minimum, this.field().value() ?? minimum));
  });
  protected readonly gigabytes = (size: number): string => createText.gigabytes(this.#format.number(size));

  protected slide(size: number): void {
    this.field().value.set(size);
    this.field().markAsDirty();
  }
}
