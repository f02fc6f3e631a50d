import { Injectable } from '@nestjs/common';
import type { FailureCode } from '../../failure-codes.js';
import { Database } from '../../platform/database/database.js';
import { DefinitionRegistry } from '../domain/definition-registry.js';
import type { ActivityPhase, ActivityStatus, OrchestrationStatus, Progress } from '../domain/definition.js';
import type { FailedAttempt } from './orchestration.entities.js';

export interface OrchestrationListQuery {
  readonly kinds: readonly string[];
  readonly statuses: readonly OrchestrationStatus[];
  readonly instanceId?: string | undefined;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

export interface ActivityRow {
  readonly name: string;
  readonly phase: ActivityPhase;
  readonly status: ActivityStatus;
  readonly progress: Progress | null;
  readonly attempt: number;
  readonly started_at: string | null;
  readonly attempt_started_at: string | null;
  readonly finished_at: string | null;
  readonly next_attempt_at: string | null;
  readonly error_code: FailureCode | null;
  readonly error: string | null;
  readonly failed_attempts: readonly FailedAttempt[];
}

export interface OrchestrationRow {
  readonly id: string;
  readonly kind: string;
  readonly instance_id: string | null;
  readonly instance_name: string | null;
  readonly status: OrchestrationStatus;
  readonly started_by: string;
  readonly after_id: string | null;
  readonly retries: number;
  readonly cancel_requested: boolean;
  /** Whether it left its instance failed, and nothing has been done about that since. */
  readonly retryable: boolean;
  readonly error_code: FailureCode | null;
  readonly error: string | null;
  readonly error_details: string | null;
  readonly deadline: Date;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly activities: readonly ActivityRow[];
}

/** @param upkeep the parameter that holds the kinds of upkeep */
const selectRow = (upkeep: string): string => `
  SELECT o.id, o.kind, o.instance_id, i.name AS instance_name, o.status, o.started_by, o.after_id, o.retries, o.cancel_requested,
    o.status IN ('failed', 'cancelled') AND i.state = 'failed' AND o.kind <> ALL(${upkeep}) AND NOT EXISTS (
      SELECT FROM orchestrations later
      WHERE later.instance_id = o.instance_id AND later.kind <> ALL(${upkeep}) AND (later.created_at, later.id) > (o.created_at, o.id)
    ) AS retryable,
    o.error_code, o.error, o.error_details,
    o.deadline_at AS deadline, o.created_at, o.started_at, o.finished_at,
    (SELECT coalesce(jsonb_agg(jsonb_build_object(
       'name', a.name, 'phase', a.phase, 'status', a.status, 'attempt', a.attempt, 'progress', a.progress,
       'started_at', a.started_at,
       'attempt_started_at', a.attempt_started_at, 'finished_at', a.finished_at,
       'next_attempt_at', CASE a.status WHEN 'waiting' THEN a.next_attempt_at END,
       'error_code', a.error_code, 'error', a.error, 'failed_attempts', a.failed_attempts) ORDER BY a.position), '[]')
     FROM orchestration_activities a WHERE a.orchestration_id = o.id) AS activities
  FROM orchestrations o LEFT JOIN instances i ON i.id = o.instance_id`;

/** Reading orchestrations for people. */
@Injectable()
export class OrchestrationQueries {
  constructor(
    private readonly database: Database,
    private readonly definitions: DefinitionRegistry,
  ) {}

  async findOne(id: string): Promise<OrchestrationRow | undefined> {
    const [row] = await this.database.query<OrchestrationRow>(`${selectRow('$2')} WHERE o.id = $1`, [
      id,
      this.definitions.upkeep,
    ]);
    return row;
  }

  /** The newest first. */
  async list(
    query: OrchestrationListQuery,
  ): Promise<{ readonly rows: readonly OrchestrationRow[]; readonly total: number }> {
    const parameters: unknown[] = [];
    const terms: string[] = [];
    const add = (term: (parameter: string) => string, value: unknown): void => {
      terms.push(term(`$${String(parameters.push(value))}`));
    };
    if (query.kinds.length > 0) {
      add((parameter) => `kind = ANY(${parameter})`, query.kinds);
    }
    if (query.statuses.length > 0) {
      add((parameter) => `status = ANY(${parameter})`, query.statuses);
    }
    if (query.instanceId !== undefined) {
      add((parameter) => `instance_id = ${parameter}`, query.instanceId);
    }
    const where = terms.length > 0 ? terms.join(' AND ') : 'true';
    const next = parameters.length + 1;
    const [rows, counted] = await Promise.all([
      this.database.query<OrchestrationRow>(
        `WITH page AS MATERIALIZED (
           SELECT id FROM orchestrations WHERE ${where} ORDER BY created_at DESC, id DESC
           LIMIT $${String(next)} OFFSET $${String(next + 1)})
         ${selectRow(`$${String(next + 2)}`)} WHERE o.id IN (SELECT id FROM page) ORDER BY o.created_at DESC, o.id DESC`,
        [...parameters, query.limit, (query.page - 1) * query.limit, this.definitions.upkeep],
      ),
      this.database.query<{ total: number }>(
        `SELECT count(*)::int AS total FROM orchestrations WHERE ${where}`,
        parameters,
      ),
    ]);
    return { rows, total: counted[0]?.total ?? 0 };
  }
}
