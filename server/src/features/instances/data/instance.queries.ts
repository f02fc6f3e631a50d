import { Injectable } from '@nestjs/common';
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
  readonly status: string;
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

/** Reading instances for people. */
@Injectable()
export class InstanceQueries {
  constructor(private readonly database: Database) {}

  /** By the name of an instance that still holds it, or by the id of any. */
  async findOne(nameOrId: string): Promise<InstanceRow | undefined> {
    const where = isInstanceId(nameOrId) ? `i.id = $1` : `i.name = $1 AND i.state <> 'deleted'`;
    const [row] = await this.database.query<InstanceRow>(`${SELECT_ROW} WHERE ${where}`, [nameOrId]);
    return row;
  }

  async list(query: ListQuery): Promise<{ readonly rows: readonly InstanceRow[]; readonly total: number }> {
    const { where, parameters } = conditions(query);
    const column = SORT_COLUMNS[query.sort];
    const direction = query.descending ? 'DESC' : 'ASC';
    const page = [...parameters, query.limit, (query.page - 1) * query.limit];
    const [rows, counted] = await Promise.all([
      // The page is cut from the narrow index first; only its rows are then read and joined.
      this.database.query<InstanceRow>(
        `WITH page AS MATERIALIZED (
           SELECT id FROM instances WHERE ${where}
           ORDER BY ${column} ${direction}, id ${direction}
           LIMIT $${String(page.length - 1)} OFFSET $${String(page.length)})
         ${SELECT_ROW} WHERE i.id IN (SELECT id FROM page)
         ORDER BY i.${column} ${direction}, i.id ${direction}`,
        page,
      ),
      this.database.query<{ total: number }>(`SELECT count(*)::int AS total FROM instances WHERE ${where}`, parameters),
    ]);
    return { rows, total: counted[0]?.total ?? 0 };
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
