import { Component, input } from '@angular/core';
import type { Segment } from './log-search';

/** A text with marks where it has what is searched for. */
@Component({
  selector: 'tg-marked',
  template: `@for (segment of segments(); track $index) {
    @if (segment.hit) {
      <mark>{{ segment.text }}</mark>
    } @else {
      <span>{{ segment.text }}</span>
    }
  }`,
  styles: `
    mark {
      border-radius: 3px;
      background: var(--tg-mark);
      color: var(--tg-on-mark);
    }
  `,
})
export class Marked {
  readonly segments = input.required<readonly Segment[]>();
}
