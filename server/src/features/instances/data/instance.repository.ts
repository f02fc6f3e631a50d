import { Inject, Injectable } from '@nestjs/common';
import { isInstanceId } from '#rules';
import { type Config, CONFIG } from '../../../config/config.js';
import type { Endpoint, ImageType, InstancePlan } from '../../../data-plane/index.js';
import type { Failure } from '../../../orchestrations/index.js';
import { Database, type SqlExecutor, type Transaction } from '../../../platform/database/database.js';
import { assertTransition, type HealthStatus, type InstanceState } from '../domain/instance.js';
import type { NameHolder } from '../domain/instance-errors.js';

/** An instance as the control plane acts on it. Secrets stay sealed. */
export interface InstanceRecord {
  readonly id: string;
  readonly name: string;
  readonly k8sName: string;
  readonly dnsName: string;
  readonly namespace: string;
  readonly state: InstanceState;
  readonly healthStatus: HealthStatus;
  readonly postgresVersion: string;
  readonly storageSizeGb: number;
  readonly useLoadBalancer: boolean;
  readonly deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly imageType: ImageType;
  /** What it is made of, by its digest; null: what the configuration says. */
  readonly image: string | null;
  readonly revision: number;
  readonly endpointHost: string | null;
  readonly endpointIp: string | null;
  readonly endpointPort: number | null;
  readonly superuserSecret: Buffer;
  readonly monitoringSecret: Buffer;
}

/** What people may change of an instance. */
export interface InstanceChanges {
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly deletionProtection?: boolean | undefined;
}

export type NewInstance = Omit<
  InstanceRecord,
  'state' | 'healthStatus' | 'revision' | 'endpointHost' | 'endpointIp' | 'endpointPort'
> & {
  readonly dataPlane: string;
  /** Name of the image, and its id in the catalogue; null where it is made of none. */
  readonly runtimeImage: string | null;
  readonly runtimeImageId: string | null;
};

/** An instance in the words of the data plane. */
export function planOf(instance: InstanceRecord): InstancePlan {
  const {
    id: instanceId,
    dnsName: dnsLabel,
    k8sName,
    namespace,
    postgresVersion,
    storageSizeGb,
    useLoadBalancer,
    tags,
    imageType,
    image,
  } = instance;
  return {
    instanceId,
    k8sName,
    namespace,
    postgresVersion,
    storageSizeGb,
    useLoadBalancer,
    dnsLabel,
    tags,
    imageType,
    image,
  };
}

const COLUMNS = `
  id, name, k8s_name AS "k8sName", dns_name AS "dnsName", namespace, state, health_status AS "healthStatus",
  postgres_version AS "postgresVersion", storage_size_gb AS "storageSizeGb", use_load_balancer AS "useLoadBalancer",
  deletion_protection AS "deletionProtection", tags, image_type AS "imageType", image, revision, endpoint_host AS "endpointHost", endpoint_ip AS "endpointIp",
  endpoint_port AS "endpointPort", superuser_secret AS "superuserSecret", monitoring_secret AS "monitoringSecret"`;

/** Rows of `instances`, for what changes them. Reading for people is in `instance.queries.ts`. */
@Injectable()
export class InstanceRepository {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
  ) {}

  /** Inserts in the state "creating". @returns what holds the name, or null when the insert was made */
  async insert(transaction: Transaction, instance: NewInstance): Promise<NameHolder | null> {
    const inserted = await transaction.query(
      `INSERT INTO instances (id, name, k8s_name, dns_name, namespace, data_plane, state, postgres_version, storage_size_gb,
         use_load_balancer, tags, superuser_secret, monitoring_secret, deletion_protection, image_type, image, runtime_image,
         runtime_image_id)
       VALUES ($1, $2, $3, $4, $5, $6, 'creating', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
       ON CONFLICT (name) WHERE state <> 'purged' DO NOTHING RETURNING id`,
      [
        instance.id,
        instance.name,
        instance.k8sName,
        instance.dnsName,
        instance.namespace,
        instance.dataPlane,
        instance.postgresVersion,
        instance.storageSizeGb,
        instance.useLoadBalancer,
        JSON.stringify(instance.tags),
        instance.superuserSecret,
        instance.monitoringSecret,
        instance.deletionProtection,
        instance.imageType,
        instance.image,
        instance.runtimeImage,
        instance.runtimeImageId,
      ],
    );
    if (inserted.length === 1) {
      transaction.emit({ instanceId: instance.id, type: 'instance.created', data: { state: 'creating' } });
      return null;
    }
    return (await this.holderOf(instance.name, transaction)) ?? this.insert(transaction, instance);
  }

  /** What holds a name, or undefined when it is free. */
  async holderOf(name: string, executor: SqlExecutor = this.database): Promise<NameHolder | undefined> {
    const [row] = await executor.query<NameHolder>(
      `SELECT state, purge_at AS "purgeAt" FROM instances WHERE name = $1 AND state <> 'purged'`,
      [name],
    );
    return row;
  }

  async find(id: string, executor: SqlExecutor = this.database): Promise<InstanceRecord | undefined> {
    const [row] = await executor.query<InstanceRecord>(`SELECT ${COLUMNS} FROM instances WHERE id = $1`, [id]);
    return row;
  }

  /** By the name of an instance that still holds it, or by the id of any. */
  async findByNameOrId(nameOrId: string): Promise<InstanceRecord | undefined> {
    const [row] = await this.database.query<InstanceRecord>(
      `SELECT ${COLUMNS} FROM instances WHERE ${named(nameOrId)}`,
      [nameOrId],
    );
    return row;
  }

  /**
   * Makes all others wait that ask something of the instance, until the transaction ends. Taken before any row is locked.
   *
   * @returns its id; undefined when there is none
   */
  async lockForRequest(transaction: Transaction, nameOrId: string): Promise<string | undefined> {
    const [row] = await transaction.query<{ id: string }>(
      `SELECT id, pg_advisory_xact_lock(hashtextextended('toygres.instance.' || id, 0))
       FROM instances WHERE ${named(nameOrId)}`,
      [nameOrId],
    );
    return row?.id;
  }

  /**
   * Locks the row against every other change. Orchestrations of the instance are locked before it, never after. What only refers to the row
   * passes: an event of it written meanwhile holds the lock of the events, which the holder of this one asks for when it commits.
   */
  async lock(transaction: Transaction, id: string): Promise<InstanceRecord | undefined> {
    const [row] = await transaction.query<InstanceRecord>(
      `SELECT ${COLUMNS} FROM instances WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row;
  }

  async withState(state: InstanceState): Promise<readonly InstanceRecord[]> {
    return this.database.query<InstanceRecord>(
      `SELECT ${COLUMNS} FROM instances WHERE state = $1 ORDER BY created_at`,
      [state],
    );
  }

  /**
   * Moves a locked instance to another state, by the transition table.
   *
   * @param failure why, when it moves to "failed"; else null
   * @throws IllegalTransitionError
   */
  async move(
    transaction: Transaction,
    instance: Pick<InstanceRecord, 'id' | 'state'>,
    to: InstanceState,
    cause: { readonly orchestrationId: string; readonly failure: Failure | null },
  ): Promise<void> {
    assertTransition(instance.state, to);
    await transaction.query(
      `UPDATE instances
       SET state = $2, state_changed_at = now(), updated_at = now(), revision = revision + 1,
           failure_code = $3, failure_reason = $4, failure_details = $5,
           deleted_at = CASE WHEN $2 = 'deleted' THEN now() WHEN $2 = 'purged' THEN coalesce(deleted_at, now())
                             WHEN $2 IN ('purging', 'failed') THEN deleted_at END,
           purge_at = CASE $2 WHEN 'deleted' THEN now() + make_interval(secs => $6::float8 * 3600) END,
           purged_at = CASE $2 WHEN 'purged' THEN now() END,
           health_status = CASE $2 WHEN 'running' THEN health_status ELSE 'unknown' END
       WHERE id = $1`,
      [
        instance.id,
        to,
        cause.failure?.code ?? null,
        cause.failure?.message ?? null,
        cause.failure?.details ?? null,
        this.config.keepDeletedHours,
      ],
    );
    transaction.emit({
      instanceId: instance.id,
      orchestrationId: cause.orchestrationId,
      type: 'instance.state_changed',
      data: {
        from: instance.state,
        state: to,
        ...(cause.failure ? { failure_code: cause.failure.code, failure_reason: cause.failure.message } : {}),
      },
    });
  }

  /** Takes back "healthy" when it is known to be so no longer. */
  async forgetHealth(transaction: Transaction, { id, healthStatus }: InstanceRecord): Promise<void> {
    if (healthStatus === 'healthy') {
      await transaction.query(
        `UPDATE instances SET health_status = 'unknown', health_changed_at = now(), updated_at = now(), revision = revision + 1
         WHERE id = $1`,
        [id],
      );
      transaction.emit({
        instanceId: id,
        type: 'instance.health_changed',
        data: { from: healthStatus, health_status: 'unknown', reason: null, response_time_ms: null },
      });
    }
  }

  /** Deleted instances whose time is up, the oldest first. */
  async expired(limit: number): Promise<readonly string[]> {
    const rows = await this.database.query<{ id: string }>(
      `SELECT id FROM instances WHERE state = 'deleted' AND purge_at <= now() ORDER BY purge_at LIMIT $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  async isExpired(transaction: Transaction, id: string): Promise<boolean> {
    const rows = await transaction.query(
      `SELECT FROM instances WHERE id = $1 AND state = 'deleted' AND purge_at <= now()`,
      [id],
    );
    return rows.length === 1;
  }

  /** Changes what people may change of a locked instance; what is undefined stays. */
  async update(transaction: Transaction, id: string, { tags, deletionProtection }: InstanceChanges): Promise<void> {
    const changed = await transaction.query(
      `UPDATE instances
       SET tags = coalesce($2, tags), deletion_protection = coalesce($3, deletion_protection), updated_at = now(),
           revision = revision + 1
       WHERE id = $1 AND (tags, deletion_protection) IS DISTINCT FROM (coalesce($2, tags), coalesce($3, deletion_protection))
       RETURNING id`,
      [id, tags ? JSON.stringify(tags) : null, deletionProtection ?? null],
    );
    if (changed.length > 0) {
      transaction.emit({
        instanceId: id,
        type: 'instance.updated',
        data: {
          ...(tags ? { tags } : {}),
          ...(deletionProtection === undefined ? {} : { deletion_protection: deletionProtection }),
        },
      });
    }
  }

  /** Nobody can connect any more, and there is nothing to start or keep. */
  async forgetEndpoint(transaction: Transaction, id: string): Promise<void> {
    await transaction.query(
      `UPDATE instances
       SET endpoint_host = NULL, endpoint_ip = NULL, endpoint_port = NULL, updated_at = now(), revision = revision + 1
       WHERE id = $1 AND endpoint_host IS NOT NULL`,
      [id],
    );
  }

  async setEndpoint(transaction: Transaction, id: string, endpoint: Endpoint, orchestrationId: string): Promise<void> {
    const changed = await transaction.query(
      `UPDATE instances SET endpoint_host = $2, endpoint_ip = $3, endpoint_port = $4, updated_at = now(), revision = revision + 1
       WHERE id = $1 AND (endpoint_host, endpoint_ip, endpoint_port) IS DISTINCT FROM ($2, $3, $4) RETURNING id`,
      [id, endpoint.host, endpoint.ip, endpoint.port],
    );
    if (changed.length > 0) {
      transaction.emit({ instanceId: id, orchestrationId, type: 'instance.endpoint_changed', data: { ...endpoint } });
    }
  }
}

function named(nameOrId: string): string {
  return isInstanceId(nameOrId) ? `id = $1` : `name = $1 AND state <> 'purged'`;
}
