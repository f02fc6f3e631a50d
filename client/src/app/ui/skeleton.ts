import { Component, input } from '@angular/core';

/** A bar in the place and the size of a text that is on its way. */
@Component({
  selector: 'tg-skeleton',
  template: ``,
  styles: `
    :host {
      display: block;
      height: 12px;
      border-radius: 6px;
      background: var(--tg-skeleton);
      animation: tg-shimmer 900ms ease-in-out infinite alternate;
    }
  `,
  host: { '[style.width]': 'width()', '[style.height]': 'height()', 'aria-hidden': 'true' },
})
export class Skeleton {
  /** Any CSS length. */
  readonly width = input('100%');
  readonly height = input('12px');
}
