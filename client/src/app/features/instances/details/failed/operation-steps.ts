import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import type { ActivityRecord, OrchestrationRecord } from '#sdk';
import { Format } from '../../../../core/format';
import type { IconName } from '../../../../ui/icons';
import { failedText } from './failed.text';

/** The steps of an operation that is over: what worked, what did not, what was undone. */
@Component({
  selector: 'tg-operation-steps',
  imports: [MatIcon],
  template: `
    <ol>
      @for (step of steps(); track $index) {
        <li [class]="step.look">
          <mat-icon [svgIcon]="step.icon" aria-hidden="true" />
          <div>
            <p>{{ step.title }}</p>
            @if (step.note) {
              <p class="note">{{ step.note }}</p>
            }
          </div>
          <span class="tabular">{{ step.took }}</span>
        </li>
      }
    </ol>
  `,
  styles: `
    li {
      display: flex;
      align-items: flex-start;
      gap: 12px;
      padding: 10px 0;
    }
    li + li {
      border-top: 1px solid var(--tg-border);
    }
    mat-icon {
      flex: none;
      width: 20px;
      height: 20px;
      color: var(--tg-text-3);
    }
    div {
      flex: 1;
      min-width: 0;
      overflow-wrap: anywhere;
    }
    p {
      font-weight: 500;
    }
    .note {
      font-size: 13px;
      font-weight: 400;
      line-height: 18px;
      color: var(--tg-text-3);
    }
    span {
      color: var(--tg-text-2);
      white-space: nowrap;
    }
    .succeeded mat-icon {
      color: var(--tg-success);
    }
    .failed mat-icon,
    .failed .note {
      color: var(--tg-error);
    }
  `,
})
export class OperationSteps {
  readonly operation = input.required<OrchestrationRecord>();
  readonly #format = inject(Format);
  protected readonly steps = computed(() =>
    this.operation()
      .activities.filter(({ phase, status }) => phase === 'forward' || status !== 'pending')
      .map((activity) => ({
        look: activity.phase === 'compensation' && activity.status === 'succeeded' ? 'undone' : activity.status,
        icon: iconOf(activity),
        title: activity.phase === 'compensation' ? failedText.undo(activity.title) : activity.title,
        note: this.#note(activity),
        took:
          activity.started_at !== null && activity.finished_at !== null
            ? this.#format.duration(Date.parse(activity.finished_at) - Date.parse(activity.started_at))
            : '',
      })),
  );

  #note({ status, attempt, max_attempts: most, error }: ActivityRecord): string | undefined {
    switch (status) {
      case 'failed': {
        const attempts = failedText.attempts(
          this.#format.number(attempt),
          this.#format.number(Math.max(most ?? attempt, attempt)),
        );
        return error === null ? attempts : `${attempts}: ${error}`;
      }
      case 'succeeded':
        return attempt > 1 ? failedText.lateSuccess(this.#format.number(attempt)) : undefined;
      case 'pending':
      case 'skipped':
        return failedText.notReached;
      case 'running':
      case 'waiting':
        return undefined;
    }
  }
}

function iconOf({ phase, status }: ActivityRecord): IconName {
  if (status === 'failed') {
    return 'cancel-fill';
  }
  if (phase === 'compensation') {
    return 'undo';
  }
  return status === 'succeeded' ? 'check_circle-fill' : 'radio_button_unchecked';
}
