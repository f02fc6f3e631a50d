import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { type HealthBucketRow, HealthRepository } from './health.repository.js';

/** Length of a period. The periods of a day begin at full quarters of an hour, UTC. */
const PERIOD_SECONDS = 900;
const PERIOD_MS = PERIOD_SECONDS * 1_000;
const PERIODS_PER_DAY = 96;
const DAY_MS = PERIODS_PER_DAY * PERIOD_MS;
/** A check may be committed a little after its time. What comes later than this is not in the sum. */
const LATE_MS = 60_000;

/**
 * Sums over the checks of all instances: at ten thousand instances a day has some thirty million checks, and a period that is over changes
 * no more.
 */
@Injectable()
export class HealthRollups {
  constructor(
    private readonly database: Database,
    private readonly health: HealthRepository,
  ) {}

  /** Sums up the periods of the last day that are over and have no sum yet, the oldest first. */
  async advance(now = new Date()): Promise<void> {
    const [row] = await this.database.query<{ last: Date | null }>(
      `SELECT max(period_start) AS last FROM health_rollups`,
    );
    const begin = periodOf(now) - DAY_MS;
    const next = row?.last ? Math.max(begin, row.last.getTime() + PERIOD_MS) : begin;
    for (let start = next; start + PERIOD_MS + LATE_MS <= now.getTime(); start += PERIOD_MS) {
      // A period without a check has a row too: it says that this period needs not be looked at again.
      await this.database.query(
        `INSERT INTO health_rollups (period_start, checks, healthy, p50_ms, p95_ms)
         SELECT $1, count(*), count(*) FILTER (WHERE status = 'healthy'),
           round(percentile_cont(0.5) WITHIN GROUP (ORDER BY response_time_ms)::numeric, 1),
           round(percentile_cont(0.95) WITHIN GROUP (ORDER BY response_time_ms)::numeric, 1)
         FROM health_checks WHERE checked_at >= $1 AND checked_at < $2
         ON CONFLICT DO NOTHING`,
        [new Date(start), new Date(start + PERIOD_MS)],
      );
    }
  }

  /** The last day up to now, period by period, the oldest first: from the sums, and from the checks where there is no sum yet. */
  async lastDay(now = new Date()): Promise<readonly HealthBucketRow[]> {
    const begin = new Date(periodOf(now) - DAY_MS + PERIOD_MS);
    const summed = await this.database.query<HealthBucketRow>(
      `SELECT period_start AS "from", checks, round(100.0 * healthy / nullif(checks, 0), 3)::float8 AS uptime_percent,
         p50_ms, p95_ms
       FROM health_rollups WHERE period_start >= $1 ORDER BY period_start`,
      [begin],
    );
    const last = summed.at(-1);
    const from = last ? new Date(last.from.getTime() + PERIOD_MS) : begin;
    return [
      ...summed.filter(({ checks }) => checks > 0),
      ...(await this.health.buckets(null, { from, to: now }, PERIOD_SECONDS)),
    ];
  }

  /** Forgets the sums of periods that began before the retention did. */
  async expire(retentionDays: number, now = new Date()): Promise<void> {
    await this.database.query(`DELETE FROM health_rollups WHERE period_start < $1`, [
      new Date(now.getTime() - retentionDays * DAY_MS),
    ]);
  }
}

/** The begin of the period that a time is in, in milliseconds. */
function periodOf(time: Date): number {
  return Math.floor(time.getTime() / PERIOD_MS) * PERIOD_MS;
}
