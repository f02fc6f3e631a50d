import { LiveAnnouncer } from '@angular/cdk/a11y';
import { TestBed } from '@angular/core/testing';
import { type InstanceDetails, type OrchestrationRecord, ToygresError } from '#sdk';
import { ConsoleTest } from '../../../../testing/console';
import {
  anActivity,
  anEvent,
  anInstance,
  anOrchestration,
  someCapabilities,
  someProgress,
} from '../../../../testing/samples';
import { CreationProgress } from './creation-progress';

const START = '2026-11-14T12:00:00.000Z';
const ID = 'create-orders-prod-a1b2c3d4';
const pending = { status: 'pending', attempt: 0, started_at: null, finished_at: null } as const;

function creating(): InstanceDetails {
  return anInstance({
    state: 'creating',
    health_status: 'unknown',
    created_at: START,
    orchestration: someProgress({
      id: ID,
      started_by: 'M. Keller',
      created_at: START,
      deadline: '2026-11-14T12:15:00.000Z',
      completed: 1,
      total: 2,
    }),
  });
}

function underWay(given: Partial<OrchestrationRecord> = {}): OrchestrationRecord {
  return anOrchestration({
    id: ID,
    status: 'running',
    created_at: START,
    deadline: '2026-11-14T12:15:00.000Z',
    finished_at: null,
    activities: [
      anActivity({ name: 'instance.reserve', usual_ms: 10_000 }),
      anActivity({ status: 'running', finished_at: null, usual_ms: 28_000 }),
    ],
    ...given,
  });
}

describe('the progress of a creation', () => {
  beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true, now: Date.parse(START) + 24_000 }));
  afterEach(() => vi.useRealTimers());

  async function show(
    get: () => Promise<OrchestrationRecord>,
    { usual = 38_000, instance = creating() }: { usual?: number | null; instance?: InstanceDetails } = {},
  ) {
    const reads = vi.fn(get);
    const console = new ConsoleTest({
      capabilities: () => Promise.resolve(someCapabilities({ usual_create_ms: usual })),
      orchestrations: { get: reads },
    });
    const announce = vi.spyOn(TestBed.inject(LiveAnnouncer), 'announce').mockResolvedValue();
    const shown = await console.show(CreationProgress, { instance });
    const finished = vi.fn();
    shown.fixture.componentInstance.finished.subscribe(finished);
    return { console, shown, reads, announce, finished, instance };
  }
  const loaded = (shown: { all: (selector: string) => HTMLElement[] }) =>
    vi.waitFor(() => expect(shown.all('tg-activity-steps')).toHaveLength(1));

  it('shows what it knows at once, and skeletons for the steps', async () => {
    const { shown } = await show(() => new Promise(() => undefined));
    expect(shown.all('tg-skeleton').length).toBeGreaterThan(0);
    expect(shown.all('.metric')[0]?.textContent.trim()).toBe('24s');
    expect(shown.text).toContain('M. Keller');
  });

  it('says when the steps could not be read, and reads again', async () => {
    const { shown, reads } = await show(() =>
      Promise.reject(new ToygresError({ status: 500, code: 'internal_error', message: 'It broke.' })),
    );
    await vi.waitFor(() => expect(shown.text).toContain('It broke.'));
    reads.mockResolvedValue(underWay());
    shown.all('tg-load-error button')[0]?.click();
    await loaded(shown);
  });

  it('says denied when the steps may not be read', async () => {
    const { shown } = await show(() =>
      Promise.reject(new ToygresError({ status: 403, code: 'forbidden', message: 'No.' })),
    );
    await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
  });

  it('shows elapsed against usual time, the steps, the deadline and the operation', async () => {
    const { shown } = await show(() => Promise.resolve(underWay()));
    await loaded(shown);
    expect(shown.text).toMatch(/About 1[34] s left/);
    expect(shown.text).toContain('usually ready in 38 s');
    expect(shown.all('.mark')[0]?.style.left).toBe('80%');
    expect(shown.text).toContain('Step 2 of 2');
    expect(shown.text).toMatch(/At \d\d:15:00 \(in 14 min 3\d s\) Toygres gives up/);
    expect(shown.all('a.mono')[0]?.getAttribute('href')).toBe(`/operations/${ID}`);
  });

  it('goes on ticking, and says when it takes longer than usual', async () => {
    const { shown } = await show(() => Promise.resolve(underWay()));
    await loaded(shown);
    await vi.advanceTimersByTimeAsync(20_000);
    await shown.stable();
    expect(shown.all('.metric')[0]?.textContent.trim()).toBe('44s');
    expect(shown.text).toMatch(/[56] s longer than usual/);
    await vi.advanceTimersByTimeAsync(60_000);
    await shown.stable();
    expect(shown.all('.metric')[0]?.textContent.trim()).toMatch(/^1min ?44s$/);
  });

  it('goes by steps where no time was measured', async () => {
    const [first = anActivity(), second = anActivity()] = underWay().activities;
    const { shown } = await show(
      () => Promise.resolve(underWay({ activities: [first, { ...second, usual_ms: null }] })),
      { usual: null },
    );
    await loaded(shown);
    expect(shown.text).toContain('no usual time measured yet');
    expect(shown.all('[role=progressbar]')[0]?.getAttribute('aria-valuenow')).toBe('50');
  });

  it('follows the events', async () => {
    const { console, shown, instance } = await show(() =>
      Promise.resolve(underWay({ activities: [anActivity({ name: 'instance.reserve' }), anActivity({ ...pending })] })),
    );
    await loaded(shown);
    const data = { activity: 'instance.start', phase: 'forward', position: 1, status: 'running', attempt: 1 };
    console.event(anEvent('orchestration.progress', instance, data, ID));
    await shown.stable();
    expect(shown.all('li')[1]?.getAttribute('aria-current')).toBe('step');
  });

  it('says and shows that what was made is removed', async () => {
    const { console, shown, announce, reads, instance } = await show(() => Promise.resolve(underWay()));
    await loaded(shown);
    reads.mockResolvedValue(underWay({ status: 'compensating', error: 'No port is free.' }));
    console.event(anEvent('orchestration.compensating', instance, {}, ID));
    await vi.waitFor(() => expect(shown.text).toContain('No port is free.'));
    expect(shown.text).toContain('Removing what was made');
    expect(shown.text).not.toContain('usually ready');
    expect(shown.text).not.toContain('Toygres gives up');
    expect(announce).toHaveBeenCalledWith(expect.stringContaining('What was made is being removed.'));
  });

  it('tells its end once, although the page may take it away before the operation has said so', async () => {
    const { console, shown, announce, finished, instance } = await show(() => Promise.resolve(underWay()));
    await loaded(shown);
    console.event({
      ...anEvent('instance.state_changed', instance, { from: 'creating', state: 'running' }, ID),
      created_at: '2026-11-14T12:00:00.181Z',
    });
    expect(finished).toHaveBeenCalledTimes(1);
    expect(announce).toHaveBeenCalledWith('orders-prod is ready after 181 ms.');
    console.event(anEvent('orchestration.succeeded', instance, {}, ID));
    await shown.stable();
    expect(finished).toHaveBeenCalledTimes(1);
  });

  it('shows a creation that was over before it could be read', async () => {
    const over = underWay({ status: 'succeeded', finished_at: '2026-11-14T12:00:00.181Z', activities: [anActivity()] });
    const { shown, finished, announce } = await show(() => Promise.resolve(over));
    await loaded(shown);
    expect(shown.text).toContain('Ready after 181 ms');
    expect(shown.all('.metric')[0]?.textContent.trim()).toBe('181ms');
    await vi.waitFor(() => expect(finished).toHaveBeenCalledTimes(1));
    expect(announce).toHaveBeenCalledWith('orders-prod is ready after 181 ms.');
  });

  it('shows and tells a failure', async () => {
    const failed = underWay({ status: 'failed', finished_at: '2026-11-14T12:00:09Z', error: 'No port is free.' });
    const { shown, announce } = await show(() => Promise.resolve(failed));
    await loaded(shown);
    expect(shown.text).toContain('Failed after 9.0 s');
    await vi.waitFor(() => expect(announce).toHaveBeenCalledWith('The creation of orders-prod has failed.'));
  });

  it('keeps the operation when the instance does not name it any more', async () => {
    const { shown, reads, instance } = await show(() => Promise.resolve(underWay()));
    await loaded(shown);
    shown.fixture.componentRef.setInput('instance', { ...instance, orchestration: null });
    await shown.stable();
    expect(shown.all('tg-activity-steps')).toHaveLength(1);
    expect(reads).toHaveBeenCalledTimes(1);
  });
});
