import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Measure } from '../../../data-plane/index.js';
import { Database, type SqlExecutor, type Transaction } from '../../../platform/database/database.js';
import { type Finding, findingKey } from '../domain/consistency.js';
import type { Resolution } from '../domain/findings.js';

/** A finding as it is kept. */
export interface FindingRow extends Finding {
  readonly id: string;
  readonly bytes: number | null;
  readonly since: Date | null;
  readonly foundAt: Date;
  readonly seenAt: Date;
  readonly repairRequestedAt: Date | null;
  readonly repairRequestedBy: string | null;
  readonly error: string | null;
  readonly resolvedAt: Date | null;
  readonly resolution: Resolution | null;
}

const SELECT = `
  SELECT id, code, kind, instance_id AS "instanceId", instance_name AS "instanceName", k8s_name AS "k8sName", state, resource,
    bytes::float8 AS bytes, since, found_at AS "foundAt", seen_at AS "seenAt", repair_requested_at AS "repairRequestedAt",
    repair_requested_by AS "repairRequestedBy", error, resolved_at AS "resolvedAt", resolution
  FROM findings`;

/** Rows of `findings`. */
@Injectable()
export class FindingRepository {
  constructor(private readonly database: Database) {}

  /** Those that are not over, the oldest first. */
  async open(executor: SqlExecutor = this.database): Promise<readonly FindingRow[]> {
    return executor.query<FindingRow>(`${SELECT} WHERE resolved_at IS NULL ORDER BY found_at, id`);
  }

  async find(id: string): Promise<FindingRow | undefined> {
    const [row] = await this.database.query<FindingRow>(`${SELECT} WHERE id::text = $1`, [id]);
    return row;
  }

  /** The newest first. @param resolved those that are over, instead of those that are open */
  async list({
    resolved,
    page,
    limit,
  }: {
    readonly resolved: boolean;
    readonly page: number;
    readonly limit: number;
  }): Promise<{ readonly rows: readonly FindingRow[]; readonly total: number }> {
    const where = `WHERE (resolved_at IS NOT NULL) = $1`;
    const [rows, counted] = await Promise.all([
      this.database.query<FindingRow>(`${SELECT} ${where} ORDER BY found_at DESC, id DESC LIMIT $2 OFFSET $3`, [
        resolved,
        limit,
        (page - 1) * limit,
      ]),
      this.database.query<{ total: number }>(`SELECT count(*)::int AS total FROM findings ${where}`, [resolved]),
    ]);
    return { rows, total: counted[0]?.total ?? 0 };
  }

  /**
   * Brings the rows to what was seen: what is new is added, what is not there any more is over. An event tells of either.
   *
   * @param undecided ids of instances of which nothing can be said now: what was found of them stays open
   * @param measures by {@link findingKey}, of those that are new
   */
  async record(
    transaction: Transaction,
    seen: readonly Finding[],
    undecided: ReadonlySet<string>,
    measures: ReadonlyMap<string, Measure>,
  ): Promise<void> {
    // One at a time, or two would both add the same.
    await transaction.query(`LOCK TABLE findings IN SHARE ROW EXCLUSIVE MODE`);
    const open = await this.open(transaction);
    const known = new Map(open.map((finding) => [findingKey(finding), finding.id]));
    const present = new Set(seen.map(findingKey));
    await transaction.query(`UPDATE findings SET seen_at = now() WHERE id = ANY($1::uuid[])`, [
      seen.flatMap((finding) => known.get(findingKey(finding)) ?? []),
    ]);
    for (const finding of seen.filter((one) => !known.has(findingKey(one)))) {
      const measure = measures.get(findingKey(finding));
      await transaction.query(
        `INSERT INTO findings (id, code, kind, instance_id, instance_name, k8s_name, state, resource, bytes, since)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          randomUUID(),
          finding.code,
          finding.kind,
          finding.instanceId,
          finding.instanceName,
          finding.k8sName,
          finding.state,
          finding.resource,
          measure?.bytes ?? null,
          measure?.since ?? null,
        ],
      );
    }
    const over = open
      .filter((finding) => !present.has(findingKey(finding)) && !undecided.has(finding.instanceId))
      .map(({ id }) => id);
    await transaction.query(
      `UPDATE findings
       SET resolved_at = now(), resolution = CASE WHEN repair_began_at IS NULL THEN 'gone' ELSE 'repaired' END, error = NULL
       WHERE id = ANY($1::uuid[])`,
      [over],
    );
    if (over.length > 0 || seen.some((finding) => !known.has(findingKey(finding)))) {
      transaction.emit({ instanceId: null, type: 'findings.changed', data: { open: present.size } });
    }
  }

  /** Asks for a repair; twice is the same as once while it goes on. */
  async requestRepair(id: string, requestedBy: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await transaction.query(
        `UPDATE findings SET repair_requested_at = now(), repair_requested_by = $2, repair_began_at = NULL, error = NULL
         WHERE id = $1 AND resolved_at IS NULL`,
        [id, requestedBy],
      );
      transaction.emit({ instanceId: null, type: 'findings.changed', data: { finding_id: id } });
    });
  }

  /**
   * Takes a repair over, so that one worker is at it.
   *
   * @param pauseSeconds after which it is begun again when it has not helped
   * @returns false when somebody else is at it, or it was tried a short while ago
   */
  async beginRepair(id: string, pauseSeconds: number): Promise<boolean> {
    const rows = await this.database.query(
      `UPDATE findings SET repair_began_at = clock_timestamp()
       WHERE id = $1 AND resolved_at IS NULL
         AND (repair_began_at IS NULL OR repair_began_at < clock_timestamp() - make_interval(secs => $2))
       RETURNING id`,
      [id, pauseSeconds],
    );
    return rows.length === 1;
  }

  async repairFailed(id: string, error: string): Promise<void> {
    await this.database.transaction(async (transaction) => {
      await transaction.query(`UPDATE findings SET error = $2 WHERE id = $1`, [id, error]);
      transaction.emit({ instanceId: null, type: 'findings.changed', data: { finding_id: id } });
    });
  }

  /** Forgets what is over for long. */
  async expire(days: number): Promise<void> {
    await this.database.query(`DELETE FROM findings WHERE resolved_at < now() - make_interval(days => $1)`, [days]);
  }
}
