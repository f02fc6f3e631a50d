import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { isInstanceId } from '#rules';
import { Database } from '../../../platform/database/database.js';
import type { HealthStatus, InstanceState } from '../domain/instance.js';

export const LIST_SORTS = ['name', 'created_at', 'updated_at', 'health', 'state'] as const;
export type ListSort = (typeof LIST_SORTS)[number];

export interface ListQuery {
  readonly states: readonly InstanceState[];
  readonly healths: readonly HealthStatus[];
  readonly versions: readonly string[];
  readonly createdAfter?: Date | undefined;
  readonly createdBefore?: Date | undefined;
  /** All of these tags; two values of one key can not both be met. */
  readonly tags: readonly (readonly [key: string, value: string])[];
  /** A part of the name or DNS name. */
  readonly search?: string | undefined;
  readonly sort: ListSort;
  readonly descending: boolean;
  /** From 1. */
  readonly page: number;
  readonly limit: number;
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
  readonly failure_code: string | null;
  readonly failure_reason: string | null;
  readonly failure_details: string | null;
  readonly health_status: HealthStatus;
  readonly health_changed_at: Date;
  readonly postgres_version: string;
  readonly storage_size_gb: number;
  readonly use_load_balancer: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly deletion_protection: boolean;
  readonly endpoint_host: string | null;
  readonly endpoint_ip: string | null;
  readonly endpoint_port: number | null;
  readonly revision: number;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
  readonly checked_at: Date | null;
  readonly check_status: HealthStatus | null;
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
  readonly completed: number;
  readonly total: number;
  readonly activity: string | null;
}

const SORT_COLUMNS: Readonly<Record<ListSort, string>> = {
  name: 'name',
  created_at: 'created_at',
  updated_at: 'updated_at',
  health: 'health_status',
  state: 'state',
};

const SELECT_ROW = `
  SELECT i.id, i.name AS user_name, i.k8s_name, i.dns_name, i.namespace, i.state, i.state_changed_at, i.failure_code,
    i.failure_reason, i.failure_details, i.health_status, i.health_changed_at, i.postgres_version, i.storage_size_gb,
    i.use_load_balancer, i.tags, i.deletion_protection, i.endpoint_host, i.endpoint_ip, i.endpoint_port, i.revision,
    i.created_at, i.updated_at, i.deleted_at,
    h.checked_at, h.status AS check_status, h.reason AS check_reason, h.response_time_ms,
    h.postgres_version AS server_version, h.data_bytes, h.databases, h.connections,
    (SELECT jsonb_build_object(
       'id', o.id, 'kind', o.kind, 'status', o.status, 'started_by', o.started_by, 'created_at', o.created_at,
       'deadline', o.deadline_at,
       'completed', (SELECT count(*) FROM orchestration_activities a
         WHERE a.orchestration_id = o.id AND a.phase = 'forward' AND a.status = 'succeeded'),
       'total', (SELECT count(*) FROM orchestration_activities a WHERE a.orchestration_id = o.id AND a.phase = 'forward'),
       'activity', (SELECT a.name FROM orchestration_activities a
         WHERE a.orchestration_id = o.id AND a.status IN ('pending', 'running', 'waiting') ORDER BY a.position LIMIT 1))
     FROM orchestrations o
     WHERE o.instance_id = i.id AND o.status IN ('pending', 'running', 'compensating')
     ORDER BY o.created_at DESC LIMIT 1) AS orchestration
  FROM instances i LEFT JOIN instance_health h ON h.instance_id = i.id`;

/** Instances asked for within one turn of the event loop are read by one query; more than this many by several. */
const BATCH = 100;

/** Reading instances for people. */
@Injectable()
export class InstanceQueries {
  readonly #byName: DataLoader<string, InstanceRow | undefined>;
  readonly #byId: DataLoader<string, InstanceRow | undefined>;

  constructor(private readonly database: Database) {
    this.#byName = this.#loader(`i.name = ANY($1) AND i.state <> 'deleted'`, ({ user_name }) => user_name);
    this.#byId = this.#loader(`i.id = ANY($1::uuid[])`, ({ id }) => id);
  }

  /** By the name of an instance that still holds it, or by the id of any. */
  async findOne(nameOrId: string): Promise<InstanceRow | undefined> {
    return isInstanceId(nameOrId) ? this.#byId.load(nameOrId.toLowerCase()) : this.#byName.load(nameOrId);
  }

  /** One page and the number of all that match. A page beyond the last is empty. */
  async list(query: ListQuery): Promise<{ readonly rows: readonly InstanceRow[]; readonly total: number }> {
    const total = await this.#total(query);
    const offset = (query.page - 1) * query.limit;
    const size = Math.min(query.limit, total - offset);
    if (size <= 0) {
      return { rows: [], total };
    }
    // The nearer end of the index is where the scan begins: the last page costs no more than the first.
    const fromEnd = total - offset - size;
    const backwards = fromEnd < offset;
    const { where, parameters } = conditions(query);
    const column = SORT_COLUMNS[query.sort];
    const order = (reverse: boolean, prefix: string): string => {
      const direction = query.descending === reverse ? 'ASC' : 'DESC';
      return `ORDER BY ${prefix}${column} ${direction}, ${prefix}id ${direction}`;
    };
    const limits = [...parameters, size, backwards ? fromEnd : offset];
    // The page is cut from the narrow index first; only its rows are then read and joined.
    const rows = await this.database.query<InstanceRow>(
      `WITH page AS MATERIALIZED (
         SELECT id FROM instances WHERE ${where} ${order(backwards, '')}
         LIMIT $${String(limits.length - 1)} OFFSET $${String(limits.length)})
       ${SELECT_ROW} WHERE i.id IN (SELECT id FROM page) ${order(false, 'i.')}`,
      limits,
    );
    return { rows, total };
  }

  /** Adds up the changes of the counts, so that summing them stays cheap. */
  async compactCounts(): Promise<void> {
    await this.database.query(
      `WITH taken AS (DELETE FROM instance_counts RETURNING state, health_status, postgres_version, count)
       INSERT INTO instance_counts (state, health_status, postgres_version, count)
       SELECT state, health_status, postgres_version, sum(count) FROM taken GROUP BY 1, 2, 3 HAVING sum(count) <> 0`,
    );
  }

  /** Counted by what `instance_counts` knows, unless the query asks for more than that. */
  async #total(query: ListQuery): Promise<number> {
    const { where, parameters } = conditions(query);
    const counted =
      query.createdAfter === undefined &&
      query.createdBefore === undefined &&
      query.search === undefined &&
      query.tags.length === 0;
    const [row] = await this.database.query<{ total: number }>(
      counted
        ? `SELECT coalesce(sum(count), 0)::int AS total FROM instance_counts WHERE ${where}`
        : `SELECT count(*)::int AS total FROM instances WHERE ${where}`,
      parameters,
    );
    return row?.total ?? 0;
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

function conditions(query: ListQuery): { readonly where: string; readonly parameters: readonly unknown[] } {
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${String(parameters.push(value))}`;
  const terms: string[] = [];
  if (query.states.length > 0) {
    terms.push(`state = ANY(${parameter(query.states)})`);
  }
  // Deleted instances are shown to those who ask for them.
  if (!query.states.includes('deleted')) {
    terms.push(`state <> 'deleted'`);
  }
  if (query.healths.length > 0) {
    terms.push(`health_status = ANY(${parameter(query.healths)})`);
  }
  if (query.versions.length > 0) {
    terms.push(`postgres_version = ANY(${parameter(query.versions)})`);
  }
  if (query.createdAfter) {
    terms.push(`created_at > ${parameter(query.createdAfter)}`);
  }
  if (query.createdBefore) {
    terms.push(`created_at < ${parameter(query.createdBefore)}`);
  }
  for (const [key, value] of query.tags) {
    terms.push(`tags @> ${parameter(JSON.stringify({ [key]: value }))}::jsonb`);
  }
  if (query.search !== undefined) {
    const pattern = parameter(`%${query.search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`);
    terms.push(`(name LIKE ${pattern} OR dns_name LIKE ${pattern})`);
  }
  return { where: terms.length > 0 ? terms.join(' AND ') : 'true', parameters };
}
