import { Injectable } from '@nestjs/common';
import type { FailureCode } from '../../../failure-codes.js';
import { Database } from '../../../platform/database/database.js';
import { type InstanceRecord, InstanceRepository } from '../../instances/index.js';
import { noticesOf, type RecordedCheck } from '../domain/check-notice.js';
import { type CheckResult, type HealthThresholds, nextHealth } from '../domain/health.js';

export interface HealthCheckRow {
  readonly status: 'healthy' | 'unhealthy';
  readonly checked_at: Date;
  readonly response_time_ms: number | null;
  readonly postgres_version: string | null;
  readonly code: FailureCode | null;
  readonly reason: string | null;
}

/** Checks of one stretch of time, summed up. */
export interface HealthBucketRow {
  readonly from: Date;
  readonly checks: number;
  readonly uptime_percent: number;
  readonly p50_ms: number | null;
  readonly p95_ms: number | null;
}

export interface HealthWindow {
  readonly from: Date;
  readonly to: Date;
}

/** What health checks saw: history, the last one, and the status that follows from them. */
@Injectable()
export class HealthRepository {
  constructor(
    private readonly database: Database,
    private readonly instances: InstanceRepository,
  ) {}

  /**
   * Records a check and moves the status where it follows.
   *
   * @returns the check; null when the instance is not running any more, so that its check leaves no trace
   */
  async record(instanceId: string, result: CheckResult, thresholds: HealthThresholds): Promise<RecordedCheck | null> {
    return this.database.transaction(async (transaction) => {
      const instance: InstanceRecord | undefined = await this.instances.lock(transaction, instanceId);
      if (instance?.state !== 'running') {
        return null;
      }
      const [last] = await transaction.query<{ consecutive: number; checked_at: Date }>(
        `WITH last AS (
           INSERT INTO instance_health AS h (instance_id, checked_at, status, reason, response_time_ms, postgres_version,
             consecutive, data_bytes, databases, connections, code)
           VALUES ($1, clock_timestamp(), $2, $3, $4, $5, 1, $6, $7, $8, $9)
           ON CONFLICT (instance_id) DO UPDATE SET
             checked_at = excluded.checked_at, status = excluded.status, code = excluded.code, reason = excluded.reason,
             response_time_ms = excluded.response_time_ms,
             postgres_version = coalesce(excluded.postgres_version, h.postgres_version),
             consecutive = CASE WHEN h.status = excluded.status THEN h.consecutive + 1 ELSE 1 END,
             data_bytes = coalesce(excluded.data_bytes, h.data_bytes), databases = coalesce(excluded.databases, h.databases),
             connections = excluded.connections
           RETURNING *
         ), history AS (
           INSERT INTO health_checks (instance_id, checked_at, status, response_time_ms, code, reason, postgres_version)
           SELECT instance_id, checked_at, status, response_time_ms, code, reason, $5::text FROM last
         )
         SELECT consecutive, checked_at FROM last`,
        [
          instanceId,
          result.status,
          result.reason,
          result.responseTimeMs,
          result.postgresVersion,
          result.usage?.dataBytes ?? null,
          result.usage?.databases ?? null,
          result.usage?.connections ?? null,
          result.code,
        ],
      );
      const next = nextHealth(instance.healthStatus, result, last?.consecutive ?? 1, thresholds);
      if (next !== instance.healthStatus) {
        await transaction.query(
          `UPDATE instances SET health_status = $2, health_changed_at = now(), updated_at = now(), revision = revision + 1
           WHERE id = $1`,
          [instanceId, next],
        );
        transaction.emit({
          instanceId,
          type: 'instance.health_changed',
          data: {
            from: instance.healthStatus,
            health_status: next,
            code: result.code,
            reason: result.reason,
            response_time_ms: result.responseTimeMs,
          },
        });
      }
      const { status, responseTimeMs, code, reason } = result;
      return { instanceId, status, responseTimeMs, code, reason, checkedAt: last?.checked_at ?? new Date() };
    });
  }

  /** Tells whoever listens of checks that were recorded. */
  async announce(checks: readonly RecordedCheck[]): Promise<void> {
    await this.database.query(`SELECT pg_notify('toygres_checks', notice) FROM unnest($1::text[]) AS notice`, [
      noticesOf(checks),
    ]);
  }

  /** The latest checks of a window, the newest first. */
  async history(instanceId: string, window: HealthWindow, limit: number): Promise<readonly HealthCheckRow[]> {
    return this.database.query<HealthCheckRow>(
      `SELECT status, checked_at, response_time_ms, postgres_version, reason, code FROM health_checks
       WHERE instance_id = $1 AND checked_at >= $2 AND checked_at < $3 ORDER BY checked_at DESC LIMIT $4`,
      [instanceId, window.from, window.to, limit],
    );
  }

  /** Checks summed up per `seconds`, the oldest first. A stretch without a check is left out: a gap is a gap. */
  async buckets(instanceId: string | null, window: HealthWindow, seconds: number): Promise<readonly HealthBucketRow[]> {
    return this.database.query<HealthBucketRow>(
      `SELECT date_bin(make_interval(secs => $4), checked_at, $2) AS "from", count(*)::int AS checks,
         round(100.0 * count(*) FILTER (WHERE status = 'healthy') / count(*), 3)::float8 AS uptime_percent,
         round(percentile_cont(0.5) WITHIN GROUP (ORDER BY response_time_ms)::numeric, 1)::float8 AS p50_ms,
         round(percentile_cont(0.95) WITHIN GROUP (ORDER BY response_time_ms)::numeric, 1)::float8 AS p95_ms
       FROM health_checks
       WHERE ($1::uuid IS NULL OR instance_id = $1) AND checked_at >= $2 AND checked_at < $3
       GROUP BY 1 ORDER BY 1`,
      [instanceId, window.from, window.to, seconds],
    );
  }

  /** Good checks among all checks of a window, in percent; null when there was none. */
  async uptime(instanceId: string, window: HealthWindow): Promise<number | null> {
    const [row] = await this.database.query<{ uptime: number | null }>(
      `SELECT round(100.0 * count(*) FILTER (WHERE status = 'healthy') / nullif(count(*), 0), 3)::float8 AS uptime
       FROM health_checks WHERE instance_id = $1 AND checked_at >= $2 AND checked_at < $3`,
      [instanceId, window.from, window.to],
    );
    return row?.uptime ?? null;
  }
}
