import type { HealthBucket } from '#sdk';
import type { HealthWindow } from './health-window';

/** Checks between two moments, in milliseconds since 1970. */
export interface HealthCell {
  readonly from: number;
  readonly to: number;
  /** 0 where nobody looked. */
  readonly checks: number;
  readonly failed: number;
}

export type Point = readonly [time: number, ms: number | null];

const failedOf = ({ checks, uptime_percent: uptime }: HealthBucket): number => Math.round(checks * (1 - uptime / 100));

/** A line over time. Where a stretch is missing or had no answer, the line is interrupted. */
export function lineOf(buckets: readonly HealthBucket[], step: number, which: 'p50_ms' | 'p95_ms'): readonly Point[] {
  const points: Point[] = [];
  let last: number | undefined;
  for (const bucket of buckets) {
    const from = Date.parse(bucket.from);
    if (last !== undefined && from - last > step * 1.5) {
      points.push([last + step, null]);
    }
    points.push([from + step / 2, bucket[which]]);
    last = from;
  }
  return points;
}

/** A window cut into at most `limit` equal cells, for the band under the chart. */
export function cellsOf(
  buckets: readonly HealthBucket[],
  window: HealthWindow,
  step: number,
  limit: number,
): readonly HealthCell[] {
  const begin = window.from.getTime();
  const stretches = Math.max(1, Math.round((window.to.getTime() - begin) / step));
  const perCell = Math.ceil(stretches / limit);
  const width = perCell * step;
  const cells = Array.from({ length: Math.ceil(stretches / perCell) }, (_, index) => ({
    from: begin + index * width,
    to: Math.min(begin + (index + 1) * width, window.to.getTime()),
    checks: 0,
    failed: 0,
  }));
  for (const bucket of buckets) {
    const cell = cells[Math.floor((Date.parse(bucket.from) - begin) / width)];
    if (cell) {
      cell.checks += bucket.checks;
      cell.failed += failedOf(bucket);
    }
  }
  return cells;
}

/** Stretches with a failed check, joined where they touch. */
export function troublesOf(buckets: readonly HealthBucket[], step: number): readonly (readonly [number, number])[] {
  const troubles: [number, number][] = [];
  for (const bucket of buckets) {
    const from = Date.parse(bucket.from);
    if (failedOf(bucket) > 0) {
      const last = troubles.at(-1);
      if (last && last[1] >= from) {
        last[1] = from + step;
      } else {
        troubles.push([from, from + step]);
      }
    }
  }
  return troubles;
}

/** The value in the middle of the buckets, each as often as it has checks; undefined when there is none. */
export function typical(buckets: readonly HealthBucket[], which: 'p50_ms' | 'p95_ms'): number | undefined {
  const known = buckets
    .flatMap((bucket) => (bucket[which] === null ? [] : [{ value: bucket[which], weight: bucket.checks }]))
    .sort((a, b) => a.value - b.value);
  const half = known.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let seen = 0;
  return known.find(({ weight }) => (seen += weight) >= half)?.value;
}
