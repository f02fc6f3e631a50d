import { Component, computed, inject, input } from '@angular/core';
import { Format } from '../../../../core/format';
import { type LogPhase, MOST_LINES } from './log-feed';
import { logsText } from './logs.text';

/** Whether the log is followed, and how much of it is shown. */
@Component({
  selector: 'tg-log-status',
  template: `
    <span class="phase {{ look() }}" role="status">{{ words() }}</span>
    <span>{{ count() }}</span>
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      gap: 4px 16px;
      min-height: 20px;
      font-size: 13px;
      color: var(--tg-text-2);
    }
    .phase::before {
      content: '';
      display: inline-block;
      width: 8px;
      height: 8px;
      margin-right: 8px;
      border-radius: 50%;
      background: var(--tg-border-input);
    }
    .live::before {
      background: var(--tg-dot-success);
    }
    .waiting::before {
      background: var(--tg-dot-warning);
    }
    .failed::before {
      background: var(--tg-dot-error);
    }
  `,
})
export class LogStatus {
  readonly phase = input.required<LogPhase>();
  readonly paused = input.required<boolean>();
  readonly shown = input.required<number>();
  readonly total = input.required<number>();
  readonly #format = inject(Format);

  protected readonly look = computed(() => {
    switch (this.phase()) {
      case 'live':
        return this.paused() ? 'still' : 'live';
      case 'connecting':
      case 'reconnecting':
        return 'waiting';
      default:
        return this.phase();
    }
  });
  protected readonly words = computed(() => {
    const phase = this.phase();
    if (phase === 'live' && this.paused()) {
      return logsText.paused;
    }
    return phase === 'loading' ? '' : logsText[phase];
  });
  protected readonly count = computed(() => {
    const [shown, total] = [this.shown(), this.total()];
    if (shown < total) {
      return logsText.shownOf(this.#format.number(shown), this.#format.number(total));
    }
    const lines = total === 1 ? logsText.oneLine : logsText.lines(this.#format.number(total));
    return total < MOST_LINES ? lines : logsText.mostLines(this.#format.number(total));
  });
}
