import type { ActivityRecord, OrchestrationRecord } from '#sdk';
import type { Stretch } from './time-axis';
import { TimeAxis } from './time-axis';

export type BarTone = 'done' | 'failed' | 'running' | 'undo' | 'waiting';

export interface Bar extends Stretch {
  readonly tone: BarTone;
}

/** One line of the timeline; words are given to it where it is shown. */
export type TimelineRow =
  | {
      readonly type: 'activity';
      readonly activity: ActivityRecord;
      readonly bars: readonly Bar[];
      readonly tookMs: number | null;
    }
  | {
      readonly type: 'attempt';
      readonly activity: ActivityRecord;
      readonly attempt: number;
      readonly error: string;
      readonly bars: readonly Bar[];
      readonly tookMs: number;
    }
  | { readonly type: 'not-reached'; readonly activities: readonly ActivityRecord[] };

export interface Timeline {
  readonly axis: TimeAxis;
  readonly rows: readonly TimelineRow[];
}

const timeOf = (moment: string): number => new Date(moment).getTime();

/** What happened, and when, in the order of the activities. Clocks may differ: nothing is drawn before the start or after the end. */
export function timelineOf(operation: OrchestrationRecord, now: Date): Timeline {
  const { activities } = operation;
  const start = timeOf(operation.started_at ?? operation.created_at);
  const known = activities
    .flatMap(({ started_at, finished_at, failed_attempts }) => [
      started_at,
      finished_at,
      ...failed_attempts.map((attempt) => attempt.finished_at),
    ])
    .filter((moment) => moment !== null)
    .map(timeOf);
  const end = Math.max(start, ...known, operation.finished_at === null ? now.getTime() : timeOf(operation.finished_at));
  const axis = new TimeAxis(start, end);

  const givenUp = operation.finished_at !== null || operation.status === 'compensating';
  const isReached = (activity: ActivityRecord): boolean =>
    !givenUp || activity.phase === 'compensation' || activity.started_at !== null;
  const notReached = activities.filter((activity) => !isReached(activity));
  const forward = activities.filter((activity) => isReached(activity) && activity.phase === 'forward');
  const undone = activities.filter(({ phase }) => phase === 'compensation');
  const rows = (group: readonly ActivityRecord[]): TimelineRow[] => group.flatMap((activity) => rowsOf(activity, axis));
  return {
    axis,
    rows: [
      ...rows(forward),
      ...(notReached.length > 0 ? [{ type: 'not-reached' as const, activities: notReached }] : []),
      ...rows(undone),
    ],
  };
}

function rowsOf(activity: ActivityRecord, axis: TimeAxis): TimelineRow[] {
  const failed = activity.failed_attempts.map((attempt): { readonly bar: Bar; readonly row: TimelineRow } => {
    const from = timeOf(attempt.started_at);
    const to = timeOf(attempt.finished_at);
    const bar: Bar = { ...axis.stretch(from, to), tone: 'failed' };
    return {
      bar,
      row: {
        type: 'attempt',
        activity,
        attempt: attempt.attempt,
        error: attempt.error,
        bars: [bar],
        tookMs: to - from,
      },
    };
  });
  const last = lastBar(activity, axis);
  const bars = [...failed.map(({ bar }) => bar), ...(last ? [last] : [])];
  const { started_at: started, finished_at: finished } = activity;
  const tookMs = started === null ? null : (finished === null ? axis.end : timeOf(finished)) - timeOf(started);
  // A single attempt that failed for good says nothing that the line of the activity does not.
  const attempts = activity.status === 'failed' && failed.length === 1 ? [] : failed.map(({ row }) => row);
  return [{ type: 'activity', activity, bars, tookMs }, ...attempts];
}

/** The attempt that succeeded or is under way, or the wait for the next one. */
function lastBar(
  { status, phase, attempt_started_at, finished_at, failed_attempts }: ActivityRecord,
  axis: TimeAxis,
): Bar | undefined {
  const from = status === 'waiting' ? failed_attempts.at(-1)?.finished_at : attempt_started_at;
  if (from == null || status === 'failed' || status === 'pending' || status === 'skipped') {
    return undefined;
  }
  const stretch = axis.stretch(timeOf(from), finished_at === null ? axis.end : timeOf(finished_at));
  if (status === 'succeeded') {
    return { ...stretch, tone: phase === 'compensation' ? 'undo' : 'done' };
  }
  return { ...stretch, tone: status === 'waiting' ? 'waiting' : 'running' };
}
