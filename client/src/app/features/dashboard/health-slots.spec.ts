import type { HealthBucket } from '#sdk';
import { slotsOf, summaryOf } from './health-slots';

const bucket = (from: string, given: Partial<HealthBucket> = {}): HealthBucket => ({
  from,
  checks: 90,
  uptime_percent: 100,
  p50_ms: 12,
  p95_ms: 30,
  ...given,
});

describe('the last 24 hours', () => {
  it('are 96 quarters of an hour, of which those without checks stay gaps', () => {
    const slots = slotsOf(
      [bucket('2026-11-13T12:15:00Z'), bucket('2026-11-14T12:00:00Z', { checks: 7 })],
      '2026-11-14T12:07:30Z',
    );
    expect(slots).toHaveLength(96);
    expect(slots[0]).toEqual({ from: new Date('2026-11-13T12:15:00Z'), bucket: bucket('2026-11-13T12:15:00Z') });
    expect(slots[1]?.bucket).toBeUndefined();
    expect(slots[95]?.bucket?.checks).toBe(7);
  });

  it('are summed up by checks, with the worst quarter', () => {
    const worst = bucket('2026-11-14T11:00:00Z', { checks: 10, uptime_percent: 50 });
    expect(summaryOf([bucket('2026-11-14T10:00:00Z'), worst])).toEqual({ checks: 100, good: 95, worst });
    expect(summaryOf([bucket('2026-11-14T10:00:00Z')])?.worst).toBeUndefined();
    expect(summaryOf([])).toBeUndefined();
  });
});
