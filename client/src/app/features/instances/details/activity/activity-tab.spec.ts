import { ConsoleTest } from '../../../../../testing/console';
import { detailsApi, refusal } from '../../../../../testing/details';
import { anEvent, anInstance, anOrchestration } from '../../../../../testing/samples';
import type { TimelineEvent } from '#sdk';
import { storyOf } from './story';

const INSTANCE = anInstance();

function setUp(events: readonly TimelineEvent[]) {
  const api = detailsApi({
    get: () => Promise.resolve(INSTANCE),
    events,
    operations: [anOrchestration({ instance_id: INSTANCE.id })],
  });
  return { api, test: new ConsoleTest(api) };
}

describe('the Activity tab', () => {
  it('lists events and operations, and adds what happens', async () => {
    const { test } = setUp([anEvent('instance.created', INSTANCE)]);
    const shown = await test.visit('/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.text).toContain('Creation began'));
    await vi.waitFor(() => expect(shown.text).toContain('took 2.0 s'));
    test.event(anEvent('instance.health_changed', INSTANCE, { health_status: 'unhealthy', reason: 'Refused' }));
    await shown.stable();
    expect(shown.all('tg-timeline-entry').map((entry) => entry.textContent)).toEqual([
      expect.stringContaining('Refused'),
      expect.stringContaining('Creation began'),
    ]);
  });

  it('opens an operation to its steps', async () => {
    const { test } = setUp([]);
    const shown = await test.visit('/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.all('tg-operation-rows button')).toHaveLength(1));
    const [row] = shown.all('tg-operation-rows button');
    expect(row?.getAttribute('aria-expanded')).toBe('false');
    row?.click();
    await shown.stable();
    expect(row?.getAttribute('aria-expanded')).toBe('true');
    expect(shown.all('tg-operation-timeline')).toHaveLength(1);
    expect(shown.all('a[href="/operations/create-orders-prod-a1b2c3d4"]')).toHaveLength(1);
  });

  it('follows an operation, and finds a new one', async () => {
    const { api, test } = setUp([]);
    const shown = await test.visit('/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.all('tg-operation-rows button')).toHaveLength(1));
    test.event(anEvent('orchestration.failed', INSTANCE, { kind: 'create' }, 'create-orders-prod-a1b2c3d4'));
    await vi.waitFor(() => expect(shown.all('tg-operation-rows tg-status')[0]?.textContent.trim()).toBe('Failed'));
    api.orchestrations.list.mockClear();
    test.event(anEvent('orchestration.progress', INSTANCE, {}, 'delete-orders-prod-a1b2c3d4'));
    await vi.waitFor(() => expect(api.orchestrations.list).toHaveBeenCalled());
  });

  it('shows older events when asked, past those that tell nothing', async () => {
    const { api, test } = setUp([]);
    const quiet = Array.from({ length: 3 }, () => anEvent('orchestration.progress', INSTANCE, { error: null }));
    const told = Array.from({ length: 20 }, () =>
      anEvent('instance.endpoint_changed', INSTANCE, { host: 'h', port: 1 }),
    );
    api.instances.timeline
      .mockResolvedValueOnce({ events: told, next_before: '50' })
      .mockResolvedValueOnce({ events: quiet, next_before: '40' })
      .mockResolvedValueOnce({ events: [anEvent('instance.created', INSTANCE)], next_before: null });
    const shown = await test.visit('/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.all('tg-timeline-entry')).toHaveLength(20));
    shown.all('button.older')[0]?.click();
    await vi.waitFor(() => expect(shown.all('tg-timeline-entry')).toHaveLength(21));
    expect(shown.all('button.older')).toEqual([]);
  });

  it('says that nothing has happened, or why that is not known', async () => {
    const { api, test } = setUp([]);
    const shown = await test.visit('/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.text).toContain('Nothing has happened yet.'));
    api.instances.timeline.mockRejectedValue(refusal(403, 'forbidden', 'No.'));
    await test.goTo('/');
    await test.goTo('/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
  });
});

describe('storyOf', () => {
  it.each([
    ['instance.state_changed', { from: 'creating', state: 'failed', failure_reason: 'Full.' }, 'Failed', 'Full.'],
    ['instance.state_changed', { state: 'deleting' }, 'Deletion began', null],
    ['instance.state_changed', { state: 'deleted' }, 'Deleted', null],
    ['instance.state_changed', { state: 'running', from: 'failed' }, 'Running', null],
    ['instance.health_changed', { health_status: 'unknown' }, 'Health not known', null],
    ['instance.endpoint_changed', { host: 'localhost', port: 15432 }, 'Reachable at localhost:15432', null],
    [
      'orchestration.progress',
      { activity: 'instance.start', status: 'waiting', error: 'Busy.', attempt: 2 },
      'Start PostgreSQL: attempt 2 failed',
      'Busy.',
    ],
    ['orchestration.compensating', { error: 'Full.' }, 'What had been made is undone', 'Full.'],
    ['orchestration.succeeded', { kind: 'recover' }, 'PostgreSQL was started again', null],
    ['orchestration.succeeded', { kind: 'settle' }, 'A server that should not have run was stopped', null],
    ['orchestration.succeeded', { kind: 'clean-up' }, 'What was left was removed', null],
    ['orchestration.succeeded', { kind: 'resize' }, 'An operation succeeded', null],
    ['orchestration.failed', { kind: 'delete', error: 'Stuck.' }, 'An operation failed', 'Stuck.'],
  ] as const)('tells %s with %j', (type, data, title, detail) => {
    expect(storyOf(anEvent(type, INSTANCE, data))).toMatchObject({ title, detail });
  });

  it.each([
    ['orchestration.progress', { error: null }],
    ['orchestration.progress', { activity: 'instance.start', status: 'running', error: 'Busy.', attempt: 2 }],
    ['orchestration.succeeded', { kind: 'create' }],
    ['orchestration.failed', { kind: 'create' }],
    ['instance.state_changed', { state: 'paused' }],
    ['instance.dreamt' as 'instance.created', {}],
  ] as const)('has nothing to tell of %s with %j', (type, data) => {
    expect(storyOf(anEvent(type, INSTANCE, data))).toBeUndefined();
  });

  it.each([
    ['instance.state_changed', { from: 'running', state: 'stopping' }, 'Stopping began'],
    ['instance.state_changed', { from: 'stopping', state: 'stopped' }, 'Stopped'],
    ['instance.state_changed', { from: 'stopped', state: 'starting' }, 'Starting began'],
    ['instance.state_changed', { from: 'deleted', state: 'starting' }, 'Bringing it back began'],
    ['instance.state_changed', { from: 'running', state: 'restarting' }, 'Restarting began'],
    ['instance.state_changed', { from: 'failed', state: 'creating' }, 'Creation is tried again'],
    ['instance.state_changed', { from: 'deleted', state: 'purging' }, 'Removing for good began'],
    ['instance.state_changed', { from: 'purging', state: 'purged' }, 'Removed for good'],
    ['instance.updated', { deletion_protection: true }, 'Deletion protection was turned on'],
    ['instance.updated', { deletion_protection: false }, 'Deletion protection was turned off'],
    ['instance.updated', { tags: {} }, 'Tags were changed'],
    ['orchestration.cancel_requested', { kind: 'stop' }, 'An operation is being called off'],
    ['orchestration.cancelled', { kind: 'stop', error: 'It was called off.' }, 'An operation was called off'],
    ['orchestration.succeeded', { kind: 'stop' }, undefined],
  ] as const)('tells %s %o', (type, data, title) => {
    expect(storyOf(anEvent(type, INSTANCE, data))?.title).toBe(title);
  });
});
