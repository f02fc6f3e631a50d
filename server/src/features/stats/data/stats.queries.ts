import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

export interface StageLatency {
  readonly stage: string;
  readonly p50_ms: number;
  readonly p95_ms: number;
  readonly samples: number;
}

/** Sums over all instances. */
@Injectable()
export class StatsQueries {
  constructor(private readonly database: Database) {}

  /** Instances by state and by health; the health of those alone that can have one. */
  async counts(): Promise<{
    readonly states: ReadonlyMap<string, number>;
    readonly healths: ReadonlyMap<string, number>;
  }> {
    const rows = await this.database.query<{ state: string; health_status: string; count: number }>(
      `SELECT state, health_status, sum(count)::int AS count FROM instance_counts WHERE state <> 'purged' GROUP BY 1, 2`,
    );
    const states = new Map<string, number>();
    const healths = new Map<string, number>();
    for (const { state, health_status, count } of rows) {
      states.set(state, (states.get(state) ?? 0) + count);
      if (state === 'running') {
        healths.set(health_status, (healths.get(health_status) ?? 0) + count);
      }
    }
    return { states, healths };
  }

  /** Storage that was promised to instances, in GB. */
  async storagePromisedGb(): Promise<number> {
    const [row] = await this.database.query<{ gb: number }>(
      `SELECT coalesce(sum(storage_size_gb), 0)::int AS gb FROM instances WHERE state <> 'purged'`,
    );
    return row?.gb ?? 0;
  }

  /** How long the last two hundred creates took, by stage and in all ("total"). */
  async createLatency(): Promise<readonly StageLatency[]> {
    return this.database.query<StageLatency>(
      `WITH recent AS (
         SELECT id, created_at, finished_at FROM orchestrations
         WHERE kind = 'create' AND status = 'succeeded' ORDER BY created_at DESC LIMIT 200
       ), measured AS (
         SELECT a.name AS stage, min(a.position) OVER (PARTITION BY a.name) AS position,
           extract(epoch FROM a.finished_at - a.started_at)::float8 * 1000 AS ms
         FROM recent r JOIN orchestration_activities a ON a.orchestration_id = r.id AND a.phase = 'forward'
         UNION ALL
         SELECT 'total', 2147483647, extract(epoch FROM finished_at - created_at)::float8 * 1000 FROM recent
       )
       SELECT stage, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms))::float8 AS p50_ms,
         round(percentile_cont(0.95) WITHIN GROUP (ORDER BY ms))::float8 AS p95_ms, count(*)::int AS samples
       FROM measured GROUP BY stage ORDER BY min(position)`,
    );
  }
}
