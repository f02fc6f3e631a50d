import { Component, input, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { type InstanceSummary, type Stats, ToygresError } from '#sdk';
import { type ApiDouble, ConsoleTest } from '../../../testing/console';
import {
  aBatch,
  anActivity,
  anEvent,
  anInstance,
  anOrchestration,
  someCapabilities,
  someStats,
  byState,
} from '../../../testing/samples';
import { Viewport } from '../../core/viewport';
import { Chart } from '../../ui/chart';
import { FleetHealth } from './fleet-health';

/** jsdom has no canvas. */
@Component({ selector: 'tg-chart', template: `{{ summary() }}` })
class ChartDouble {
  readonly options = input.required<unknown>();
  readonly summary = input.required<string>();
}

function visit(stats: ApiDouble['stats'], unhealthy: InstanceSummary[] = [], others: ApiDouble = {}) {
  const list = vi.fn(async () => ({ instances: unhealthy, total: unhealthy.length, page: 1, pages: 1 }));
  const test = new ConsoleTest({ ...(stats ? { stats } : {}), instances: { list }, ...others });
  TestBed.overrideComponent(FleetHealth, { remove: { imports: [Chart] }, add: { imports: [ChartDouble] } });
  return { test, list, page: test.visit('/') };
}

const shows = async (given: Partial<Stats>, unhealthy: InstanceSummary[] = []) => {
  const { page } = visit(async () => someStats(given), unhealthy);
  const shown = await page;
  await vi.waitFor(() => expect(shown.all('tg-metric-cards')).toHaveLength(1));
  await shown.stable();
  return shown;
};

const bucket = { from: '2026-11-14T11:45:00Z', checks: 90, uptime_percent: 100, p50_ms: 12, p95_ms: 30 };
const someFailed = byState({ running: 3, failed: 1 });

describe('the dashboard', () => {
  it('shows placeholders until the first answer', async () => {
    const shown = await visit(() => new Promise(() => undefined)).page;
    expect(shown.all('tg-skeleton').length).toBeGreaterThan(5);
    expect(shown.text).toContain('Create instance');
  });

  it('says why it can not be read, and tries again', async () => {
    let away = true;
    const shown = await visit(async () => {
      if (away) {
        throw new ToygresError({ status: 500, code: 'internal_error', message: 'The database is away.' });
      }
      return someStats();
    }).page;
    await vi.waitFor(() => expect(shown.text).toContain('The database is away.'));
    expect(shown.all('tg-skeleton')).toEqual([]);
    away = false;
    await (await shown.loader.getHarness(MatButtonHarness.with({ text: 'Try again' }))).click();
    await vi.waitFor(() => expect(shown.text).toContain('One instance. Nothing needs attention.'));
  });

  it('leaves out on phones what there is none of', async () => {
    TestBed.overrideProvider(Viewport, { useValue: { phone: signal(true), tablet: signal(false) } });
    const shown = await shows({ by_state: someFailed, by_health: { healthy: 2, unhealthy: 1, unknown: 0 } });
    expect(shown.all('tg-metric-cards .label').map((label) => label.textContent.trim())).toEqual([
      'Running',
      'Unhealthy',
      'Failed',
    ]);
    expect(shown.all('tg-metric-cards .context')[0]?.textContent).toBe('2 healthy');
  });

  it('keeps the figures on the page while they can not be read anew', async () => {
    let away = false;
    const { test, page } = visit(async () => {
      if (away) {
        throw new ToygresError({ status: 500, code: 'internal_error', message: 'The database is away.' });
      }
      return someStats();
    });
    const shown = await page;
    await vi.waitFor(() => expect(shown.text).toContain('One instance.'));
    away = true;
    test.tell({ kind: 'refresh' });
    await vi.waitFor(() => expect(shown.text).toContain('The database is away.'));
    expect(shown.text).toContain('One instance.');
  });

  it('says that one may not see it', async () => {
    const denied = () => Promise.reject(new ToygresError({ status: 403, code: 'forbidden', message: 'No.' }));
    const shown = await visit(denied).page;
    await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
  });

  it.each([
    [1, 0, '4 instances. One failed.'],
    [2, 0, '4 instances. 2 failed.'],
    [0, 1, '4 instances. One is unhealthy.'],
    [0, 3, '4 instances. 3 are unhealthy.'],
    [1, 1, '4 instances. One failed and one is unhealthy.'],
    [2, 3, '4 instances. 2 failed and 3 are unhealthy.'],
    [0, 0, '4 instances. Nothing needs attention.'],
  ])('puts it in a sentence (%i failed, %i unhealthy)', async (failed, unhealthy, sentence) => {
    const shown = await shows({
      total: 4,
      by_state: { ...someFailed, failed },
      by_health: { healthy: 0, unhealthy, unknown: 0 },
    });
    expect(shown.all('.lead')[0]?.textContent.trim()).toBe(sentence);
  });

  it('leads from every count to what was counted', async () => {
    const shown = await shows({
      by_state: byState({ creating: 2, running: 3, failed: 1 }),
      by_health: { healthy: 2, unhealthy: 1, unknown: 0 },
      create_latency: [{ stage: 'total', p50_ms: 180, p95_ms: 400, samples: 20 }],
    });
    const cards = shown.all('tg-metric-cards a');
    expect(cards.map((card) => card.getAttribute('href'))).toEqual([
      '/instances?state=running',
      '/instances?state=creating',
      '/instances?state=running&health=unhealthy',
      '/instances?state=failed',
      '/instances?state=deleting',
    ]);
    expect(cards[0]?.textContent).toContain('2 healthy · 1 unhealthy');
    expect(cards[1]?.textContent).toContain('usually 180 ms');
  });

  it('counts what is stopped where there is some', async () => {
    const shown = await shows({ by_state: byState({ running: 3, stopped: 2 }) });
    const cards = shown.all('tg-metric-cards a');
    expect(cards[4]?.getAttribute('href')).toBe('/instances?state=stopped');
    expect(cards[4]?.textContent).toContain('data and address kept');
  });

  it('puts what failed before what is unhealthy, each with its reason', async () => {
    const failed = anInstance({ user_name: 'billing', state: 'failed', failure_reason: 'The disk is full.' });
    const ill = anInstance({
      user_name: 'analytics',
      health_status: 'unhealthy',
      last_health_check: {
        status: 'unhealthy',
        checked_at: new Date().toISOString(),
        response_time_ms: null,
        code: 'not_ready',
        reason: 'Timed out.',
      },
    });
    const shown = await shows(
      {
        total: 4,
        by_state: someFailed,
        by_health: { healthy: 2, unhealthy: 1, unknown: 0 },
        failed_instances: [failed],
      },
      [ill],
    );
    await vi.waitFor(() => expect(shown.all('tg-needs-attention li')).toHaveLength(2));
    const [first, second] = shown.all('tg-needs-attention li').map((row) => row.textContent);
    expect(first).toMatch(/Failed.*billing.*The disk is full\./s);
    expect(second).toMatch(/Unhealthy.*analytics.*Timed out\./s);
  });

  it('keeps the room of rows that are on their way', async () => {
    const { page } = visit(
      async () => someStats({ by_health: { healthy: 0, unhealthy: 8, unknown: 0 }, by_state: someFailed }),
      [],
      { instances: { list: () => new Promise(() => undefined) } },
    );
    const shown = await page;
    await vi.waitFor(() => expect(shown.all('tg-needs-attention .place')).toHaveLength(6));
    expect(shown.text).toContain('3 more need attention');
  });

  it('lets go of who has recovered', async () => {
    const ill = anInstance({ user_name: 'analytics', health_status: 'unhealthy' });
    const { test, list, page } = visit(
      async () => someStats({ by_health: { healthy: 0, unhealthy: 1, unknown: 0 } }),
      [ill],
    );
    const shown = await page;
    await vi.waitFor(() => expect(shown.all('tg-needs-attention li')).toHaveLength(1));
    list.mockResolvedValue({ instances: [], total: 0, page: 1, pages: 1 });
    test.event(anEvent('instance.health_changed', ill, { health_status: 'healthy' }));
    await shown.stable();
    expect(shown.all('tg-needs-attention li')).toHaveLength(0);
  });

  it('shows what is under way, and moves it with events', async () => {
    const instance = anInstance({ user_name: 'reports', state: 'creating' });
    const running = anOrchestration({
      id: 'create-1',
      instance_name: 'reports',
      status: 'running',
      started_at: new Date().toISOString(),
      finished_at: null,
      activities: [
        anActivity({ name: 'instance.start', status: 'running', finished_at: null }),
        anActivity({ name: 'instance.verify-login', status: 'pending', started_at: null, finished_at: null }),
      ],
    });
    const { test, page } = visit(async () => someStats({ orchestrations_in_flight: [running] }));
    const shown = await page;
    await vi.waitFor(() => expect(shown.text).toContain('Creating, step 1 of 2: Start PostgreSQL'));
    expect(shown.text).toMatch(/([0-3] s of about|[0-3] s, usually) 124 ms/);
    const progress = { activity: 'instance.start', phase: 'forward', status: 'succeeded', position: 0, attempt: 1 };
    test.event(anEvent('orchestration.progress', instance, progress, 'create-1'));
    await shown.stable();
    expect(shown.text).toContain('Creating, step 2 of 2: Wait until a login works');
  });

  it('shows batches that are under way, before the operations that they are made of', async () => {
    const batch = aBatch({ id: 'batch-create-1', status: 'running', total: 12, running: 2, pending: 6, succeeded: 4 });
    const { test, page } = visit(async () => someStats(), [], {
      batches: { list: async () => ({ batches: [batch], total: 1, page: 1, pages: 1 }) },
    });
    const shown = await page;
    const first = () => shown.all('tg-in-progress li')[0];
    await vi.waitFor(() => expect(first()?.textContent).toContain('4 of 12 done'));
    expect(first()?.querySelector('a')?.getAttribute('href')).toBe('/batches/batch-create-1');
    test.event(anEvent('batch.changed', null, { ...batch, batch_id: batch.id, succeeded: 5, running: 1 }));
    await shown.stable();
    expect(first()?.textContent).toContain('5 of 12 done');
    const ended = { status: 'succeeded', succeeded: 12, running: 0, pending: 0 };
    test.event(anEvent('batch.changed', null, { ...batch, batch_id: batch.id, ...ended }));
    await shown.stable();
    expect(shown.all('tg-in-progress li')).toEqual([]);
  });

  it.each([
    [someStats(), 'One instance.'],
    [someStats({ total: 0 }), 'Your PostgreSQL, in under a minute'],
  ])('leads to what differs from the record', async (stats, sentence) => {
    const list = vi.fn(async () => ({ findings: [], total: 3, page: 1, pages: 3 }));
    const { test, page } = visit(async () => stats, [], { findings: { list } });
    const shown = await page;
    await vi.waitFor(() =>
      expect(shown.all('tg-findings-line')[0]?.textContent).toContain('3 things differ from what is recorded'),
    );
    expect(shown.text).toContain(sentence);
    expect(shown.text).not.toContain('Nothing needs attention.');
    list.mockResolvedValue({ findings: [], total: 0, page: 1, pages: 1 });
    test.event(anEvent('findings.changed', null, { open: 0 }));
    await vi.waitFor(() => expect(shown.all('tg-findings-line')).toEqual([]));
  });

  it('shows the health of the last day as a chart and as a table', async () => {
    const bad = { ...bucket, from: '2026-11-14T11:30:00Z', checks: 10, uptime_percent: 50 };
    const shown = await shows({ health_over_time: [bad, bucket] });
    expect(shown.all('tg-chart')[0]?.textContent).toContain('95 % of 100 health checks were good.');
    await (await shown.loader.getHarness(MatButtonHarness.with({ text: 'Show as table' }))).click();
    expect(shown.all('tg-chart')).toHaveLength(0);
    const rows = shown.all('tg-fleet-health tbody tr').map((row) => row.textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('100 %');
    expect(rows[1]).toContain('50 %');
  });

  it('says that nothing was checked yet', async () => {
    expect((await shows({})).text).toContain('No instance has been checked in the last 24 hours.');
  });

  it('says what it means when little is left, and leaves out what is not known', async () => {
    const ports = { used: 9, total: 10 };
    const disk = { free_bytes: 100e9, total_bytes: 1_000e9 };
    const tight = await shows({ capacity: { ports, disk, storage_promised_gb: 1_200 } });
    expect(tight.text).toContain('Room for one more instance.');
    expect(tight.text).toContain('100 GB left.');
    expect(tight.text).toContain('More is promised than the disk holds');
    TestBed.resetTestingModule();
    const unknown = await shows({ capacity: { ports: null, disk: null, storage_promised_gb: 20 } });
    expect(unknown.all('tg-capacity li').map((row) => row.textContent.trim())).toEqual(['Storage promised20 GB']);
  });

  it('shows how long creates take by stage', async () => {
    const shown = await shows({
      create_latency: [
        { stage: 'instance.start', p50_ms: 100, p95_ms: 200, samples: 20 },
        { stage: 'instance.some-thing', p50_ms: 50, p95_ms: 90, samples: 20 },
        { stage: 'total', p50_ms: 38_000, p95_ms: 71_000, samples: 20 },
      ],
    });
    expect(shown.all('tg-time-to-create .metric').map((figure) => figure.textContent.trim())).toEqual([
      '38s',
      '1 min 11 s',
    ]);
    expect(shown.all('tg-time-to-create .title').map((title) => title.textContent)).toEqual([
      'Start PostgreSQL',
      'Some thing',
    ]);
  });
});

describe('the dashboard without an instance', () => {
  const component = { status: 'ok' as const, reason: null };
  const readiness = { database: component, queue: component, data_plane: component, migrations: component };
  const empty = async () =>
    someStats({
      total: 0,
      capacity: { ports: null, disk: { free_bytes: 4e12, total_bytes: 5e12 }, storage_promised_gb: 0 },
    });

  it('says how to begin, and proves that it can begin', async () => {
    const shown = await visit(empty, [], {
      readiness: async () => ({ status: 'ok', components: readiness }),
      capabilities: async () => someCapabilities(),
    }).page;
    await vi.waitFor(() => expect(shown.all('.proofs li')).toHaveLength(4));
    expect(shown.all('.proofs li').map((proof) => proof.textContent.trim())).toEqual([
      'Server ready',
      'Data plane reachable',
      'PostgreSQL 15 to 18 available',
      '4 TB free',
    ]);
    expect(shown.text).toContain('Usually ready in 180 ms.');
    const filled = shown.all('.mat-mdc-unelevated-button');
    expect(filled.map((button) => button.getAttribute('href'))).toEqual(['/instances/new']);
  });

  it('says what is not ready, and why', async () => {
    const failing = { ...readiness, data_plane: { status: 'failing' as const, reason: 'no answer' } };
    const shown = await visit(empty, [], {
      readiness: async () => ({ status: 'failing', components: failing }),
      capabilities: async () => someCapabilities(),
    }).page;
    await vi.waitFor(() =>
      expect(shown.all('.proofs .failing')[0]?.textContent).toContain('Data plane not ready: no answer'),
    );
  });
});
