import { randomBytes, randomUUID } from 'node:crypto';
import type { SqlExecutor } from '../../server/src/platform/database/database.js';

/** Columns of `instances` that a test may set; the others have what a fresh instance has. */
export interface InstanceColumns {
  readonly id: string;
  readonly name: string;
  readonly k8s_name: string;
  readonly dns_name: string;
  readonly namespace: string;
  readonly data_plane: string;
  readonly state: string;
  readonly health_status: string;
  readonly postgres_version: string;
  readonly storage_size_gb: number;
  readonly use_load_balancer: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly image_type: string;
  readonly image: string | null;
  readonly runtime_image: string | null;
  readonly runtime_image_id: string | null;
  readonly endpoint_host: string | null;
  readonly endpoint_ip: string | null;
  readonly endpoint_port: number | null;
  readonly superuser_secret: Buffer;
  readonly monitoring_secret: Buffer;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A row for `instances`, without the rest of an instance. */
export function instanceRow(changes: Partial<InstanceColumns> = {}): InstanceColumns {
  const name = changes.name ?? `db-${randomBytes(4).toString('hex')}`;
  const now = new Date();
  return {
    id: randomUUID(),
    name,
    k8s_name: `${name}-${randomBytes(4).toString('hex')}`,
    dns_name: name,
    namespace: 'toygres',
    data_plane: 'local',
    state: 'running',
    health_status: 'unknown',
    postgres_version: '18',
    storage_size_gb: 10,
    use_load_balancer: false,
    tags: {},
    image_type: 'stock',
    image: null,
    runtime_image: null,
    runtime_image_id: null,
    endpoint_host: null,
    endpoint_ip: null,
    endpoint_port: null,
    superuser_secret: Buffer.alloc(0),
    monitoring_secret: Buffer.alloc(0),
    created_at: now,
    updated_at: now,
    ...changes,
  };
}

/** Inserts rows into `instances` in one statement. */
export async function insertInstances(executor: SqlExecutor, rows: readonly InstanceColumns[]): Promise<void> {
  const columns = Object.keys(instanceRow()) as (keyof InstanceColumns)[];
  const json = rows.map((row) => ({
    ...row,
    superuser_secret: `\\x${row.superuser_secret.toString('hex')}`,
    monitoring_secret: `\\x${row.monitoring_secret.toString('hex')}`,
  }));
  await executor.query(
    `INSERT INTO instances (${columns.join(', ')})
     SELECT ${columns.join(', ')} FROM jsonb_populate_recordset(NULL::instances, $1::jsonb)`,
    [JSON.stringify(json)],
  );
}

/** Inserts one instance. @returns its row */
export async function insertInstance(
  executor: SqlExecutor,
  changes: Partial<InstanceColumns> = {},
): Promise<InstanceColumns> {
  const row = instanceRow(changes);
  await insertInstances(executor, [row]);
  return row;
}
