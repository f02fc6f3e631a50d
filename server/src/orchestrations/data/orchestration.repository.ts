import { Injectable } from '@nestjs/common';
import { Database, type SqlExecutor, type Transaction } from '../../platform/database/database.js';
import type { ActivityStatus, Failure, OrchestrationStatus } from '../domain/definition.js';

export interface NewOrchestration {
  readonly id: string;
  readonly kind: string;
  readonly definitionVersion: number;
  readonly instanceId: string | null;
  readonly startedBy: string;
  readonly deadlineMs: number;
  /** Names of the activities in their order. */
  readonly activities: readonly string[];
  /** The orchestration of the same instance that has to end first; null when it may begin at once. */
  readonly afterId: string | null;
}

/** An orchestration that was claimed for dispatch, with what is left to do in its present phase. */
export interface Dispatch {
  readonly id: string;
  readonly kind: string;
  readonly generation: number;
  readonly activities: readonly { readonly position: number; readonly name: string }[];
}

/** An open orchestration that seems to stand still. */
export interface Standstill {
  readonly id: string;
  readonly generation: number;
  readonly position: number;
  readonly activityStatus: ActivityStatus;
  /** The deadline has passed and nobody works on it. */
  readonly overdue: boolean;
}

export interface OrchestrationHead {
  readonly id: string;
  readonly kind: string;
  readonly definitionVersion: number;
  readonly instanceId: string | null;
  readonly status: OrchestrationStatus;
  readonly cancelRequested: boolean;
  /** The orchestration that it waits for, or has waited for. */
  readonly afterId: string | null;
}

/** Why an orchestration failed or was cancelled, as far as that is known already. */
export interface WithFailure {
  readonly failure: Failure | null;
}

const HEAD = `
  id, kind, definition_version AS "definitionVersion", instance_id AS "instanceId", status, cancel_requested AS "cancelRequested",
  after_id AS "afterId"`;

const FAILURE = `
  CASE WHEN error_code IS NOT NULL THEN
    jsonb_build_object('code', error_code, 'message', error, 'details', error_details) END AS failure`;

/** Called off, and not yet being undone. */
const CALLED_OFF = `(o.cancel_requested AND o.status IN ('pending', 'running'))`;

/** The activities of the phase that an orchestration is in. */
const IN_PHASE = `a.phase = CASE o.status WHEN 'compensating' THEN 'compensation' ELSE 'forward' END`;

/** Undoing has no deadline: it goes on until it is done. */
const OVERDUE = `(o.status = 'running' AND o.deadline_at < clock_timestamp())`;

/** Rows of `orchestrations`: the outbox, and the truth about what is under way. */
@Injectable()
export class OrchestrationRepository {
  constructor(private readonly database: Database) {}

  async insert(transaction: Transaction, orchestration: NewOrchestration): Promise<void> {
    await transaction.prepared(
      `WITH orchestration AS (
         INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, deadline_at, after_id, dispatch_needed)
         VALUES ($1, $2, $3, $4, 'pending', $5, now() + make_interval(secs => $6::float8 / 1000), $8::text, $8::text IS NULL) RETURNING id)
       INSERT INTO orchestration_activities (orchestration_id, position, phase, name)
       SELECT id, ordinality - 1, 'forward', name FROM orchestration, unnest($7::text[]) WITH ORDINALITY AS names (name, ordinality)`,
      [
        orchestration.id,
        orchestration.kind,
        orchestration.definitionVersion,
        orchestration.instanceId,
        orchestration.startedBy,
        orchestration.deadlineMs,
        orchestration.activities,
        orchestration.afterId,
      ],
    );
  }

  /** Takes orchestrations that wait for dispatch; each is taken by one dispatcher. A new generation makes all earlier jobs stale. */
  async claimForDispatch(limit: number): Promise<readonly Dispatch[]> {
    return this.database.prepared<Dispatch>(
      `WITH claimed AS (
         UPDATE orchestrations o
         SET dispatch_needed = false, dispatched_at = clock_timestamp(), generation = generation + 1,
             status = CASE status WHEN 'pending' THEN 'running' ELSE status END,
             started_at = coalesce(started_at, clock_timestamp())
         WHERE id IN (
           SELECT id FROM orchestrations o
           WHERE dispatch_needed AND status IN ('pending', 'running', 'compensating') AND NOT ${CALLED_OFF}
           ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING id, kind, generation, status)
       SELECT o.id, o.kind, o.generation, (
         SELECT coalesce(jsonb_agg(jsonb_build_object('position', a.position, 'name', a.name) ORDER BY a.position), '[]')
         FROM orchestration_activities a
         WHERE a.orchestration_id = o.id AND ${IN_PHASE} AND a.status NOT IN ('succeeded', 'failed')) AS activities
       FROM claimed o`,
      [limit],
    );
  }

  /** Asks for a dispatch, unless there was another one since `generation`. */
  async requestDispatch(id: string, generation: number, executor: SqlExecutor = this.database): Promise<void> {
    await executor.query(
      `UPDATE orchestrations SET dispatch_needed = true
       WHERE id = $1 AND generation = $2 AND NOT dispatch_needed AND status IN ('pending', 'running', 'compensating')`,
      [id, generation],
    );
  }

  /**
   * Open orchestrations that nobody works on although something is due: their lease has run out, or nothing has happened for a while.
   * @param quietSeconds how long nothing may have happened
   */
  async standstills(quietSeconds: number): Promise<readonly Standstill[]> {
    return this.database.query<Standstill>(
      `SELECT o.id, o.generation, due.position, due.status AS "activityStatus",
         ${OVERDUE} AS overdue
       FROM orchestrations o
       CROSS JOIN LATERAL (
         SELECT a.position, a.status, a.lease_expires_at, a.next_attempt_at
         FROM orchestration_activities a
         WHERE a.orchestration_id = o.id AND ${IN_PHASE} AND a.status NOT IN ('succeeded', 'failed')
         ORDER BY a.position LIMIT 1) due
       WHERE o.status IN ('running', 'compensating') AND NOT o.dispatch_needed AND NOT ${CALLED_OFF}
         AND (due.lease_expires_at IS NULL OR due.lease_expires_at < clock_timestamp())
         AND (due.status = 'running' OR ${OVERDUE} OR clock_timestamp() - make_interval(secs => $1) > greatest(
           o.dispatched_at, due.next_attempt_at,
           (SELECT max(coalesce(d.finished_at, d.attempt_started_at)) FROM orchestration_activities d WHERE d.orchestration_id = o.id)))
       ORDER BY o.created_at LIMIT 500`,
      [quietSeconds],
    );
  }

  /** Orchestrations that were called off and that nobody is at any more: they are to be undone. */
  async calledOff(): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT o.id FROM orchestrations o
       WHERE ${CALLED_OFF} AND NOT EXISTS (
         SELECT FROM orchestration_activities a WHERE a.orchestration_id = o.id AND a.lease_expires_at > clock_timestamp())
       ORDER BY o.created_at LIMIT 500`,
    );
    return rows.map(({ id }) => id);
  }

  /** Locks an orchestration against every other change of its status. @returns undefined when there is none */
  async lock(transaction: Transaction, id: string): Promise<(OrchestrationHead & WithFailure) | undefined> {
    const [row] = await transaction.query<OrchestrationHead & WithFailure>(
      `SELECT ${HEAD}, ${FAILURE} FROM orchestrations WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row;
  }

  async find(id: string): Promise<OrchestrationHead | undefined> {
    const [row] = await this.database.query<OrchestrationHead>(`SELECT ${HEAD} FROM orchestrations WHERE id = $1`, [
      id,
    ]);
    return row;
  }

  /** Turns to undoing what was begun. The failure is kept: it is why the orchestration failed, whatever happens while undoing. */
  async compensate(transaction: Transaction, id: string, failure: Failure): Promise<void> {
    await transaction.query(
      `UPDATE orchestrations SET status = 'compensating', dispatch_needed = true, error_code = $2, error = $3, error_details = $4
       WHERE id = $1`,
      [id, failure.code, failure.message, failure.details],
    );
  }

  /**
   * Ends an orchestration; one that was called off and can't succeed any more ends as cancelled. An error that is already recorded stays.
   *
   * @returns undefined when it is not in the status `from` any more
   */
  async close(
    transaction: Transaction,
    id: string,
    { from, to }: { from: 'pending' | 'running' | 'compensating'; to: 'succeeded' | 'failed' },
    failure: Failure | null,
  ): Promise<(OrchestrationHead & WithFailure) | undefined> {
    const [row] = await transaction.prepared<OrchestrationHead & WithFailure>(
      `UPDATE orchestrations
       SET status = CASE WHEN $3 = 'failed' AND cancel_requested THEN 'cancelled' ELSE $3 END,
           finished_at = clock_timestamp(), dispatch_needed = false,
           error_code = CASE $3 WHEN 'failed' THEN coalesce(error_code, $4) END,
           error = CASE $3 WHEN 'failed' THEN coalesce(error, $5) END,
           error_details = CASE $3 WHEN 'failed' THEN coalesce(error_details, $6) END
       WHERE id = $1 AND status = $2
       RETURNING ${HEAD}, ${FAILURE}`,
      [id, from, to, failure?.code ?? null, failure?.message ?? null, failure?.details ?? null],
    );
    return row;
  }

  /** Lets those begin that have waited for this one to end; their time begins now. */
  async release(transaction: Transaction, id: string): Promise<void> {
    await transaction.prepared(
      `UPDATE orchestrations
       SET dispatch_needed = true, deadline_at = clock_timestamp() + (deadline_at - created_at)
       WHERE after_id = $1 AND status = 'pending' AND NOT dispatch_needed`,
      [id],
    );
  }

  /** Calls an open orchestration off and wakes the worker that is at it; a worker then undoes what was begun. */
  async callOff(transaction: Transaction, { id, kind, instanceId }: OrchestrationHead, reason: string): Promise<void> {
    await transaction.query(
      `UPDATE orchestrations SET cancel_requested = true, error_code = 'cancelled', error = $2 WHERE id = $1`,
      [id, reason],
    );
    if (instanceId !== null) {
      transaction.emit({ instanceId, orchestrationId: id, type: 'orchestration.cancel_requested', data: { kind } });
    }
  }

  /**
   * Ends an orchestration at once because another one outranks it, and wakes the worker that is at it, so that it lets go. Nothing is undone:
   * the other one takes what it finds.
   */
  async supersede(
    transaction: Transaction,
    { id, kind, instanceId }: OrchestrationHead,
    reason: string,
  ): Promise<void> {
    await transaction.query(
      `UPDATE orchestrations
       SET status = 'cancelled', cancel_requested = true, finished_at = clock_timestamp(), dispatch_needed = false,
           error_code = coalesce(error_code, 'cancelled'), error = coalesce(error, $2)
       WHERE id = $1`,
      [id, reason],
    );
    if (instanceId !== null) {
      transaction.emit({
        instanceId,
        orchestrationId: id,
        type: 'orchestration.cancelled',
        data: { kind, error_code: 'cancelled', error: reason },
      });
    }
  }

  /** Opens a failed or cancelled orchestration again, with all its time. */
  async reopen(transaction: Transaction, id: string, deadlineMs: number): Promise<void> {
    await transaction.query(
      `UPDATE orchestrations
       SET status = 'pending', dispatch_needed = true, cancel_requested = false, retries = retries + 1, started_at = NULL,
           finished_at = NULL, error_code = NULL, error = NULL, error_details = NULL,
           deadline_at = clock_timestamp() + make_interval(secs => $2::float8 / 1000)
       WHERE id = $1`,
      [id, deadlineMs],
    );
  }

  /** Orchestrations of an instance that are still open, the oldest first. Locks them when asked to. */
  async openOf(executor: SqlExecutor, instanceId: string, lock = false): Promise<readonly OrchestrationHead[]> {
    return executor.query<OrchestrationHead>(
      `SELECT ${HEAD} FROM orchestrations
       WHERE instance_id = $1 AND status IN ('pending', 'running', 'compensating')
       ORDER BY created_at ${lock ? 'FOR UPDATE' : ''}`,
      [instanceId],
    );
  }

  /** The last orchestration of an instance that was made, of these kinds only when some are given. */
  async latestOf(
    executor: SqlExecutor,
    instanceId: string,
    kinds: readonly string[] | null = null,
  ): Promise<OrchestrationHead | undefined> {
    const [row] = await executor.query<OrchestrationHead>(
      `SELECT ${HEAD} FROM orchestrations
       WHERE instance_id = $1 AND ($2::text[] IS NULL OR kind = ANY($2))
       ORDER BY created_at DESC, id DESC LIMIT 1`,
      [instanceId, kinds],
    );
    return row;
  }

  /**
   * Whether the last orchestration of a kind has failed a short while ago. The while grows with the time since the last success, by a half
   * of it, up to `longestSeconds`; after certain failures up to less.
   */
  async failedLately(
    executor: SqlExecutor,
    instanceId: string,
    kind: string,
    longestSeconds: number,
    less: { readonly after: readonly string[]; readonly longestSeconds: number },
  ): Promise<boolean> {
    const [row] = await executor.query<{ lately: boolean }>(
      `SELECT last.status = 'failed' AND clock_timestamp() - last.finished_at < least(
         make_interval(secs => CASE WHEN last.error_code = ANY($4::text[]) THEN $5::float8 ELSE $3::float8 END),
         (last.finished_at - (
           SELECT min(o.created_at) FROM orchestrations o
           WHERE o.instance_id = $1 AND o.kind = $2 AND o.created_at > coalesce(
             (SELECT max(s.created_at) FROM orchestrations s
              WHERE s.instance_id = $1 AND s.kind = $2 AND s.status = 'succeeded'), '-infinity'))) / 2) AS lately
       FROM orchestrations last WHERE last.instance_id = $1 AND last.kind = $2
       ORDER BY last.created_at DESC LIMIT 1`,
      [instanceId, kind, longestSeconds, less.after, less.longestSeconds],
    );
    return row?.lately ?? false;
  }

  /** How often an instance has had an orchestration of a kind, for the next one's id. */
  async countOf(executor: SqlExecutor, instanceId: string, kind: string): Promise<number> {
    const [row] = await executor.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM orchestrations WHERE instance_id = $1 AND kind = $2`,
      [instanceId, kind],
    );
    return row?.count ?? 0;
  }
}
