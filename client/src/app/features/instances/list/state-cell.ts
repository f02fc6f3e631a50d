import { Component, computed, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import type { InstanceSummary } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import { Status } from '../../../ui/status';
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
        <span class="small muted tabular"
          ><span class="steps">{{ progress.steps }}, </span>{{ progress.age }}</span
        >
      }
    </div>
    @if (progress(); as progress) {
      <mat-progress-bar
        mode="determinate"
        [class]="instance().state"
        [value]="progress.percent"
        [attr.aria-label]="progress.label"
      />
    } @else if (instance().state === 'failed' && instance().failure_reason) {
      <div class="below reason" [title]="instance().failure_reason">{{ instance().failure_reason }}</div>
    } @else if (instance().state === 'deleted') {
      <div class="below"><tg-ago [at]="instance().updated_at" /></div>
    }
  `,
  styleUrl: './cell.scss',
})
export class StateCell {
  readonly instance = input.required<InstanceSummary>();
  readonly #now = inject(Clock).now;
  readonly #format = inject(Format);

  protected readonly progress = computed(() => {
    const { state, orchestration: progress, user_name: name } = this.instance();
    if (!progress || (state !== 'creating' && state !== 'deleting')) {
      return undefined;
    }
    return {
      steps: listText.steps(this.#format.number(progress.completed), this.#format.number(progress.total)),
      age: shortAge(this.#now().getTime() - new Date(progress.created_at).getTime(), this.#format),
      percent: progress.total > 0 ? (100 * progress.completed) / progress.total : 0,
      label: listText.progressOf(name),
    };
  });
}
