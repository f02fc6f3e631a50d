import { Component, computed, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import type { InstanceSummary } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import { isPassing, Status } from '../../../ui/status';
import { listText } from './instance-list.text';
import { shortAge } from './short-age';

/** The state of an instance, with how far it is, or why it failed, below. */
@Component({
  selector: 'tg-state-cell',
  imports: [Ago, MatProgressBar, Status],
  template: `
    <div class="line">
      <tg-status [kind]="instance().state" />
      @if (progress(); as progress) {
        <span class="small muted tabular">
          @if (progress.steps) {
            <span class="steps">{{ progress.steps }}, </span>
          }
          <span>{{ progress.age }}</span>
        </span>
      }
    </div>
    @if (progress(); as progress) {
      <mat-progress-bar
        [mode]="progress.mode"
        [class]="instance().state"
        [value]="progress.percent"
        [attr.aria-label]="progress.label"
      />
    } @else if (instance().state === 'failed' && instance().failure_reason) {
      <div class="below reason" [title]="instance().failure_reason">{{ instance().failure_reason }}</div>
    } @else if (keptUntil()) {
      <div class="below" [title]="keptUntil()">{{ keptUntil() }}</div>
    } @else if (instance().state === 'purged') {
      <div class="below"><tg-ago [at]="instance().updated_at" /></div>
    }
  `,
  styleUrl: './cell.scss',
})
export class StateCell {
  readonly instance = input.required<InstanceSummary>();
  readonly #now = inject(Clock).now;
  readonly #format = inject(Format);

  protected readonly keptUntil = computed(() => {
    const { state, purge_at: until } = this.instance();
    return state === 'deleted' && until !== null ? listText.keptUntil(this.#format.absolute(until)) : undefined;
  });
  protected readonly progress = computed(() => {
    const { orchestration: progress, user_name: name } = this.instance();
    if (!progress || !isPassing(this.instance())) {
      return undefined;
    }
    const single = progress.total < 2;
    const steps = progress.cancel_requested
      ? listText.calledOff
      : listText.steps(this.#format.number(progress.completed), this.#format.number(progress.total));
    return {
      steps: single && !progress.cancel_requested ? undefined : steps,
      age: shortAge(this.#now().getTime() - new Date(progress.created_at).getTime(), this.#format),
      // Of a single step nobody knows how much is done.
      mode: single ? ('indeterminate' as const) : ('determinate' as const),
      percent: progress.total > 0 ? (100 * progress.completed) / progress.total : 0,
      label: listText.progressOf(name),
    };
  });
}
