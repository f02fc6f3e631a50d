import type { HealthBucket, TimelineEvent } from '#sdk';
import { anEvent } from '../../../../../testing/samples';
import { cellsOf, lineOf, troublesOf, typical } from './health-series';
import { rangeOf, SPANS, STEPS, windowOf } from './health-window';
import { downtimeOf, incidentsOf } from './incidents';

const NOW = new Date('2026-11-14T12:03:20Z');
const MINUTE = 60_000;

const bucket = (from: string, given: Partial<HealthBucket> = {}): HealthBucket => ({
  from,
  checks: 10,
  uptime_percent: 100,
  p50_ms: 12,
  p95_ms: 20,
  ...given,
});

describe('rangeOf and windowOf', () => {
  it.each([
    ['1h', '1m', 60],
    ['24h', '5m', 288],
    ['7d', '1h', 168],
    ['30d', '1h', 720],
  ] as const)('cuts %s into stretches of %s', (range, resolution, stretches) => {
    const window = windowOf(rangeOf(range), NOW);
    const length = window.to.getTime() - window.from.getTime();
    expect(window.resolution).toBe(resolution);
    expect(length / STEPS[resolution]).toBe(stretches);
    expect(window.to.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
    expect(window.to.getTime() % STEPS[resolution]).toBe(0);
  });

  it('takes two ends, and 24 hours for what makes no sense', () => {
    expect(rangeOf('custom', '2026-11-14T00:00:00Z', '2026-11-14T06:00:00Z')).toEqual({
      from: '2026-11-14T00:00:00Z',
      to: '2026-11-14T06:00:00Z',
    });
    for (const [range, from, to] of [
      ['custom', '2026-11-14T06:00:00Z', '2026-11-14T00:00:00Z'],
      ['custom', 'then', 'now'],
      ['forever', undefined, undefined],
      [undefined, undefined, undefined],
    ]) {
      expect(rangeOf(range, from, to)).toEqual({ span: '24h' });
    }
    expect(Object.keys(SPANS)).toContain('24h');
  });
});

describe('series', () => {
  const buckets = [
    bucket('2026-11-14T12:00:00Z'),
    bucket('2026-11-14T12:01:00Z', { p50_ms: null, uptime_percent: 0 }),
    bucket('2026-11-14T12:04:00Z', { uptime_percent: 90 }),
  ];
  const window = { from: new Date('2026-11-14T12:00:00Z'), to: new Date('2026-11-14T12:06:00Z') };
  const at = (time: string): number => Date.parse(`2026-11-14T${time}Z`);

  it('interrupts the line where nothing was measured', () => {
    expect(lineOf(buckets, MINUTE, 'p50_ms')).toEqual([
      [at('12:00:30'), 12],
      [at('12:01:30'), null],
      [at('12:02:00'), null],
      [at('12:04:30'), 12],
    ]);
  });

  it('cuts a window into equal cells', () => {
    expect(cellsOf(buckets, window, MINUTE, 3)).toEqual([
      { from: at('12:00:00'), to: at('12:02:00'), checks: 20, failed: 10 },
      { from: at('12:02:00'), to: at('12:04:00'), checks: 0, failed: 0 },
      { from: at('12:04:00'), to: at('12:06:00'), checks: 10, failed: 1 },
    ]);
  });

  it('joins troubles that touch', () => {
    const bad = ['12:00', '12:01', '12:04'].map((time) => bucket(`2026-11-14T${time}:00Z`, { uptime_percent: 50 }));
    expect(troublesOf(bad, MINUTE)).toEqual([
      [at('12:00:00'), at('12:02:00')],
      [at('12:04:00'), at('12:05:00')],
    ]);
  });

  it('finds the typical value by the number of checks', () => {
    expect(typical([bucket('a', { p50_ms: 5, checks: 1 }), bucket('b', { p50_ms: 9, checks: 8 })], 'p50_ms')).toBe(9);
    expect(typical([bucket('a', { p50_ms: null })], 'p50_ms')).toBeUndefined();
  });
});

describe('incidentsOf', () => {
  const instance = { id: 'a', user_name: 'orders-prod' };
  const health = (time: string, status: string, reason: string | null = null): TimelineEvent => ({
    ...anEvent('instance.health_changed', instance, { health_status: status, reason }),
    created_at: `2026-11-14T${time}Z`,
  });
  const window = { from: new Date('2026-11-14T08:00:00Z'), to: new Date('2026-11-14T12:00:00Z') };

  it('takes pairs, what reaches into the window, and what goes on', () => {
    const events = [
      health('11:50:00', 'unhealthy', 'Still gone'),
      health('09:01:02', 'healthy'),
      health('09:00:00', 'unhealthy', 'Connection refused'),
      health('08:00:30', 'healthy'),
      health('07:59:00', 'unhealthy'),
      health('06:10:00', 'unknown'),
      health('06:00:00', 'unhealthy', 'Long ago'),
    ];
    const incidents = incidentsOf(events, window);
    expect(incidents.map(({ reason, to }) => [reason, to?.toISOString()])).toEqual([
      ['Still gone', undefined],
      ['Connection refused', '2026-11-14T09:01:02.000Z'],
      [null, '2026-11-14T08:00:30.000Z'],
    ]);
    expect(downtimeOf(incidents, window, new Date('2026-11-14T12:00:00Z'))).toBe((10 * 60 + 62 + 30) * 1_000);
  });

  it('ends an incident when the instance stops running', () => {
    const events = [
      health('09:00:00', 'unhealthy'),
      { ...anEvent('instance.state_changed', instance, { state: 'deleting' }), created_at: '2026-11-14T09:05:00Z' },
    ];
    expect(incidentsOf(events, window)[0]?.to).toEqual(new Date('2026-11-14T09:05:00Z'));
  });
});
