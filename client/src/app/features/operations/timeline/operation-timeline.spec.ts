import { ConsoleTest } from '../../../../testing/console';
import { anActivity, anOrchestration } from '../../../../testing/samples';
import { OperationTimeline } from './operation-timeline';

const show = (activities: Parameters<typeof anOrchestration>[0]) =>
  new ConsoleTest({}).show(OperationTimeline, { operation: anOrchestration(activities) });

describe('the timeline of an operation', () => {
  it('says of every step how it went and how long it took', async () => {
    const shown = await show({});
    expect(shown.all('ol')[0]?.getAttribute('aria-label')).toBe('Steps of Create orders-prod');
    expect(shown.all('li').map((row) => row.textContent.trim())).toEqual(['Start PostgreSQL1.0 s']);
    expect(shown.all('li mat-icon')[0]?.getAttribute('aria-label')).toBe('Succeeded');
  });

  it('tells of attempts, of what was not reached and of undoing', async () => {
    const shown = await show({
      status: 'failed',
      finished_at: '2026-11-14T12:00:05Z',
      activities: [
        anActivity({
          status: 'failed',
          attempt: 2,
          finished_at: '2026-11-14T12:00:04Z',
          error: 'PostgreSQL ended.',
          failed_attempts: [1, 2].map((attempt) => ({
            attempt,
            started_at: `2026-11-14T12:00:0${String(attempt)}Z`,
            finished_at: `2026-11-14T12:00:0${String(attempt + 1)}Z`,
            error_code: 'server_exited',
            error: `Attempt ${String(attempt)} ended.`,
          })),
        }),
        anActivity({ name: 'instance.verify-login', status: 'skipped', started_at: null, finished_at: null }),
        anActivity({ name: 'instance.discard', phase: 'compensation' }),
      ],
    });
    expect(shown.text).toContain('Failed after 2 attempts: PostgreSQL ended.');
    expect(shown.text).toContain('Attempt 2 ended.');
    expect(shown.text).toContain('One more stepNot reached: Wait until a login works');
    expect(shown.text).toContain('Undo: Remove what was made');
    expect(shown.all('.bar.failed')).toHaveLength(4);
  });

  it('says the reason of a step once when every attempt failed for it', async () => {
    const shown = await show({
      status: 'failed',
      activities: [
        anActivity({
          status: 'failed',
          attempt: 2,
          error: 'Full.',
          failed_attempts: [1, 2].map((attempt) => ({
            attempt,
            started_at: `2026-11-14T12:00:0${String(attempt)}Z`,
            finished_at: `2026-11-14T12:00:0${String(attempt + 1)}Z`,
            error_code: 'disk_full',
            error: 'Full.',
          })),
        }),
      ],
    });
    expect(shown.all('.title').map((title) => title.textContent)).toEqual([
      'Start PostgreSQL',
      'Attempt 1',
      'Attempt 2',
    ]);
    expect(shown.all('.note').map((note) => note.textContent)).toEqual(['Failed after 2 attempts: Full.']);
  });

  it('says when it is tried again', async () => {
    const shown = await show({
      status: 'running',
      finished_at: null,
      activities: [
        anActivity({
          status: 'waiting',
          finished_at: null,
          next_attempt_at: new Date(Date.now() + 30_500).toISOString(),
        }),
        anActivity({ name: 'an.unknown-one', title: 'Something new', status: 'pending', started_at: null }),
      ],
    });
    expect(shown.text).toMatch(/Trying again in (30|29) s/);
    expect(shown.text).toContain('Something newusually 62 ms');
  });
});
