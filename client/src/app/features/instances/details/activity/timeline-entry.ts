import { Component, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { Ago } from '../../../../ui/ago';
import type { Story } from './story';

/** One thing that happened. */
@Component({
  selector: 'tg-timeline-entry',
  imports: [Ago, MatIcon],
  template: `
    <mat-icon [svgIcon]="story().icon" [class]="story().tone" aria-hidden="true" />
    <div>
      <p class="title">{{ story().title }}</p>
      @if (story().detail; as detail) {
        <p class="detail">{{ detail }}</p>
      }
      <p class="when"><tg-ago [at]="story().at" /></p>
    </div>
  `,
  styles: `
    :host {
      display: flex;
      align-items: flex-start;
      gap: 12px;
      padding: 9px 0;
    }
    mat-icon {
      flex: none;
      width: 18px;
      height: 18px;
      margin-top: 1px;
      color: var(--tg-text-3);
    }
    mat-icon.success {
      color: var(--tg-success);
    }
    mat-icon.warning {
      color: var(--tg-warning);
    }
    mat-icon.error {
      color: var(--tg-error);
    }
    div {
      min-width: 0;
      overflow-wrap: anywhere;
    }
    .title {
      font-weight: 500;
    }
    .detail {
      font-size: 13px;
      line-height: 18px;
      color: var(--tg-text-2);
    }
    .when {
      font-size: 12px;
      line-height: 16px;
      color: var(--tg-text-3);
    }
  `,
})
export class TimelineEntry {
  readonly story = input.required<Story>();
}
