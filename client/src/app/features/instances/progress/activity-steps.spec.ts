import { type ApiDouble, ConsoleTest, type Shown } from '../../../../testing/console';
import { anActivity, anOrchestration } from '../../../../testing/samples';
import type { ActivityRecord, OrchestrationRecord } from '#sdk';
import { ActivitySteps } from './activity-steps';

describe('the steps of an operation', () => {
  const api: ApiDouble = {};
  const now = new Date('2026-11-14T12:00:10Z');

  async function show(activities: readonly Partial<ActivityRecord>[], given: Partial<OrchestrationRecord> = {}) {
    const operation = anOrchestration({
      status: 'running',
      finished_at: null,
      activities: activities.map((activity) => anActivity(activity)),
      ...given,
    });
    return new ConsoleTest(api).show(ActivitySteps, { operation, now });
  }
  const words = (shown: Shown<unknown>, selector: string) =>
    shown.all(selector).map((element) => element.textContent.replace(/\s+/g, ' ').trim());
  const states = (shown: Shown<unknown>) => words(shown, '.sign');
  const lines = (shown: Shown<unknown>) => words(shown, 'li:first-child .line');
  const pending = { status: 'pending', attempt: 0, started_at: null, finished_at: null } as const;

  it('says what was done, is done and is to do, with times', async () => {
    const shown = await show([
      { name: 'instance.reserve' },
      { name: 'instance.start', status: 'running', started_at: '2026-11-14T12:00:04Z', finished_at: null },
      { ...pending, name: 'instance.verify-login', usual_ms: null },
    ]);
    expect(shown.all('.position')[0]?.textContent).toBe('Step 2 of 3');
    expect(states(shown)).toEqual(['done:', 'under way:', 'to do:']);
    expect(words(shown, '.title')).toEqual([
      'Reserve name, port and secrets',
      'Start PostgreSQL',
      'Wait until a login works',
    ]);
    expect(words(shown, 'li .time:not(.usual)')).toEqual(['Took 1.0 s', 'Took 6 s', '']);
    expect(words(shown, 'li .usual')).toEqual(['Usually 62 ms', 'Usually 62 ms', '']);
    expect(shown.all('[aria-current=step]')).toHaveLength(1);
  });

  it('shows an activity that it does not know by the title of the API', async () => {
    const shown = await show([{ name: 'instance.backup', title: 'Take a backup' }]);
    expect(shown.all('.title')[0]?.textContent).toBe('Take a backup');
  });

  it('says why an attempt failed and when the next one is', async () => {
    const failed = {
      attempt: 1,
      started_at: '2026-11-14T12:00:04Z',
      finished_at: '2026-11-14T12:00:05Z',
      error_code: 'not_ready' as const,
      error: 'The server refuses connections.',
    };
    const shown = await show([
      { status: 'waiting', next_attempt_at: '2026-11-14T12:00:14Z', failed_attempts: [failed], finished_at: null },
      { ...pending },
    ]);
    expect(lines(shown)).toEqual(['Attempt 1 failed: The server refuses connections.', 'Trying again in 4 s.']);
  });

  it('says which attempt is under way, and at which one it succeeded', async () => {
    const again = await show([{ status: 'running', attempt: 2, max_attempts: 3, finished_at: null }]);
    expect(again.text).toContain('Attempt 2 of 3.');
  });

  it('says at which attempt a step succeeded', async () => {
    const shown = await show([{ attempt: 2 }]);
    expect(shown.text).toContain('Succeeded at attempt 2.');
  });

  it('shows what failed, what was left out, and what is undone', async () => {
    const shown = await show(
      [
        { status: 'failed', attempt: 3, error: 'No port is free.' },
        { ...pending, status: 'skipped', name: 'instance.verify-login' },
        { name: 'instance.discard', phase: 'compensation', status: 'running', finished_at: null },
      ],
      { status: 'compensating' },
    );
    expect(shown.text).toContain('Failed after 3 attempts: No port is free.');
    expect(states(shown)).toEqual(['failed:', 'left out:', 'under way:']);
    expect(shown.all('h3').map((heading) => heading.textContent)).toEqual(['Undoing']);
    expect(shown.all('ol')).toHaveLength(2);
  });
});
