import { Component, computed, inject, input, model, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Format } from '../../../../core/format';
import { logsText } from './logs.text';

/** Searches as one types, and goes from match to match. */
@Component({
  selector: 'tg-log-search-field',
  imports: [MatIcon, MatIconButton],
  template: `
    <mat-icon class="sign" svgIcon="search" aria-hidden="true" />
    <input
      type="search"
      class="text-field"
      autocomplete="off"
      spellcheck="false"
      aria-keyshortcuts="/"
      [attr.aria-label]="text.search"
      [placeholder]="text.search"
      [value]="query()"
      (input)="query.set($any($event.target).value)"
      (keydown.enter)="step.emit(1)"
      (keydown.shift.enter)="step.emit(-1)"
      (keydown.escape)="query.set('')"
    />
    <span class="count tabular" role="status">{{ words() }}</span>
    @if (query()) {
      <button
        matIconButton
        type="button"
        [disabled]="total() === 0"
        disabledInteractive
        [attr.aria-label]="text.previousMatch"
        (click)="step.emit(-1)"
      >
        <mat-icon svgIcon="arrow_upward" />
      </button>
      <button
        matIconButton
        type="button"
        [disabled]="total() === 0"
        disabledInteractive
        [attr.aria-label]="text.nextMatch"
        (click)="step.emit(1)"
      >
        <mat-icon svgIcon="arrow_downward" />
      </button>
    }
  `,
  styles: `
    :host {
      position: relative;
      display: flex;
      align-items: center;
      flex: 1 1 260px;
      max-width: 480px;
      min-width: 0;
    }
    .sign {
      position: absolute;
      left: 12px;
      width: 18px;
      height: 18px;
      color: var(--tg-text-2);
    }
    .text-field {
      height: 36px;
      padding: 0 8px 0 38px;
    }
    .count {
      flex: none;
      padding: 0 4px 0 10px;
      font-size: 13px;
      color: var(--tg-text-2);
      white-space: nowrap;
    }
    .count:empty {
      display: none;
    }
    @media (max-width: 599px) {
      :host {
        flex-basis: 100%;
        max-width: none;
      }
      .text-field {
        height: 44px;
      }
    }
  `,
})
export class LogSearchField {
  readonly query = model.required<string>();
  /** Lines that match. */
  readonly total = input.required<number>();
  /** Which of them is pointed at, from 0. */
  readonly at = input<number>();
  /** Asks for the next match, or the one before. */
  readonly step = output<1 | -1>();
  protected readonly text = logsText;
  readonly #format = inject(Format);
  protected readonly words = computed(() => {
    if (this.query() === '') {
      return '';
    }
    const total = this.total();
    return total === 0
      ? logsText.noMatch
      : logsText.matches(this.#format.number((this.at() ?? -1) + 1), this.#format.number(total));
  });
}
