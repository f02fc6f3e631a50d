import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../../platform/database/one-of.js';
import { BATCH_KINDS, BATCH_STATUSES, type BatchCounts, type BatchKind, type BatchStatus } from '../domain/batch.js';

/** What has become of an item where no orchestration says it. */
export const ITEM_OUTCOMES = ['done', 'refused', 'cancelled'] as const;
export type ItemOutcome = (typeof ITEM_OUTCOMES)[number];

@Entity('batches')
@Check('batches_kind_check', oneOf('kind', BATCH_KINDS))
@Check('batches_status_check', oneOf('status', BATCH_STATUSES))
@Index('batches_open_idx', { synchronize: false })
@Index('batches_created_at_idx', ['createdAt', 'id'])
export class BatchEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'batches_pkey' })
  id!: string;

  @Column('text')
  kind!: BatchKind;

  @Column('text', { default: 'running' })
  status!: BatchStatus;

  @Column('text', { name: 'started_by' })
  startedBy!: string;

  @Column('boolean', { name: 'cancel_requested', default: false })
  cancelRequested!: boolean;

  /** As it was last told by an event. */
  @Column('jsonb', { default: {} })
  counts!: BatchCounts;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}

@Entity('batch_items')
@Check('batch_items_outcome_check', oneOf('outcome', ITEM_OUTCOMES))
@Index('batch_items_orchestration_id_idx', ['orchestrationId'])
export class BatchItemEntity {
  @PrimaryColumn({ type: 'text', name: 'batch_id', primaryKeyConstraintName: 'batch_items_pkey' })
  batchId!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'batch_items_pkey' })
  position!: number;

  @ManyToOne(() => BatchEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'batch_id', foreignKeyConstraintName: 'batch_items_batch_id_fkey' })
  batch?: BatchEntity;

  @Column('text')
  name!: string;

  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  /** What is to be created, without secrets; forgotten when it has begun. */
  @Column('jsonb', { nullable: true })
  specification!: unknown;

  @Column('bytea', { name: 'superuser_secret', nullable: true })
  superuserSecret!: Buffer | null;

  @Column('bytea', { name: 'monitoring_secret', nullable: true })
  monitoringSecret!: Buffer | null;

  /** What carries it out; its status is the item's from then on. */
  @Column('text', { name: 'orchestration_id', nullable: true })
  orchestrationId!: string | null;

  @Column('text', { nullable: true })
  outcome!: ItemOutcome | null;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;
}
