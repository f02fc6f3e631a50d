import { anActivity, anOrchestration } from '../../../../testing/samples';
import { TimeAxis } from './time-axis';
import { timelineOf } from './timeline-rows';

const at = (seconds: number): string => new Date(Date.UTC(2026, 10, 14, 12) + seconds * 1_000).toISOString();
const failure = (attempt: number, from: number, to: number) => ({
  attempt,
  started_at: at(from),
  finished_at: at(to),
  error_code: 'server_exited' as const,
  error: 'PostgreSQL ended.',
});

describe('the rows of a timeline', () => {
  it('puts the activities on one axis', () => {
    const operation = anOrchestration({
      started_at: at(0),
      finished_at: at(10),
      activities: [
        anActivity({ name: 'a', started_at: at(0), finished_at: at(4) }),
        anActivity({ name: 'b', started_at: at(4), finished_at: at(10) }),
      ],
    });
    const { rows } = timelineOf(operation, new Date(at(99)));
    expect(rows).toMatchObject([
      { type: 'activity', tookMs: 4_000, bars: [{ left: 0, width: 40, tone: 'done' }] },
      { type: 'activity', tookMs: 6_000, bars: [{ left: 40, width: 60, tone: 'done' }] },
    ]);
  });

  it('shows failed attempts in the line of their activity and in lines of their own', () => {
    const operation = anOrchestration({
      started_at: at(0),
      finished_at: at(10),
      activities: [
        anActivity({
          attempt: 2,
          started_at: at(0),
          attempt_started_at: at(6),
          finished_at: at(10),
          failed_attempts: [failure(1, 0, 4)],
        }),
      ],
    });
    expect(timelineOf(operation, new Date(at(10))).rows).toMatchObject([
      {
        type: 'activity',
        bars: [
          { left: 0, width: 40, tone: 'failed' },
          { left: 60, width: 40, tone: 'done' },
        ],
      },
      { type: 'attempt', attempt: 1, tookMs: 4_000, bars: [{ left: 0, width: 40, tone: 'failed' }] },
    ]);
  });

  it('shows the wait for the next attempt from the end of the last one', () => {
    const operation = anOrchestration({
      status: 'running',
      started_at: at(0),
      finished_at: null,
      activities: [
        anActivity({ status: 'waiting', started_at: at(0), finished_at: null, failed_attempts: [failure(1, 0, 4)] }),
      ],
    });
    expect(timelineOf(operation, new Date(at(10))).rows[0]).toMatchObject({
      bars: [
        { left: 0, width: 40, tone: 'failed' },
        { left: 40, width: 60, tone: 'waiting' },
      ],
    });
  });

  it('does not repeat the only attempt of an activity that failed', () => {
    const operation = anOrchestration({
      status: 'failed',
      started_at: at(0),
      finished_at: at(4),
      activities: [
        anActivity({ status: 'failed', started_at: at(0), finished_at: at(4), failed_attempts: [failure(1, 0, 4)] }),
      ],
    });
    expect(timelineOf(operation, new Date(at(4))).rows).toMatchObject([
      { type: 'activity', bars: [{ left: 0, width: 100, tone: 'failed' }] },
    ]);
  });

  it('sums up what was not reached, and shows undoing after it', () => {
    const never = { status: 'skipped' as const, started_at: null, finished_at: null };
    const operation = anOrchestration({
      status: 'failed',
      started_at: at(0),
      finished_at: at(10),
      activities: [
        anActivity({ name: 'a', status: 'failed', started_at: at(0), finished_at: at(8) }),
        anActivity({ name: 'b', ...never }),
        anActivity({ name: 'c', ...never }),
        anActivity({ name: 'undo', phase: 'compensation', started_at: at(8), finished_at: at(10) }),
      ],
    });
    const { rows } = timelineOf(operation, new Date(at(10)));
    expect(rows.map(({ type }) => type)).toEqual(['activity', 'not-reached', 'activity']);
    expect(rows[1]).toMatchObject({ activities: [{ name: 'b' }, { name: 'c' }] });
    expect(rows[2]).toMatchObject({ bars: [{ left: 80, width: 20, tone: 'undo' }] });
  });

  it('grows with the clock while it runs, and lists what is still to come', () => {
    const operation = anOrchestration({
      status: 'running',
      started_at: at(0),
      finished_at: null,
      activities: [
        anActivity({ name: 'a', status: 'running', started_at: at(5), finished_at: null }),
        anActivity({ name: 'b', status: 'pending', started_at: null, finished_at: null }),
      ],
    });
    expect(timelineOf(operation, new Date(at(10))).rows).toMatchObject([
      { type: 'activity', tookMs: 5_000, bars: [{ left: 50, width: 50, tone: 'running' }] },
      { type: 'activity', tookMs: null, bars: [] },
    ]);
    expect(timelineOf(operation, new Date(at(20))).rows).toMatchObject([{ bars: [{ left: 25, width: 75 }] }, {}]);
  });

  it('draws nothing outside the axis when the clocks of browser and server differ', () => {
    const operation = anOrchestration({
      status: 'running',
      started_at: at(0),
      finished_at: null,
      activities: [anActivity({ status: 'running', started_at: at(5), finished_at: null })],
    });
    expect(timelineOf(operation, new Date(at(-60))).rows).toMatchObject([
      { bars: [{ left: 100, width: 0 }], tookMs: 0 },
    ]);
  });
});

describe('the time axis', () => {
  it.each([
    [180, [50, 100, 150]],
    [169_000, [60_000, 120_000]],
    [9_000, [5_000]],
    [3 * 3_600_000, [3_600_000, 7_200_000]],
  ])('has round labels on %i ms', (length, offsets) => {
    expect(new TimeAxis(0, length).labels().map(({ offset }) => offset)).toEqual(offsets);
  });
});
