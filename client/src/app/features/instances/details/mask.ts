import { Component } from '@angular/core';
import { detailsText } from './details.text';

/** What the API puts in the place of a password. */
const MASKED = '***';

/** What stands before and after the password in a string of the API; the whole string when there is none in it. */
export const aroundMask = (masked: string): readonly string[] => masked.split(MASKED);

/** In the place of a password that is not shown; always of the same width, so that it does not tell the length. */
@Component({
  selector: 'tg-mask',
  template: `<span aria-hidden="true">••••••••</span
    ><span class="cdk-visually-hidden">{{ text.hiddenPassword }}</span>`,
  styles: `
    :host {
      padding: 1px 6px;
      border-radius: 4px;
      background: var(--tg-neutral-tint);
      color: var(--tg-text-2);
      letter-spacing: 2px;
      white-space: nowrap;
      user-select: none;
    }
  `,
})
export class Mask {
  protected readonly text = detailsText;
}
