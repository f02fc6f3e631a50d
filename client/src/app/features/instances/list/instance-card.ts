import { Component, computed, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { InstanceSummary } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import { isPassing, leadingKind, Status } from '../../../ui/status';
import { ActionButtons } from '../actions/action-buttons';
import { pathOf } from '../actions/instance-actions';
import { Flash } from './flash';
import { InstanceFacts } from './instance-facts';
import { listText } from './instance-list.text';

/** An instance on a phone: the one status that says most, why it is so, and what to do. */
@Component({
  selector: 'tg-instance-card',
  imports: [ActionButtons, Ago, Flash, InstanceFacts, MatProgressBar, RouterLink, Status],
  template: `
    <div class="head">
      <h2>
        <a [routerLink]="path()">{{ instance().user_name }}</a>
      </h2>
      <tg-status [kind]="kind()" [tgFlash]="kind()" />
    </div>
    <tg-instance-facts [instance]="instance()" />
    @if (progress(); as progress) {
      <mat-progress-bar [mode]="progress.mode" [value]="progress.percent" [attr.aria-label]="progress.label" />
      <p class="small">{{ progress.line }}</p>
    } @else if (problem(); as problem) {
      <p class="small problem">{{ problem }}</p>
    } @else if (kind() === 'healthy') {
      <p class="small">
        {{ answered() }}
        @if (instance().last_health_check; as check) {
          <tg-ago [at]="check.checked_at" />
        }
      </p>
    } @else if (instance().state === 'running') {
      <p class="small">{{ text.runningUnchecked }}</p>
    } @else if (instance().state === 'stopped') {
      <p class="small">{{ text.stopped }}</p>
    } @else if (keptUntil()) {
      <p class="small">{{ keptUntil() }}</p>
    } @else if (instance().state === 'purged') {
      <p class="small"><tg-ago [at]="instance().updated_at" /></p>
    }
    <tg-action-buttons [instance]="instance()" [wide]="true" />
  `,
  styles: `
    .head {
      display: flex;
      align-items: flex-start;
      justify-content: space-between;
      gap: 12px;
    }
    h2 {
      min-width: 0;
      font-size: 15px;
      overflow-wrap: anywhere;
      a {
        color: var(--tg-text);
        font-weight: 600;
      }
    }
    tg-status {
      border-radius: 4px;
      line-height: 24px;
    }
    p {
      margin-top: 8px;
      color: var(--tg-text-2);
      overflow-wrap: anywhere;
    }
    .problem {
      color: var(--tg-error);
    }
    mat-progress-bar {
      margin-top: 10px;
    }
    tg-action-buttons {
      margin-top: 12px;
    }
  `,
  host: { class: 'card' },
})
export class InstanceCard {
  readonly instance = input.required<InstanceSummary>();
  protected readonly text = listText;
  readonly #now = inject(Clock).now;
  readonly #format = inject(Format);

  protected readonly path = computed(() => pathOf(this.instance()));
  protected readonly kind = computed(() => leadingKind(this.instance()));
  protected readonly problem = computed(() => {
    const { state, failure_reason: failure, last_health_check: check } = this.instance();
    if (state === 'failed') {
      return failure;
    }
    return this.kind() === 'unhealthy' ? listText.lastCheckFailed(check?.reason ?? listText.noAnswer) : null;
  });
  protected readonly answered = computed(() => {
    const ms = this.instance().last_health_check?.response_time_ms;
    return ms == null ? '' : `${listText.runningAnswered(this.#format.duration(ms))}, `;
  });
  protected readonly keptUntil = computed(() => {
    const { state, purge_at: until } = this.instance();
    return state === 'deleted' && until !== null ? listText.keptUntil(this.#format.absolute(until)) : undefined;
  });
  protected readonly progress = computed(() => {
    const { orchestration: progress, user_name: name } = this.instance();
    if (!progress || !isPassing(this.instance())) {
      return undefined;
    }
    const step = Math.min(progress.completed + 1, progress.total);
    return {
      percent: progress.total > 0 ? (100 * progress.completed) / progress.total : 0,
      // Of a single step nobody knows how much is done.
      mode: progress.total < 2 ? ('indeterminate' as const) : ('determinate' as const),
      label: listText.progressOf(name),
      line: progress.cancel_requested
        ? listText.calledOff
        : listText.stepsLine(
            this.#format.number(step),
            this.#format.number(progress.total),
            this.#format.elapsed(this.#now().getTime() - new Date(progress.created_at).getTime()),
          ),
    };
  });
}
