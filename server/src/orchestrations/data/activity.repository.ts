import { Injectable } from '@nestjs/common';
import { Batch } from '../../platform/database/batch.js';
import { Database, type Transaction } from '../../platform/database/database.js';
import type { ActivityPhase, Failure, Progress } from '../domain/definition.js';

/** Names one activity of one dispatch: what a job carries. */
export interface ActivityKey {
  readonly orchestrationId: string;
  readonly position: number;
  readonly generation: number;
}

/** An activity that this process has leased and may run. */
export interface LeasedActivity extends ActivityKey {
  readonly leaseToken: string;
  readonly kind: string;
  readonly instanceId: string | null;
  readonly phase: ActivityPhase;
  readonly name: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  readonly attemptStartedAt: Date;
  /** Milliseconds until the orchestration's deadline; negative when it has passed. */
  readonly remainingMs: number;
  /** Whether no activity of this phase comes after it. */
  readonly last: boolean;
  /** Results of the activities before it, by name. */
  readonly results: Readonly<Record<string, unknown>>;
}

/** Why an activity can't be leased now. */
export type NotLeased =
  /** The world moved on: another dispatch, a closed orchestration, a result already recorded. Nothing is left to do. */
  | 'stale'
  /** Another worker holds it, or another activity of the same instance; ask again later. */
  | 'held';

interface NewLease extends ActivityKey {
  readonly leaseToken: string;
  readonly leaseSeconds: number;
}

interface LeasedRow {
  lease_token: string;
  kind: string;
  instance_id: string | null;
  phase: ActivityPhase;
  name: string;
  attempt: number;
  attempt_started_at: Date;
  remaining_ms: number;
  last: boolean;
  results: Record<string, unknown> | null;
}

/** Leases several at once; each row is judged by itself. */
const LEASE = `
  UPDATE orchestration_activities a
  SET status = 'running', attempt = a.attempt + 1, started_at = coalesce(a.started_at, clock_timestamp()),
      attempt_started_at = clock_timestamp(), finished_at = NULL, next_attempt_at = NULL,
      lease_token = asked.lease_token, lease_expires_at = clock_timestamp() + make_interval(secs => $5)
  FROM unnest($1::text[], $2::int[], $3::int[], $4::uuid[]) AS asked (orchestration_id, position, generation, lease_token)
  JOIN orchestrations o ON o.id = asked.orchestration_id AND o.generation = asked.generation
  WHERE a.orchestration_id = asked.orchestration_id AND a.position = asked.position
    AND o.status = CASE a.phase WHEN 'forward' THEN 'running' ELSE 'compensating' END
    AND (a.phase = 'compensation' OR NOT o.cancel_requested)
    AND a.status IN ('pending', 'waiting', 'running')
    AND (a.lease_expires_at IS NULL OR a.lease_expires_at < clock_timestamp())
    AND NOT EXISTS (
      SELECT FROM orchestration_activities earlier
      WHERE earlier.orchestration_id = a.orchestration_id AND earlier.phase = a.phase
        AND earlier.position < a.position AND earlier.status <> 'succeeded'
        -- What can't be undone must not keep the rest from being undone.
        AND NOT (a.phase = 'compensation' AND earlier.status = 'failed'))
    AND NOT EXISTS (
      SELECT FROM orchestrations other JOIN orchestration_activities held ON held.orchestration_id = other.id
      WHERE other.instance_id = o.instance_id AND held.lease_expires_at > clock_timestamp())
  RETURNING a.*, o.kind, o.instance_id,
    extract(epoch FROM o.deadline_at - clock_timestamp())::float8 * 1000 AS remaining_ms,
    NOT EXISTS (
      SELECT FROM orchestration_activities later
      WHERE later.orchestration_id = a.orchestration_id AND later.phase = a.phase AND later.position > a.position) AS last,
    (SELECT jsonb_object_agg(done.name, done.result) FROM orchestration_activities done
     WHERE done.orchestration_id = a.orchestration_id AND done.result IS NOT NULL) AS results`;

const STILL_DUE = `
  SELECT EXISTS (
    SELECT FROM orchestration_activities a JOIN orchestrations o ON o.id = a.orchestration_id
    WHERE a.orchestration_id = $1 AND a.position = $2 AND o.generation = $3
      AND o.status = CASE a.phase WHEN 'forward' THEN 'running' ELSE 'compensating' END
      AND (a.phase = 'compensation' OR NOT o.cancel_requested)
      AND a.status IN ('pending', 'waiting', 'running')
      AND NOT EXISTS (
        SELECT FROM orchestration_activities earlier
        WHERE earlier.orchestration_id = a.orchestration_id AND earlier.phase = a.phase
          AND earlier.position < a.position AND earlier.status = 'skipped')) AS due`;

/** Type of the events that tell of activities. */
const PROGRESS = 'orchestration.progress';

/** Records several at once. Rows are locked in the order in which renewing locks them, so that neither waits for the other in a circle. */
const SUCCEED = `
  UPDATE orchestration_activities a
  SET status = 'succeeded', finished_at = clock_timestamp(), result = done.result, lease_token = NULL,
      lease_expires_at = NULL, error = NULL, error_code = NULL
  FROM (
    SELECT orchestration_id, position, lease_token, given.result
    FROM unnest($1::text[], $2::int[], $3::uuid[], $4::jsonb[]) AS given (orchestration_id, position, lease_token, result)
    JOIN orchestration_activities held USING (orchestration_id, position, lease_token)
    ORDER BY orchestration_id, position FOR NO KEY UPDATE OF held) done
  WHERE a.orchestration_id = done.orchestration_id AND a.position = done.position
  RETURNING a.*, done.lease_token AS fence`;

const FAIL = `
  UPDATE orchestration_activities
  SET status = $4, lease_token = NULL, lease_expires_at = NULL, error_code = $5, error = $6,
      finished_at = CASE WHEN $4 = 'failed' THEN clock_timestamp() END,
      next_attempt_at = clock_timestamp() + make_interval(secs => $7::float8 / 1000),
      failed_attempts = failed_attempts || jsonb_build_array(jsonb_build_object(
        'attempt', attempt, 'started_at', attempt_started_at, 'finished_at', clock_timestamp(),
        'error_code', $5::text, 'error', $6::text))
  WHERE orchestration_id = $1 AND position = $2 AND lease_token = $3
  RETURNING *`;

const PROGRESS_DATA = `jsonb_build_object(
  'activity', moved.name, 'position', moved.position, 'phase', moved.phase, 'status', moved.status,
  'attempt', moved.attempt, 'error', moved.error, 'next_attempt_at', moved.next_attempt_at)`;

/** Makes a statement that moves an activity write its event of progress too: one round trip, one commit, and the event comes last. */
const withEvent = (move: string, returning = ''): string => `
  WITH moved AS (${move}), event AS (
    INSERT INTO instance_events (instance_id, orchestration_id, type, data)
    SELECT o.instance_id, o.id, '${PROGRESS}', ${PROGRESS_DATA}
    FROM moved JOIN orchestrations o ON o.id = moved.orchestration_id
    WHERE o.instance_id IS NOT NULL)
  SELECT ${returning} FROM moved`;

const LEASE_WITH_EVENT = withEvent(
  LEASE,
  'lease_token, kind, instance_id, phase, name, attempt, attempt_started_at, remaining_ms, last, results',
);
const SUCCEED_WITH_EVENT = withEvent(SUCCEED, 'fence');
const FAIL_WITH_EVENT = withEvent(FAIL);

/** The same inside a transaction that goes on: the event is written by the transaction when it ends. */
const returningEvent = (move: string): string => `WITH moved AS (${move}) SELECT ${PROGRESS_DATA} AS data FROM moved`;

/** Rows of `orchestration_activities`: leases, results, attempts. Every write of a running activity is fenced by its lease token. */
@Injectable()
export class ActivityRepository {
  // What the activities of this process ask for at the same time shares a statement and a commit, which is most of what they cost.
  readonly #leases = new Batch<NewLease, LeasedRow | undefined>(async (asked) => {
    const rows = await this.database.prepared<LeasedRow>(LEASE_WITH_EVENT, [
      asked.map(({ orchestrationId }) => orchestrationId),
      asked.map(({ position }) => position),
      asked.map(({ generation }) => generation),
      asked.map(({ leaseToken }) => leaseToken),
      asked[0]?.leaseSeconds,
    ]);
    const byToken = new Map(rows.map((row) => [row.lease_token, row]));
    return asked.map(({ leaseToken }) => byToken.get(leaseToken));
  });
  readonly #results = new Batch<{ activity: LeasedActivity; result: string }, boolean>(async (done) => {
    const rows = await this.database.prepared<{ fence: string }>(SUCCEED_WITH_EVENT, [
      done.map(({ activity }) => activity.orchestrationId),
      done.map(({ activity }) => activity.position),
      done.map(({ activity }) => activity.leaseToken),
      done.map(({ result }) => result),
    ]);
    const recorded = new Set(rows.map(({ fence }) => fence));
    return done.map(({ activity }) => recorded.has(activity.leaseToken));
  });

  constructor(private readonly database: Database) {}

  /** @param leaseSeconds after which another worker may take over unless {@link renew} is called */
  async lease(key: ActivityKey, leaseToken: string, leaseSeconds: number): Promise<LeasedActivity | NotLeased> {
    const row = await this.#leases.add({ ...key, leaseToken, leaseSeconds });
    if (row) {
      return {
        ...key,
        leaseToken,
        kind: row.kind,
        instanceId: row.instance_id,
        phase: row.phase,
        name: row.name,
        attempt: row.attempt,
        attemptStartedAt: row.attempt_started_at,
        remainingMs: row.remaining_ms,
        last: row.last,
        results: row.results ?? {},
      };
    }
    const parameters = [key.orchestrationId, key.position, key.generation];
    const [still] = await this.database.query<{ due: boolean }>(STILL_DUE, parameters);
    return still?.due ? 'held' : 'stale';
  }

  /**
   * Extends leases. @returns those that are still held, each with whether its orchestration is to be cancelled
   */
  async renew(
    leaseTokens: readonly string[],
    leaseSeconds: number,
  ): Promise<readonly { readonly lease_token: string; readonly cancel_requested: boolean }[]> {
    return this.database.query(
      `UPDATE orchestration_activities a
       SET lease_expires_at = clock_timestamp() + make_interval(secs => $2)
       FROM (
         SELECT orchestration_id, position FROM orchestration_activities WHERE lease_token = ANY($1::uuid[])
         ORDER BY orchestration_id, position FOR NO KEY UPDATE) held
       JOIN orchestrations o ON o.id = held.orchestration_id
       WHERE a.orchestration_id = held.orchestration_id AND a.position = held.position
       RETURNING a.lease_token, o.cancel_requested AND a.phase = 'forward' AS cancel_requested`,
      [leaseTokens, leaseSeconds],
    );
  }

  /** Records a result. @returns false when the lease was lost: then nothing was written and the result must not be used */
  async succeed(activity: LeasedActivity, result: unknown): Promise<boolean> {
    return this.#results.add({ activity, result: toJson(result) });
  }

  /** The same as {@link succeed}, as a part of a transaction. */
  async succeedIn(transaction: Transaction, activity: LeasedActivity, result: unknown): Promise<boolean> {
    const { orchestrationId, position, leaseToken } = activity;
    return this.#moveIn(transaction, activity, SUCCEED, [
      [orchestrationId],
      [position],
      [leaseToken],
      [toJson(result)],
    ]);
  }

  /** Records a failed attempt that will be followed by another. @returns false when the lease was lost */
  async retryLater(activity: LeasedActivity, failure: Failure, delayMs: number): Promise<boolean> {
    const parameters = [...fence(activity), 'waiting', failure.code, failure.message, delayMs];
    return (await this.database.prepared(FAIL_WITH_EVENT, parameters)).length === 1;
  }

  /** Records the last failed attempt. @returns false when the lease was lost */
  async failIn(transaction: Transaction, activity: LeasedActivity, failure: Failure): Promise<boolean> {
    return this.#moveIn(transaction, activity, FAIL, [
      ...fence(activity),
      'failed',
      failure.code,
      failure.message,
      null,
    ]);
  }

  /**
   * Gives an activity back because this process is going down or the orchestration was cancelled. The attempt does not count against the
   * activity, but it stays begun: what it did is undone or done again.
   */
  async handBack(activity: LeasedActivity): Promise<void> {
    await this.database.query(
      `UPDATE orchestration_activities a
       SET status = CASE
             WHEN o.status = CASE a.phase WHEN 'forward' THEN 'running' ELSE 'compensating' END THEN 'pending' ELSE 'skipped' END,
           attempt = a.attempt - 1, lease_token = NULL, lease_expires_at = NULL
       FROM orchestrations o
       WHERE o.id = a.orchestration_id AND a.orchestration_id = $1 AND a.position = $2 AND a.lease_token = $3`,
      [activity.orchestrationId, activity.position, activity.leaseToken],
    );
  }

  /**
   * Adds the activities that undo what was begun, in reverse order. @returns how many there are
   * @param compensationOf the name of the activity that undoes another, or undefined
   */
  async addCompensations(
    transaction: Transaction,
    orchestrationId: string,
    compensationOf: (activity: string) => string | undefined,
  ): Promise<number> {
    const rows = await transaction.query<{ name: string; position: number; begun: boolean }>(
      `SELECT name, position, started_at IS NOT NULL AS begun FROM orchestration_activities
       WHERE orchestration_id = $1 ORDER BY position DESC`,
      [orchestrationId],
    );
    const names = rows
      .filter(({ begun }) => begun)
      .map(({ name }) => compensationOf(name))
      .filter((name) => name !== undefined);
    const first = (rows[0]?.position ?? 0) + 1;
    await transaction.query(
      `INSERT INTO orchestration_activities (orchestration_id, position, phase, name)
       SELECT $1, $2::int + ordinality - 1, 'compensation', name FROM unnest($3::text[]) WITH ORDINALITY AS names (name, ordinality)`,
      [orchestrationId, first, names],
    );
    return names.length;
  }

  /** Marks what will not run any more. What is running keeps its lease until its worker has let go. */
  async skipOpen(transaction: Transaction, orchestrationId: string, phase: ActivityPhase): Promise<void> {
    await transaction.query(
      `UPDATE orchestration_activities SET status = 'skipped'
       WHERE orchestration_id = $1 AND phase = $2 AND status IN ('pending', 'waiting')`,
      [orchestrationId, phase],
    );
  }

  /** Has the activities of an orchestration done again: all when they were undone, else those that are not done. */
  async reset(transaction: Transaction, orchestrationId: string): Promise<void> {
    const undone = await transaction.query(
      `DELETE FROM orchestration_activities WHERE orchestration_id = $1 AND phase = 'compensation' RETURNING position`,
      [orchestrationId],
    );
    await transaction.query(
      `UPDATE orchestration_activities
       SET status = 'pending', attempt = 0, started_at = NULL, attempt_started_at = NULL, finished_at = NULL, next_attempt_at = NULL,
           result = NULL, progress = NULL, error_code = NULL, error = NULL
       WHERE orchestration_id = $1 AND ($2 OR status <> 'succeeded')`,
      [orchestrationId, undone.length > 0],
    );
  }

  /**
   * Records how far an activity has come. When that is farther than before, the deadline of its orchestration moves on.
   *
   * @returns false when the lease was lost
   */
  async report(activity: LeasedActivity, progress: Progress, deadlineMs: number): Promise<boolean> {
    const rows = await this.database.prepared(
      `WITH reported AS (
         UPDATE orchestration_activities a SET progress = $4
         FROM (
           SELECT orchestration_id, position, progress FROM orchestration_activities
           WHERE orchestration_id = $1 AND position = $2 AND lease_token = $3 FOR NO KEY UPDATE) before
         WHERE a.orchestration_id = before.orchestration_id AND a.position = before.position
         RETURNING a.orchestration_id, coalesce((before.progress ->> 'done')::float8, 0) < $5::float8 AS grown
       ), moved AS (
         UPDATE orchestrations o
         SET deadline_at = greatest(o.deadline_at, clock_timestamp() + make_interval(secs => $6::float8 / 1000))
         FROM reported r WHERE o.id = r.orchestration_id AND r.grown)
       SELECT grown FROM reported`,
      [...fence(activity), JSON.stringify(progress), progress.done, deadlineMs],
    );
    return rows.length === 1;
  }

  /** Locks the lease of an activity until the end of a transaction, so that what is written in it is written by its holder. */
  async isHeldIn(transaction: Transaction, activity: LeasedActivity): Promise<boolean> {
    const rows = await transaction.query(
      `SELECT FROM orchestration_activities
       WHERE orchestration_id = $1 AND position = $2 AND lease_token = $3 AND lease_expires_at > clock_timestamp()
       FOR NO KEY UPDATE`,
      fence(activity),
    );
    return rows.length === 1;
  }

  /** Median of the last hundred measured times per activity, in milliseconds; without those that have not been measured. */
  async usualMs(names: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await this.database.query<{ name: string; usual_ms: number }>(
      `SELECT wanted.name, usual.usual_ms FROM unnest($1::text[]) AS wanted (name)
       CROSS JOIN LATERAL (
         SELECT percentile_cont(0.5) WITHIN GROUP (
           ORDER BY extract(epoch FROM recent.finished_at - recent.started_at)::float8 * 1000) AS usual_ms
         FROM (
           SELECT started_at, finished_at FROM orchestration_activities a
           WHERE a.name = wanted.name AND a.status = 'succeeded' ORDER BY finished_at DESC LIMIT 100) recent) usual
       WHERE usual.usual_ms IS NOT NULL`,
      [names],
    );
    return new Map(rows.map(({ name, usual_ms }) => [name, Math.round(usual_ms)]));
  }

  async #moveIn(
    transaction: Transaction,
    activity: LeasedActivity,
    move: string,
    parameters: readonly unknown[],
  ): Promise<boolean> {
    const rows = await transaction.prepared<{ data: Record<string, unknown> }>(returningEvent(move), parameters);
    for (const { data } of rows) {
      if (activity.instanceId !== null) {
        const { instanceId, orchestrationId } = activity;
        transaction.emit({ instanceId, orchestrationId, type: PROGRESS, data });
      }
    }
    return rows.length === 1;
  }
}

/** What a write of a running activity is fenced by. */
function fence({ orchestrationId, position, leaseToken }: LeasedActivity): readonly unknown[] {
  return [orchestrationId, position, leaseToken];
}

function toJson(result: unknown): string {
  return JSON.stringify(result ?? null);
}
