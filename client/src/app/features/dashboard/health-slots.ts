import type { HealthBucket } from '#sdk';

export const SLOT_MS = 15 * 60_000;
const SLOTS = 96;

/** A quarter of an hour of the last day; without checks it has no figures. */
export interface HealthSlot {
  readonly from: Date;
  readonly bucket: HealthBucket | undefined;
}

/** The last 24 hours in quarters of an hour, the oldest first. A quarter that was not measured stays a gap. */
export function slotsOf(buckets: readonly HealthBucket[], asOf: string): readonly HealthSlot[] {
  const byStart = new Map(buckets.map((bucket) => [new Date(bucket.from).getTime(), bucket]));
  const last = Math.floor(new Date(asOf).getTime() / SLOT_MS) * SLOT_MS;
  return Array.from({ length: SLOTS }, (_, index) => {
    const from = last - (SLOTS - 1 - index) * SLOT_MS;
    return { from: new Date(from), bucket: byStart.get(from) };
  });
}

export interface HealthSummary {
  readonly checks: number;
  /** Good ones among all checks, in percent. */
  readonly good: number;
  /** Undefined when all were good. */
  readonly worst: HealthBucket | undefined;
}

/** Undefined without a check. */
export function summaryOf(buckets: readonly HealthBucket[]): HealthSummary | undefined {
  const checks = buckets.reduce((sum, bucket) => sum + bucket.checks, 0);
  if (checks === 0) {
    return undefined;
  }
  const good = buckets.reduce((sum, bucket) => sum + (bucket.checks * bucket.uptime_percent) / 100, 0);
  const worst = buckets.reduce((least, bucket) => (bucket.uptime_percent < least.uptime_percent ? bucket : least));
  return { checks, good: (good / checks) * 100, worst: worst.uptime_percent < 100 ? worst : undefined };
}
