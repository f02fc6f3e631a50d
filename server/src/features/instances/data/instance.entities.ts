import {
  Check,
  Column,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  OneToOne,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  Unique,
} from 'typeorm';
import { oneOf } from '../../../platform/database/one-of.js';
import { IMAGE_TYPES, type ImageType } from '../../../data-plane/index.js';
import { RuntimeImageEntity } from '../../runtime-images/index.js';
import {
  HEALTH_STATUSES,
  type HealthStatus,
  HIDDEN_STATES,
  INSTANCE_STATES,
  type InstanceState,
} from '../domain/instance.js';

const LISTED = HIDDEN_STATES.map((state) => `state <> '${state}'`).join(' AND ');

@Entity('instances')
@Unique('instances_k8s_name_key', ['k8sName'])
@Check('instances_state_check', oneOf('state', INSTANCE_STATES))
@Check('instances_health_status_check', oneOf('health_status', HEALTH_STATUSES))
@Check('instances_image_type_check', oneOf('image_type', IMAGE_TYPES))
@Check('instances_runtime_image_stock_check', `image IS NULL OR image_type = 'stock'`)
@Index('instances_name_key', { synchronize: false })
@Index('instances_created_at_idx', { synchronize: false })
@Index('instances_updated_at_idx', { synchronize: false })
@Index('instances_state_idx', ['state', 'id'], { where: LISTED })
@Index('instances_state_created_at_idx', ['state', 'createdAt', 'id'])
@Index('instances_health_status_idx', ['healthStatus', 'id'], { where: LISTED })
@Index('instances_version_idx', ['postgresVersion', 'createdAt', 'id'], { where: LISTED })
@Index('instances_tags_idx', { synchronize: false })
@Index('instances_search_idx', { synchronize: false })
@Index('instances_runtime_image_id_idx', ['runtimeImageId'], { where: 'runtime_image_id IS NOT NULL' })
@Index('instances_purge_at_idx', ['purgeAt'], { where: `state = 'deleted'` })
export class InstanceEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'instances_pkey' })
  id!: string;

  /** Sorted by its bytes, whatever the database's collation makes of hyphens. */
  @Column({ type: 'text', collation: 'C' })
  name!: string;

  @Column('text', { name: 'k8s_name' })
  k8sName!: string;

  @Column('text', { name: 'dns_name' })
  dnsName!: string;

  @Column('text')
  namespace!: string;

  @Column('text', { name: 'data_plane' })
  dataPlane!: string;

  @Column('text')
  state!: InstanceState;

  @Column('timestamptz', { name: 'state_changed_at', default: () => 'now()' })
  stateChangedAt!: Date;

  @Column('text', { name: 'failure_code', nullable: true })
  failureCode!: string | null;

  @Column('text', { name: 'failure_reason', nullable: true })
  failureReason!: string | null;

  /** What the server itself said, e.g. the tail of its log. */
  @Column('text', { name: 'failure_details', nullable: true })
  failureDetails!: string | null;

  @Column('text', { name: 'health_status', default: 'unknown' })
  healthStatus!: HealthStatus;

  @Column('timestamptz', { name: 'health_changed_at', default: () => 'now()' })
  healthChangedAt!: Date;

  /** Major version, e.g. "18". */
  @Column('text', { name: 'postgres_version' })
  postgresVersion!: string;

  @Column('integer', { name: 'storage_size_gb' })
  storageSizeGb!: number;

  @Column('boolean', { name: 'use_load_balancer' })
  useLoadBalancer!: boolean;

  @Column('jsonb', { default: {} })
  tags!: Record<string, string>;

  @Column('boolean', { name: 'deletion_protection', default: false })
  deletionProtection!: boolean;

  @Column('text', { name: 'image_type', default: 'stock' })
  imageType!: ImageType;

  /** What it is made of, by its digest; null: what the configuration says. */
  @Column('text', { nullable: true })
  image!: string | null;

  /** What the image was called when the instance was created. */
  @Column('text', { name: 'runtime_image', nullable: true })
  runtimeImage!: string | null;

  /** Keeps the image in the catalogue. */
  @Column('uuid', { name: 'runtime_image_id', nullable: true })
  runtimeImageId!: string | null;

  @ManyToOne(() => RuntimeImageEntity)
  @JoinColumn({ name: 'runtime_image_id', foreignKeyConstraintName: 'instances_runtime_image_id_fkey' })
  catalogued?: RuntimeImageEntity | null;

  @Column('text', { name: 'endpoint_host', nullable: true })
  endpointHost!: string | null;

  @Column('text', { name: 'endpoint_ip', nullable: true })
  endpointIp!: string | null;

  @Column('integer', { name: 'endpoint_port', nullable: true })
  endpointPort!: number | null;

  /** Sealed by `platform/crypto/cipher.ts`. */
  @Column('bytea', { name: 'superuser_secret' })
  superuserSecret!: Buffer;

  @Column('bytea', { name: 'monitoring_secret' })
  monitoringSecret!: Buffer;

  /** Goes up with every change that a reader can see. */
  @Column('integer', { default: 1 })
  revision!: number;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;

  @Column('timestamptz', { name: 'deleted_at', nullable: true })
  deletedAt!: Date | null;

  /** When a deleted instance is purged by itself. */
  @Column('timestamptz', { name: 'purge_at', nullable: true })
  purgeAt!: Date | null;

  @Column('timestamptz', { name: 'purged_at', nullable: true })
  purgedAt!: Date | null;
}

/** What the last health check of an instance saw. */
@Entity('instance_health')
export class InstanceHealthEntity {
  @PrimaryColumn({ type: 'uuid', name: 'instance_id', primaryKeyConstraintName: 'instance_health_pkey' })
  instanceId!: string;

  @OneToOne(() => InstanceEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'instance_id', foreignKeyConstraintName: 'instance_health_instance_id_fkey' })
  instance?: InstanceEntity;

  @Column('timestamptz', { name: 'checked_at' })
  checkedAt!: Date;

  @Column('text')
  status!: HealthStatus;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('real', { name: 'response_time_ms', nullable: true })
  responseTimeMs!: number | null;

  @Column('text', { name: 'postgres_version', nullable: true })
  postgresVersion!: string | null;

  /** Checks in a row with this status. */
  @Column('integer')
  consecutive!: number;

  @Column('bigint', { name: 'data_bytes', nullable: true })
  dataBytes!: string | null;

  @Column('integer', { nullable: true })
  databases!: number | null;

  @Column('integer', { nullable: true })
  connections!: number | null;

  /** Why it failed, as a failure code. */
  @Column('text', { nullable: true })
  code!: string | null;
}

/** A change to the number of instances of a kind; their sum is the number. Written by triggers of `instances`. */
@Entity('instance_counts')
export class InstanceCountEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'instance_counts_pkey',
  })
  id!: string;

  @Column('text')
  state!: InstanceState;

  @Column('text', { name: 'health_status' })
  healthStatus!: HealthStatus;

  @Column('text', { name: 'postgres_version' })
  postgresVersion!: string;

  @Column('integer')
  count!: number;
}
