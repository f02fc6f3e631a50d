import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { RuntimeImage } from '#sdk';
import { Format } from '../../core/format';
import { Ago } from '../../ui/ago';
import { CopyButton } from '../../ui/copy-button';
import { imagesText } from './images.text';

/** So much of a digest tells it from others. */
const SHOWN_DIGITS = 19;

/** One image of the catalogue. */
@Component({
  selector: 'tg-image-row',
  imports: [Ago, CopyButton, MatButton],
  templateUrl: './image-row.html',
  styleUrl: './image-row.scss',
})
export class ImageRow {
  readonly image = input.required<RuntimeImage>();
  /** Somebody wants it removed. */
  readonly removed = output();
  protected readonly text = imagesText;
  readonly #format = inject(Format);

  protected readonly shortDigest = computed(() => `${this.image().digest.slice(0, SHOWN_DIGITS)}…`);
  protected readonly pinned = computed(() => `${this.image().image_ref}@${this.image().digest}`);
  protected readonly use = computed(() => {
    const { in_use: users } = this.image();
    if (users === 0) {
      return imagesText.unused;
    }
    return users === 1 ? imagesText.usedByOne : imagesText.usedBy(this.#format.number(users));
  });
}
