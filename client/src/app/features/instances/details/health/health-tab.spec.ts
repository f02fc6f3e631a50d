import { Component, computed, input } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatButtonToggleHarness } from '@angular/material/button-toggle/testing';
import { ConsoleTest } from '../../../../../testing/console';
import { detailsApi, refusal } from '../../../../../testing/details';
import { anEvent, anInstance } from '../../../../../testing/samples';
import type { HealthHistory } from '#sdk';
import { Chart, type Tokens } from '../../../../ui/chart';
import { HealthChart } from './health-chart';

/** jsdom has no canvas; what is drawn on it can still be looked at. */
@Component({ selector: 'tg-chart', template: `<p class="chart">{{ summary() }} {{ drawn() }}</p>` })
class ChartDouble {
  readonly options = input.required<(token: Tokens) => unknown>();
  readonly summary = input.required<string>();
  protected readonly drawn = computed(() => JSON.stringify(this.options()((name) => name)));
}

const FULL: Partial<HealthHistory> = {
  uptime_percent: 99.93,
  buckets: [{ from: new Date().toISOString(), checks: 30, uptime_percent: 90, p50_ms: 12, p95_ms: 26 }],
  history: Array.from({ length: 5 }, (_, index) => ({
    status: index === 0 ? 'unhealthy' : 'healthy',
    checked_at: new Date(Date.now() - index * 30_000).toISOString(),
    response_time_ms: index === 0 ? null : 12,
    postgres_version: 'PostgreSQL 18.4',
    code: index === 0 ? 'not_ready' : null,
    reason: index === 0 ? 'The connection was refused.' : null,
  })),
};

async function open(health: Partial<HealthHistory>, { query = '', timelineComes = true } = {}) {
  const instance = anInstance();
  const now = Date.now();
  const ago = (seconds: number): string => new Date(now - seconds * 1_000).toISOString();
  const api = detailsApi({
    get: () => Promise.resolve(instance),
    health,
    events: [
      { ...anEvent('instance.health_changed', instance, { health_status: 'healthy' }), created_at: ago(600) },
      {
        ...anEvent('instance.health_changed', instance, { health_status: 'unhealthy', reason: 'Refused' }),
        created_at: ago(662),
      },
    ],
  });
  if (!timelineComes) {
    api.instances.timeline.mockReturnValue(new Promise(() => undefined));
  }
  const test = new ConsoleTest(api);
  TestBed.overrideComponent(HealthChart, { remove: { imports: [Chart] }, add: { imports: [ChartDouble] } });
  const shown = await test.visit(`/instances/orders-prod/health${query}`);
  await vi.waitFor(() => expect(shown.text).toContain('Recent checks'));
  await shown.stable();
  return { api, instance, shown, test };
}

describe('the Health tab', () => {
  it('shows figures, chart, incidents and the latest checks', async () => {
    const { shown } = await open(FULL);
    await vi.waitFor(() => expect(shown.all('.chart')).toHaveLength(1));
    const metrics = () =>
      shown.all('tg-health-metrics .metric').map((metric) => metric.textContent.replace(/\s+/g, ''));
    await vi.waitFor(() => expect(metrics()).toEqual(['12ms', '99.93%', '12ms', '26ms', '1']));
    expect(shown.all('tg-health-metrics')[0]?.textContent).toContain('1 min 2 s unhealthy');
    expect(shown.all('.chart')[0]?.textContent).toContain('12 ms in the middle. Uptime: 99.93 %.');
    expect(shown.all('tg-incident-list')[0]?.textContent).toContain('Refused');
    expect(shown.all('tg-recent-checks li')).toHaveLength(5);
    expect(shown.all('tg-recent-checks li')[0]?.textContent).toContain('The connection was refused.');
  });

  it('does not say that nothing happened before it knows', async () => {
    const { shown } = await open(FULL, { timelineComes: false });
    await vi.waitFor(() => expect(shown.all('tg-health-metrics')[0]?.textContent).toContain('99.93'));
    expect(shown.all('tg-health-metrics')[0]?.textContent).not.toContain('no incident');
  });

  it('says how often checks are made, and when the next one is', async () => {
    const { instance, shown, test } = await open(FULL);
    const line = (): string => shown.all('tg-next-check')[0]?.textContent.trim() ?? '';
    await vi.waitFor(() => expect(line()).toMatch(/^A check every 30 s. Next in 2\d s.$/));
    const check = {
      instance_id: instance.id,
      status: 'healthy' as const,
      response_time_ms: 12,
      code: null,
      reason: null,
    };
    const tell = async (ago: number): Promise<void> => {
      test.tell({ kind: 'checks', checks: [{ ...check, checked_at: new Date(Date.now() - ago).toISOString() }] });
      await shown.stable();
    };
    await tell(10_000);
    expect(line()).toMatch(/Next in (19|20) s.$/);
    // Later than it should be, and of a server whose clock is ahead.
    await tell(90_000);
    expect(line()).toBe('A check every 30 s. The next is due now.');
    await tell(-90_000);
    expect(line()).toMatch(/Next in (29|30) s.$/);
  });

  it('says nothing of the next check of an instance that does not run', async () => {
    const { instance, shown, test } = await open(FULL);
    await vi.waitFor(() => expect(shown.all('tg-next-check')[0]?.textContent).toContain('A check every'));
    instance.state = 'deleting';
    test.event(anEvent('instance.state_changed', instance, { state: 'deleting' }));
    await vi.waitFor(() => expect(shown.all('tg-next-check')[0]?.textContent.trim()).toBe(''));
  });

  it('says that a stopped instance is not checked', async () => {
    const { instance, shown, test } = await open(FULL);
    instance.state = 'stopped';
    test.event(anEvent('instance.state_changed', instance, { state: 'stopped' }));
    await vi.waitFor(() =>
      expect(shown.all('tg-next-check')[0]?.textContent.trim()).toBe('Not checked while it is stopped.'),
    );
  });

  it('shows the chart as a table too', async () => {
    const { shown } = await open(FULL);
    [...shown.all('button')].find((found) => found.textContent.includes('Show as table'))?.click();
    await shown.stable();
    expect(shown.all('tg-health-table td').map((cell) => cell.textContent)).toEqual(['12 ms', '26 ms', '90 %', '30']);
  });

  it('says that nothing was checked in the time', async () => {
    const { shown } = await open({});
    await vi.waitFor(() => expect(shown.text).toContain('No check in this time'));
    expect(shown.all('.chart')).toEqual([]);
  });

  it('says why it could not be loaded, in the place of each part', async () => {
    const { api, shown, test } = await open(FULL);
    api.instances.health.mockRejectedValue(refusal(500, 'internal_error', 'It broke.'));
    test.tell({ kind: 'refresh' });
    await vi.waitFor(() => expect(shown.text).toContain('It broke.'));
    expect(shown.all('.chart')).toHaveLength(1);
  });

  it('keeps the range in the address', async () => {
    const { api, shown, test } = await open(FULL);
    await (await shown.loader.getHarness(MatButtonToggleHarness.with({ text: '7 days' }))).check();
    await vi.waitFor(() => expect(test.url).toBe('/instances/orders-prod/health?range=7d'));
    await vi.waitFor(() =>
      expect(api.instances.health).toHaveBeenCalledWith(
        expect.anything(),
        expect.objectContaining({ resolution: '1h' }),
        expect.anything(),
      ),
    );
  });

  it('takes a range of one’s own', async () => {
    const { shown, test } = await open(FULL, {
      query: '?range=custom&from=2026-11-14T00:00:00Z&to=2026-11-14T06:00:00Z',
    });
    const [from, to] = shown.all('input') as HTMLInputElement[];
    to!.value = '2026-11-10T00:00';
    shown.all('form button')[0]?.click();
    await vi.waitFor(() => expect(shown.text).toContain('“From” must lie before “To”.'));
    from!.value = '2026-11-09T00:00';
    shown.all('form button')[0]?.click();
    await vi.waitFor(() => expect(test.url).toContain('from=2026-11-0'));
  });

  it('reads anew when the health has changed or was checked, and not on other events', async () => {
    const { api, instance, test } = await open(FULL);
    api.instances.health.mockClear();
    test.event(anEvent('orchestration.progress', instance));
    test.event(anEvent('instance.health_changed', anInstance(), { health_status: 'unhealthy' }));
    test.event(anEvent('instance.health_changed', instance, { health_status: 'unhealthy' }));
    await vi.waitFor(() => expect(api.instances.health).toHaveBeenCalledTimes(3));
  });

  it('shows all checks when asked', async () => {
    const { api, shown } = await open(FULL);
    [...shown.all('button')].find((found) => found.textContent.includes('Show all'))?.click();
    await vi.waitFor(() =>
      expect(api.instances.health).toHaveBeenCalledWith(
        expect.anything(),
        expect.objectContaining({ resolution: 'raw', limit: 200 }),
        expect.anything(),
      ),
    );
  });
});
