import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import type { ActivityRecord, OrchestrationRecord } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { currentActivity, progressOf } from '../../../live/orchestration-patch';
import type { IconName } from '../../../ui/icons';
import { activityTitle, measured } from '../../operations';
import { activityDoes, activityText, progressText } from './progress.text';

type ActivityStatus = ActivityRecord['status'];

/** Null: a ring that turns. */
const ICONS: Readonly<Record<ActivityStatus, IconName | null>> = {
  pending: 'radio_button_unchecked',
  running: null,
  waiting: 'schedule',
  succeeded: 'check_circle-fill',
  failed: 'cancel-fill',
  skipped: 'remove',
};

const STATES: Readonly<Record<ActivityStatus, string>> = {
  pending: activityText.pendingState,
  running: activityText.runningState,
  waiting: activityText.waitingState,
  succeeded: activityText.succeededState,
  failed: activityText.failedState,
  skipped: activityText.skippedState,
};

/** The steps of an operation with what happens in each, the time each took and usually takes; then what is undone, if something is. */
@Component({
  selector: 'tg-activity-steps',
  imports: [MatIcon],
  templateUrl: './activity-steps.html',
  styleUrl: './activity-steps.scss',
})
export class ActivitySteps {
  readonly #format = inject(Format);
  readonly #clock = inject(Clock);
  readonly operation = input.required<OrchestrationRecord>();
  /** The time, where somebody else has a finer clock. */
  readonly now = input<Date>();
  protected readonly text = progressText;

  readonly #now = computed(() => this.now() ?? this.#clock.now());

  protected readonly position = computed(() => {
    const operation = this.operation();
    const { done, total } = progressOf(operation);
    const at = currentActivity(operation);
    const count = this.#format.number(total);
    return at?.phase === 'forward' && operation.status !== 'failed'
      ? progressText.step(this.#format.number(Math.min(done + 1, total)), count)
      : progressText.stepsDone(this.#format.number(done), count);
  });

  protected readonly phases = computed(() =>
    (['forward', 'compensation'] as const)
      .map((phase) => ({
        phase,
        steps: this.operation()
          .activities.filter((activity) => activity.phase === phase)
          .map((activity) => this.#step(activity)),
      }))
      .filter(({ steps }) => steps.length > 0),
  );

  #step(activity: ActivityRecord) {
    const { name, title, status, usual_ms: usual } = activity;
    return {
      name,
      status,
      icon: ICONS[status],
      state: STATES[status],
      title: activityTitle(name, title),
      lines: this.#lines(activity).filter((line) => line !== ''),
      took: this.#took(activity),
      usual: usual === null ? '' : this.#format.duration(usual),
    };
  }

  #took({ status, started_at: start, finished_at: end }: ActivityRecord): string {
    if (start === null || status === 'pending' || status === 'skipped') {
      return '';
    }
    const from = Date.parse(start);
    return end === null
      ? this.#format.elapsed(this.#now().getTime() - from)
      : this.#format.duration(Date.parse(end) - from);
  }

  #lines(activity: ActivityRecord): readonly string[] {
    const { name, status, attempt, max_attempts: of } = activity;
    const does = activityDoes[name] ?? '';
    const count = this.#format.number(attempt);
    const soFar = activity.progress === null ? '' : measured(activity.progress, this.#format);
    switch (status) {
      case 'pending':
        return [does];
      case 'running':
        if (attempt <= 1) {
          return [does, soFar];
        }
        return [
          soFar,
          of === null ? activityText.attemptOnly(count) : activityText.attempt(count, this.#format.number(of)),
          this.#lastFailure(activity),
        ];
      case 'waiting':
        return [this.#lastFailure(activity), this.#next(activity)];
      case 'succeeded':
        return attempt > 1 ? [does, activityText.succeededAt(count)] : [does];
      case 'failed': {
        const error = activity.error ?? activity.failed_attempts.at(-1)?.error ?? activityText.noReason;
        return [`${attempt > 1 ? activityText.failedAfter(count) : activityText.failedAfterOne}: ${error}`];
      }
      case 'skipped':
        return [activityText.skipped];
    }
  }

  #lastFailure({ status, attempt, error, failed_attempts: failures }: ActivityRecord): string {
    const last = failures.at(-1);
    const reason = last?.error ?? error;
    const failed = last?.attempt ?? (status === 'running' ? attempt - 1 : attempt);
    return reason === null ? '' : activityText.attemptFailed(this.#format.number(failed), reason);
  }

  #next({ next_attempt_at: next }: ActivityRecord): string {
    const now = this.#now();
    return next === null || Date.parse(next) - now.getTime() < 1_000
      ? activityText.nextAttemptNow
      : activityText.nextAttempt(this.#format.relative(next, now));
  }
}
