import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import { Format } from '../../core/format';
import { dashboardText } from './dashboard.text';

/** That record and reality differ, and the way to where. */
@Component({
  selector: 'tg-findings-line',
  imports: [MatIcon, RouterLink],
  template: `
    <a routerLink="/findings">
      <mat-icon svgIcon="info" aria-hidden="true" /><span>{{ sentence() }}</span
      ><mat-icon svgIcon="chevron_right" aria-hidden="true" />
    </a>
  `,
  styles: `
    a {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 44px;
      color: var(--tg-text);
    }
    span {
      flex: 1;
    }
    mat-icon {
      flex: none;
      width: 18px;
      height: 18px;
      color: var(--tg-text-3);
    }
  `,
})
export class FindingsLine {
  /** How many are open. */
  readonly count = input.required<number>();
  readonly #format = inject(Format);
  protected readonly sentence = computed(() =>
    this.count() === 1 ? dashboardText.findingOne : dashboardText.findingsMany(this.#format.number(this.count())),
  );
}
