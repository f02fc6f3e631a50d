import { Injectable } from '@nestjs/common';
import { Database, type SqlExecutor, type Transaction } from '../../../platform/database/database.js';
import type { NewInstance } from '../../instances/index.js';
import {
  BATCH_ITEM_STATUSES,
  type BatchCounts,
  type BatchItemStatus,
  type BatchKind,
  batchStatus,
  type BatchStatus,
} from '../domain/batch.js';

/** A batch as readers get it. */
export interface BatchRow extends BatchCounts {
  readonly id: string;
  readonly kind: BatchKind;
  readonly status: BatchStatus;
  readonly started_by: string;
  readonly cancel_requested: boolean;
  readonly total: number;
  readonly created_at: Date;
  readonly finished_at: Date | null;
}

export interface BatchItemRow {
  readonly position: number;
  readonly name: string;
  readonly status: BatchItemStatus;
  readonly instance_id: string | null;
  readonly orchestration_id: string | null;
  readonly error_code: string | null;
  readonly error: string | null;
}

/** What is still to be begun. */
export interface PendingItem {
  readonly position: number;
  readonly name: string;
  readonly instanceId: string | null;
  /** What is to be created; null in a deletion. */
  readonly instance: NewInstance | null;
}

export interface NewBatch {
  readonly id: string;
  readonly kind: BatchKind;
  readonly startedBy: string;
}

type Failure = Pick<BatchItemRow, 'error_code' | 'error'>;

const ITEM_STATUS = `
  CASE t.outcome WHEN 'done' THEN 'succeeded' WHEN 'refused' THEN 'failed' WHEN 'cancelled' THEN 'cancelled'
  ELSE CASE WHEN t.orchestration_id IS NULL THEN 'pending'
            WHEN o.status IN ('succeeded', 'failed', 'cancelled') THEN o.status ELSE 'running' END END`;

const ITEMS = `batch_items t LEFT JOIN orchestrations o ON o.id = t.orchestration_id`;

const SELECT_ITEM = `
  SELECT t.position, t.name, ${ITEM_STATUS} AS status, CASE WHEN t.specification IS NULL THEN t.instance_id END AS instance_id,
    t.orchestration_id, coalesce(t.error_code, o.error_code) AS error_code, coalesce(t.error, o.error) AS error
  FROM ${ITEMS}`;

const COUNTED = BATCH_ITEM_STATUSES.map(
  (status) => `count(*) FILTER (WHERE item.status = '${status}')::int AS ${status}`,
);

const COUNT = `SELECT ${COUNTED.join(', ')} FROM (SELECT ${ITEM_STATUS} AS status FROM ${ITEMS} WHERE t.batch_id = $1) item`;

/** The counts are those that were told last. */
const SELECT_BATCH = `
  SELECT b.id, b.kind, b.status, b.started_by, b.cancel_requested, b.created_at, b.finished_at, counted.*,
    ${BATCH_ITEM_STATUSES.map((status) => `counted.${status}`).join(' + ')} AS total
  FROM batches b
  CROSS JOIN LATERAL jsonb_to_record(b.counts) AS counted (${BATCH_ITEM_STATUSES.map((status) => `${status} int`).join(', ')})`;

/** What was accepted by a release that knew no images. */
const WITHOUT_IMAGE = { imageType: 'stock', image: null, runtimeImage: null, runtimeImageId: null } as const;

const FORGET = `specification = NULL, superuser_secret = NULL, monitoring_secret = NULL`;

/** Rows of `batches` and `batch_items`. What an orchestration carries out has the status of that orchestration. */
@Injectable()
export class BatchRepository {
  constructor(private readonly database: Database) {}

  async insertCreates(transaction: Transaction, batch: NewBatch, instances: readonly NewInstance[]): Promise<void> {
    await this.#insert(transaction, batch);
    await transaction.query(
      `INSERT INTO batch_items (batch_id, position, name, instance_id, specification, superuser_secret, monitoring_secret)
       SELECT $1, ordinality - 1, specification ->> 'name', (specification ->> 'id')::uuid, specification, superuser, monitoring
       FROM unnest($2::jsonb[], $3::bytea[], $4::bytea[]) WITH ORDINALITY AS given (specification, superuser, monitoring, ordinality)`,
      [
        batch.id,
        instances.map(({ superuserSecret: _, monitoringSecret: __, ...specification }) =>
          JSON.stringify(specification),
        ),
        instances.map(({ superuserSecret }) => superuserSecret),
        instances.map(({ monitoringSecret }) => monitoringSecret),
      ],
    );
  }

  /** Names mean the instances that hold them now; whoever takes one later is not meant. */
  async insertDeletes(transaction: Transaction, batch: NewBatch, namesOrIds: readonly string[]): Promise<void> {
    await this.#insert(transaction, batch);
    await transaction.query(
      `INSERT INTO batch_items (batch_id, position, name, instance_id, outcome, error_code, error)
       SELECT $1, ordinality - 1, coalesce(i.name, given.name), i.id, CASE WHEN i.id IS NULL THEN 'refused' END,
         CASE WHEN i.id IS NULL THEN 'instance_not_found' END,
         CASE WHEN i.id IS NULL THEN 'There is no instance "' || given.name || '".' END
       FROM unnest($2::text[]) WITH ORDINALITY AS given (name, ordinality)
       LEFT JOIN LATERAL (
         SELECT id, name FROM instances WHERE instances.name = given.name AND state <> 'purged'
         UNION ALL SELECT id, name FROM instances WHERE id::text = given.name LIMIT 1) i ON true`,
      [batch.id, namesOrIds],
    );
  }

  /** Keeps all others from the batch until the transaction ends. */
  async lock(
    transaction: Transaction,
    id: string,
  ): Promise<Pick<BatchRow, 'kind' | 'started_by' | 'cancel_requested'> | undefined> {
    const [row] = await transaction.query<Pick<BatchRow, 'kind' | 'started_by' | 'cancel_requested'>>(
      `SELECT kind, started_by, cancel_requested FROM batches WHERE id = $1 FOR UPDATE`,
      [id],
    );
    return row;
  }

  /** The next item to begin, of those that were tried least. */
  async nextPending(executor: SqlExecutor, id: string): Promise<PendingItem | undefined> {
    const [row] = await executor.query<{
      position: number;
      name: string;
      instance_id: string | null;
      specification: Omit<NewInstance, 'superuserSecret' | 'monitoringSecret'> | null;
      superuser_secret: Buffer;
      monitoring_secret: Buffer;
    }>(
      `SELECT position, name, instance_id, specification, superuser_secret, monitoring_secret FROM batch_items
       WHERE batch_id = $1 AND outcome IS NULL AND orchestration_id IS NULL ORDER BY attempts, position LIMIT 1`,
      [id],
    );
    return (
      row && {
        position: row.position,
        name: row.name,
        instanceId: row.instance_id,
        instance: row.specification && {
          ...WITHOUT_IMAGE,
          ...row.specification,
          superuserSecret: row.superuser_secret,
          monitoringSecret: row.monitoring_secret,
        },
      }
    );
  }

  /** @param orchestrationId what carries it out; null when nothing was left to do */
  async begin(transaction: Transaction, id: string, position: number, orchestrationId: string | null): Promise<void> {
    await transaction.query(
      `UPDATE batch_items SET orchestration_id = $3, outcome = CASE WHEN $3::text IS NULL THEN 'done' END, ${FORGET}
       WHERE batch_id = $1 AND position = $2`,
      [id, position, orchestrationId],
    );
  }

  async refuse(transaction: Transaction, id: string, position: number, failure: Failure): Promise<void> {
    await transaction.query(
      `UPDATE batch_items SET outcome = 'refused', instance_id = CASE WHEN specification IS NULL THEN instance_id END,
         error_code = $3, error = $4, ${FORGET}
       WHERE batch_id = $1 AND position = $2 AND outcome IS NULL AND orchestration_id IS NULL`,
      [id, position, failure.error_code, failure.error],
    );
  }

  /** @returns how often the item was tried in vain, this time included */
  async countAttempt(transaction: Transaction, id: string, position: number): Promise<number> {
    const [row] = await transaction.query<{ attempts: number }>(
      `UPDATE batch_items SET attempts = attempts + 1 WHERE batch_id = $1 AND position = $2 RETURNING attempts`,
      [id, position],
    );
    return row?.attempts ?? 0;
  }

  /** Gives up what was not begun. @returns whether there was any */
  async cancelPending(transaction: Transaction, id: string): Promise<boolean> {
    const rows = await transaction.query(
      `UPDATE batch_items SET outcome = 'cancelled', error_code = 'cancelled', error = 'The rest was called off.',
         instance_id = CASE WHEN specification IS NULL THEN instance_id END, ${FORGET}
       WHERE batch_id = $1 AND outcome IS NULL AND orchestration_id IS NULL RETURNING position`,
      [id],
    );
    await transaction.query(`UPDATE batches SET cancel_requested = true WHERE id = $1`, [id]);
    return rows.length > 0;
  }

  /**
   * Counts a locked batch; tells by an event when that has changed since it was last told.
   *
   * @param position the item that has changed, when it is known
   */
  async settle(transaction: Transaction, id: string, position?: number): Promise<BatchCounts> {
    const [counts] = await transaction.query<BatchCounts>(COUNT, [id]);
    if (!counts) {
      throw new Error('A count has a row.');
    }
    const status = batchStatus(counts);
    const [changed] = await transaction.query<Pick<BatchRow, 'kind' | 'cancel_requested'>>(
      `UPDATE batches
       SET counts = $2, status = $3, finished_at = CASE WHEN $3 <> 'running' THEN coalesce(finished_at, clock_timestamp()) END
       WHERE id = $1 AND (counts, status) IS DISTINCT FROM ($2::jsonb, $3) RETURNING kind, cancel_requested`,
      [id, JSON.stringify(counts), status],
    );
    if (changed) {
      const [item] =
        position === undefined
          ? []
          : await transaction.query<BatchItemRow>(`${SELECT_ITEM} WHERE t.batch_id = $1 AND t.position = $2`, [
              id,
              position,
            ]);
      transaction.emit({
        instanceId: null,
        type: 'batch.changed',
        data: { batch_id: id, status, ...changed, ...counts, ...(item ? { item } : {}) },
      });
    }
    return counts;
  }

  /** Batches in which something is still to be done, the oldest first. */
  async open(): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM batches WHERE status = 'running' ORDER BY created_at`,
    );
    return rows.map(({ id }) => id);
  }

  async find(id: string): Promise<BatchRow | undefined> {
    const [row] = await this.database.query<BatchRow>(`${SELECT_BATCH} WHERE b.id = $1`, [id]);
    return row;
  }

  /** All items of a batch, in their order. */
  async items(id: string): Promise<readonly BatchItemRow[]> {
    return this.database.query<BatchItemRow>(`${SELECT_ITEM} WHERE t.batch_id = $1 ORDER BY t.position`, [id]);
  }

  /** The newest first. */
  async list({
    statuses,
    page,
    limit,
  }: {
    readonly statuses: readonly BatchStatus[];
    readonly page: number;
    readonly limit: number;
  }): Promise<{ readonly rows: readonly BatchRow[]; readonly total: number }> {
    const wanted = statuses.length === 0 ? null : statuses;
    const [rows, counted] = await Promise.all([
      this.database.query<BatchRow>(
        `${SELECT_BATCH} WHERE $1::text[] IS NULL OR b.status = ANY($1) ORDER BY b.created_at DESC, b.id DESC LIMIT $2 OFFSET $3`,
        [wanted, limit, (page - 1) * limit],
      ),
      this.database.query<{ total: number }>(
        `SELECT count(*)::int AS total FROM batches b WHERE $1::text[] IS NULL OR b.status = ANY($1)`,
        [wanted],
      ),
    ]);
    return { rows, total: counted[0]?.total ?? 0 };
  }

  async #insert(transaction: Transaction, { id, kind, startedBy }: NewBatch): Promise<void> {
    await transaction.query(`INSERT INTO batches (id, kind, started_by) VALUES ($1, $2, $3)`, [id, kind, startedBy]);
  }
}
