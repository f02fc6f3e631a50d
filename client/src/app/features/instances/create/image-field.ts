import { Component, computed, effect, inject, untracked } from '@angular/core';
import { FormField } from '@angular/forms/signals';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatSelectModule } from '@angular/material/select';
import type { RuntimeImage } from '#sdk';
import { sentenceOf } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { liveQuery } from '../../../live/live-query';
import { createText } from './create.text';
import { choiceOf, type ImageChoice, offersDurable, offersRuntimeImages } from './image-choice';
import { InstanceForm } from './instance-form';

/** So many images of one version are offered, by name. */
const MOST = 100;

interface Option {
  readonly choice: ImageChoice;
  readonly label: string;
  readonly hint: string;
}

/** What the server is made of. Not there where there is nothing to choose. */
@Component({
  selector: 'tg-image-field',
  imports: [FormField, MatFormFieldModule, MatSelectModule],
  template: `
    @if (options().length > 1 || images.error()) {
      <div class="field">
        <label id="create-image-label" for="create-image">{{ text.image }}</label>
        <mat-form-field>
          <mat-select
            id="create-image"
            aria-labelledby="create-image-label"
            hideSingleSelectionIndicator
            [formField]="form.fields.image"
          >
            @for (option of options(); track option.choice) {
              <mat-option [value]="option.choice">{{ option.label }}</mat-option>
            }
          </mat-select>
          <mat-hint>{{ hint() }}</mat-hint>
          @if (form.fields.image().errors()[0]; as fault) {
            <mat-error>{{ fault.message }}</mat-error>
          }
        </mat-form-field>
        @if (images.error(); as error) {
          <p class="fault" role="alert">{{ sentenceOf(error) }}</p>
        }
      </div>
    }
  `,
})
export class ImageField {
  protected readonly form = inject(InstanceForm);
  protected readonly text = createText;
  protected readonly sentenceOf = sentenceOf;
  readonly #toygres = inject(TOYGRES);

  readonly #version = computed(() => this.form.draft().version);
  protected readonly images = liveQuery<string, readonly RuntimeImage[]>({
    params: () => {
      const offer = this.form.offer();
      return offer && offersRuntimeImages(offer) ? this.#version() : undefined;
    },
    load: async (version, signal) => {
      const list = await this.#toygres.runtimeImages.list({ version: [version], limit: MOST }, { signal });
      return list.runtime_images;
    },
  });

  protected readonly options = computed((): readonly Option[] => {
    const offer = this.form.offer();
    const images = (this.images.value() ?? []).filter((image) => image.postgres_version === this.#version());
    return [
      { choice: 'stock', label: createText.officialImage, hint: createText.officialImageHint },
      ...(offer && offersDurable(offer, this.#version())
        ? [{ choice: 'pg_durable' as const, label: createText.durableImage, hint: createText.durableImageHint }]
        : []),
      ...images.map((image) => ({
        choice: choiceOf(image),
        label: image.name,
        hint: image.description || image.image_ref,
      })),
    ];
  });
  protected readonly hint = computed(
    () => this.options().find(({ choice }) => choice === this.form.draft().image)?.hint ?? '',
  );

  constructor() {
    // Another version has other images, and one that was chosen may have been removed since.
    effect(() => {
      const known = this.options().some(({ choice }) => choice === this.form.draft().image);
      const isRead = this.images.value() !== undefined && !this.images.outdated();
      const offer = this.form.offer();
      if (!known && offer && (isRead || !offersRuntimeImages(offer))) {
        untracked(() => this.form.fields.image().value.set('stock'));
      }
    });
  }
}
