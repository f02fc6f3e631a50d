import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { isInstanceId } from '#rules';
import type { FailureCode } from '../../../failure-codes.js';
import type { ImageType } from '../../../data-plane/index.js';
import { Database, type SqlExecutor } from '../../../platform/database/database.js';
import type { HealthStatus, InstanceState } from '../domain/instance.js';
import { filterOf, type ListFilter, type ListQuery, orderBy } from './list-filter.js';
import { RecentTotals } from './recent-totals.js';

export interface InstancePage {
  readonly rows: readonly InstanceRow[];
  /** How many match, on all pages. */
  readonly total: number;
}

/** An instance as people see it; the names are those of the API. */
export interface InstanceRow {
  readonly id: string;
  readonly user_name: string;
  readonly k8s_name: string;
  readonly dns_name: string;
  readonly namespace: string;
  readonly state: InstanceState;
  readonly state_changed_at: Date;
  readonly failure_code: FailureCode | null;
  readonly failure_reason: string | null;
  readonly failure_details: string | null;
  readonly health_status: HealthStatus;
  readonly health_changed_at: Date;
  readonly postgres_version: string;
  readonly storage_size_gb: number;
  readonly use_load_balancer: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly deletion_protection: boolean;
  readonly image_type: ImageType;
  readonly image: string | null;
  readonly runtime_image: string | null;
  readonly endpoint_host: string | null;
  readonly endpoint_ip: string | null;
  readonly endpoint_port: number | null;
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
  readonly purge_at: Date | null;
  readonly purged_at: Date | null;
  readonly checked_at: Date | null;
  readonly check_status: HealthStatus | null;
  readonly check_code: FailureCode | null;
  readonly check_reason: string | null;
  readonly response_time_ms: number | null;
  readonly server_version: string | null;
  readonly data_bytes: string | null;
  readonly databases: number | null;
  readonly connections: number | null;
  readonly orchestration: OrchestrationProgressRow | null;
}

/** The open orchestration of an instance, as JSON made by the database. */
export interface OrchestrationProgressRow {
  readonly id: string;
  readonly kind: string;
  readonly status: 'pending' | 'running' | 'compensating';
  readonly started_by: string;
  readonly created_at: string;
  readonly deadline: string;
  readonly cancel_requested: boolean;
  readonly completed: number;
  readonly total: number;
  readonly activity: string | null;
}

const SELECT_ROW = `
  SELECT i.id, i.name AS user_name, i.k8s_name, i.dns_name, i.namespace, i.state, i.state_changed_at, i.failure_code,
    i.failure_reason, i.failure_details, i.health_status, i.health_changed_at, i.postgres_version, i.storage_size_gb,
    i.use_load_balancer, i.tags, i.deletion_protection, i.image_type, i.image, i.runtime_image, i.endpoint_host, i.endpoint_ip, i.endpoint_port, i.revision,
    i.created_at, i.updated_at, i.deleted_at, i.purge_at, i.purged_at,
    h.checked_at, h.status AS check_status, h.code AS check_code, h.reason AS check_reason, h.response_time_ms,
    h.postgres_version AS server_version, h.data_bytes, h.databases, h.connections,
    (SELECT jsonb_build_object(
       'id', o.id, 'kind', o.kind, 'status', o.status, 'started_by', o.started_by, 'created_at', o.created_at,
       'deadline', o.deadline_at, 'cancel_requested', o.cancel_requested,
       'completed', (SELECT count(*) FROM orchestration_activities a
         WHERE a.orchestration_id = o.id AND a.phase = 'forward' AND a.status = 'succeeded'),
       'total', (SELECT count(*) FROM orchestration_activities a WHERE a.orchestration_id = o.id AND a.phase = 'forward'),
       'activity', (SELECT a.name FROM orchestration_activities a
         WHERE a.orchestration_id = o.id AND a.status IN ('pending', 'running', 'waiting') ORDER BY a.position LIMIT 1))
     FROM orchestrations o
     WHERE o.instance_id = i.id AND o.status IN ('pending', 'running', 'compensating')
     ORDER BY o.created_at LIMIT 1) AS orchestration
  FROM instances i LEFT JOIN instance_health h ON h.instance_id = i.id`;

/** Instances asked for within one turn of the event loop are read by one query; more than this many by several. */
const BATCH = 100;

/** Reading instances for people. */
@Injectable()
export class InstanceQueries {
  readonly #byName: DataLoader<string, InstanceRow | undefined>;
  readonly #byId: DataLoader<string, InstanceRow | undefined>;
  readonly #totals = new RecentTotals();

  constructor(private readonly database: Database) {
    this.#byName = this.#loader(`i.name = ANY($1) AND i.state <> 'purged'`, ({ user_name }) => user_name);
    this.#byId = this.#loader(`i.id = ANY($1::uuid[])`, ({ id }) => id);
  }

  /** By the name of an instance that still holds it, or by the id of any. */
  async findOne(nameOrId: string): Promise<InstanceRow | undefined> {
    return isInstanceId(nameOrId) ? this.#byId.load(nameOrId.toLowerCase()) : this.#byName.load(nameOrId);
  }

  /**
   * One page and the number of all that match. A page beyond the last is empty.
   *
   * The page is always that of this moment. So is the total, but for filters that `instance_counts` doesn't know and many match: theirs may
   * be a few seconds old (see {@link RecentTotals}), on pages that are well before the last one. The last page and those beyond it have
   * the total of this moment.
   */
  async list(query: ListQuery): Promise<InstancePage> {
    const filter = filterOf(query);
    const offset = (query.page - 1) * query.limit;
    const likelyTotal = this.#totals.remembered(filter.key) ?? 0;
    return 2 * offset <= likelyTotal
      ? this.#listFromStart(query, filter, offset)
      : this.#listFromNearerEnd(query, filter, offset);
  }

  /** Adds up the changes of the counts, so that summing them stays cheap. */
  async compactCounts(): Promise<void> {
    await this.database.query(
      `WITH taken AS (DELETE FROM instance_counts RETURNING state, health_status, postgres_version, count)
       INSERT INTO instance_counts (state, health_status, postgres_version, count)
       SELECT state, health_status, postgres_version, sum(count) FROM taken GROUP BY 1, 2, 3 HAVING sum(count) <> 0`,
    );
  }

  /** Reads one row more than the page has: without it, this is the last page, and the total is known. */
  async #listFromStart(query: ListQuery, filter: ListFilter, offset: number): Promise<InstancePage> {
    const found = await this.#read(this.database, query, filter, { take: query.limit + 1, skip: offset });
    const end = offset + found.length;
    if (found.length > query.limit) {
      const total = await (filter.counted
        ? this.#count(filter)
        : this.#totals.get(filter.key, () => this.#count(filter)));
      // Some may have gone between the two statements.
      return { rows: found.slice(0, query.limit), total: Math.max(total, end) };
    }
    if (found.length === 0 && offset > 0) {
      return { rows: [], total: await this.#count(filter) };
    }
    this.#remember(filter, end);
    return { rows: found, total: end };
  }

  /**
   * Begins at the nearer end of the index, so that the last page costs no more than the first. How far a page is from the end depends on
   * the total: both are read from one snapshot.
   */
  async #listFromNearerEnd(query: ListQuery, filter: ListFilter, offset: number): Promise<InstancePage> {
    return this.database.snapshot(async (snapshot) => {
      const total = await this.#count(filter, snapshot);
      const take = Math.min(query.limit, total - offset);
      if (take <= 0) {
        return { rows: [], total };
      }
      const fromEnd = total - offset - take;
      const range = fromEnd < offset ? { take, skip: fromEnd, reverse: true } : { take, skip: offset };
      return { rows: await this.#read(snapshot, query, filter, range), total };
    });
  }

  /** The page is cut from the narrow index first; only its rows are then read and joined. */
  async #read(
    executor: SqlExecutor,
    query: ListQuery,
    { where, parameters }: ListFilter,
    { take, skip, reverse = false }: { readonly take: number; readonly skip: number; readonly reverse?: boolean },
  ): Promise<readonly InstanceRow[]> {
    return executor.query<InstanceRow>(
      `WITH page AS MATERIALIZED (
         SELECT id FROM instances WHERE ${where} ${orderBy(query, { reverse })}
         LIMIT $${String(parameters.length + 1)} OFFSET $${String(parameters.length + 2)})
       ${SELECT_ROW} WHERE i.id IN (SELECT id FROM page) ${orderBy(query, { prefix: 'i.' })}`,
      [...parameters, take, skip],
    );
  }

  async #count(filter: ListFilter, executor: SqlExecutor = this.database): Promise<number> {
    const { where, parameters, counted } = filter;
    const [row] = await executor.query<{ total: number }>(
      counted
        ? `SELECT coalesce(sum(count), 0)::int AS total FROM instance_counts WHERE ${where}`
        : `SELECT count(*)::int AS total FROM instances WHERE ${where}`,
      parameters,
    );
    const total = row?.total ?? 0;
    this.#remember(filter, total);
    return total;
  }

  #remember({ counted, key }: ListFilter, total: number): void {
    if (!counted) {
      this.#totals.remember(key, total);
    }
  }

  #loader(where: string, keyOf: (row: InstanceRow) => string): DataLoader<string, InstanceRow | undefined> {
    return new DataLoader(
      async (keys) => {
        const rows = await this.database.prepared<InstanceRow>(`${SELECT_ROW} WHERE ${where}`, [[...new Set(keys)]]);
        const found = new Map(rows.map((row) => [keyOf(row), row]));
        return keys.map((key) => found.get(key));
      },
      // Nothing is kept: every answer is read after it was asked for.
      { cache: false, maxBatchSize: BATCH, batchScheduleFn: (read) => setImmediate(read) },
    );
  }
}
