import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import type { ActivityRecord, OrchestrationRecord } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import type { IconName } from '../../../ui/icons';
import { activityTitle } from '../activities.text';
import { measured } from '../measured';
import { operationName } from '../operations.text';
import { timelineText } from './timeline.text';
import { type Bar, type TimelineRow, timelineOf } from './timeline-rows';

interface Line {
  readonly key: string;
  readonly icon: IconName;
  /** Class of the icon. */
  readonly tone: 'success' | 'error' | 'info' | 'warning' | 'neutral';
  readonly state: string;
  readonly title: string;
  readonly note: string | null;
  readonly bars: readonly Bar[];
  readonly took: string;
  readonly turning?: boolean;
  readonly indented?: boolean;
  readonly faint?: boolean;
  readonly bad?: boolean;
}

const LOOKS: Readonly<Record<ActivityRecord['status'], { icon: IconName; tone: Line['tone'] }>> = {
  succeeded: { icon: 'check_circle-fill', tone: 'success' },
  failed: { icon: 'cancel-fill', tone: 'error' },
  running: { icon: 'autorenew', tone: 'info' },
  waiting: { icon: 'schedule', tone: 'warning' },
  pending: { icon: 'radio_button_unchecked', tone: 'neutral' },
  skipped: { icon: 'remove', tone: 'neutral' },
};

/** The activities of an operation with their attempts, waits and undoing, as bars on one time axis. */
@Component({
  selector: 'tg-operation-timeline',
  imports: [MatIcon],
  templateUrl: './operation-timeline.html',
  styleUrl: './operation-timeline.scss',
})
export class OperationTimeline {
  readonly operation = input.required<OrchestrationRecord>();
  protected readonly text = timelineText;
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);

  protected readonly label = computed(() => timelineText.label(operationName(this.operation())));
  /** What has ended stands still: it does not read the clock. */
  readonly #timeline = computed(() => {
    const operation = this.operation();
    return timelineOf(operation, operation.finished_at === null ? this.#clock.now() : new Date(operation.finished_at));
  });
  protected readonly start = computed(() => this.#format.clock(this.#timeline().axis.start));
  protected readonly axis = computed(() =>
    this.#timeline()
      .axis.labels()
      .map(({ offset, left }) => ({ left, text: `+${this.#round(offset)}` })),
  );
  protected readonly lines = computed(() => this.#timeline().rows.map((row) => this.#line(row)));

  #line(row: TimelineRow): Line {
    switch (row.type) {
      case 'activity':
        return this.#activity(row.activity, row.bars, row.tookMs);
      case 'attempt':
        return {
          key: `${row.activity.phase} ${row.activity.name} ${row.attempt}`,
          icon: 'close',
          tone: 'error',
          state: timelineText.states.failed,
          title: timelineText.attempt(this.#format.number(row.attempt)),
          // What the line of the step says already is not said again.
          note: row.error === row.activity.error ? null : row.error,
          bars: row.bars,
          took: this.#format.duration(row.tookMs),
          indented: true,
          faint: true,
          bad: true,
        };
      case 'not-reached': {
        const count = row.activities.length;
        const titles = row.activities.map(({ name, title }) => activityTitle(name, title));
        return {
          key: 'not-reached',
          icon: 'remove',
          tone: 'neutral',
          state: timelineText.states.skipped,
          title: count === 1 ? timelineText.notReachedOne : timelineText.notReached(this.#format.number(count)),
          note: timelineText.notReachedWhich(this.#format.list(titles)),
          bars: [],
          took: '',
          faint: true,
        };
      }
    }
  }

  #activity(activity: ActivityRecord, bars: readonly Bar[], tookMs: number | null): Line {
    const { name, phase, status } = activity;
    const undo = phase === 'compensation';
    const title = activityTitle(name, activity.title);
    const look = undo && status === 'succeeded' ? { icon: 'undo' as const, tone: 'neutral' as const } : LOOKS[status];
    return {
      key: `${phase} ${name}`,
      ...look,
      state: timelineText.states[status],
      title: undo ? timelineText.undo(title) : title,
      note: this.#note(activity),
      bars,
      took: tookMs === null ? '' : this.#format.duration(tookMs),
      turning: status === 'running',
      faint: status === 'pending' || status === 'skipped',
      bad: status === 'failed',
    };
  }

  #note({
    status,
    attempt,
    max_attempts,
    error,
    failed_attempts,
    next_attempt_at,
    usual_ms,
    progress,
  }: ActivityRecord): string | null {
    const number = (value: number): string => this.#format.number(value);
    const usually = usual_ms === null ? null : timelineText.usually(this.#format.duration(usual_ms));
    switch (status) {
      case 'succeeded':
        return failed_attempts.length > 0 ? timelineText.succeededAt(number(attempt)) : null;
      case 'failed':
        return failed_attempts.length > 1 && error !== null
          ? timelineText.failedAfter(number(failed_attempts.length), error)
          : error;
      case 'waiting':
        return next_attempt_at === null || new Date(next_attempt_at) <= this.#clock.now()
          ? timelineText.nextAttemptNow
          : timelineText.nextAttempt(this.#format.relative(next_attempt_at, this.#clock.now()));
      case 'running': {
        const which =
          attempt > 1 && max_attempts !== null ? timelineText.attemptOf(number(attempt), number(max_attempts)) : null;
        const soFar = progress === null ? null : measured(progress, this.#format);
        return [which, soFar, usually].filter((part) => part !== null).join(', ') || null;
      }
      case 'pending':
        return usually;
      case 'skipped':
        return null;
    }
  }

  /** A round distance without its zero parts: "1 min", not "1 min 0 s"; "5 s", not "5.0 s". */
  #round(milliseconds: number): string {
    return this.#format
      .duration(milliseconds)
      .replace(/[.,]0(?= s$)/, '')
      .replace(/ 0 (s|min)$/, '');
  }
}
