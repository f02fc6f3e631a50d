import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { FailureCode } from '../../failure-codes.js';
import { oneOf } from '../../platform/database/one-of.js';
import {
  ACTIVITY_PHASES,
  ACTIVITY_STATUSES,
  type ActivityPhase,
  type ActivityStatus,
  ORCHESTRATION_STATUSES,
  type OrchestrationStatus,
  type Progress,
} from '../domain/definition.js';

/** One row of `failed_attempts`. */
export interface FailedAttempt {
  readonly attempt: number;
  readonly started_at: string;
  readonly finished_at: string;
  readonly error_code: FailureCode;
  readonly error: string;
}

@Entity('orchestrations')
@Check('orchestrations_status_check', oneOf('status', ORCHESTRATION_STATUSES))
@Index('orchestrations_open_idx', { synchronize: false })
@Index('orchestrations_after_id_idx', { synchronize: false })
@Index('orchestrations_created_at_idx', ['createdAt', 'id'])
@Index('orchestrations_instance_id_idx', ['instanceId', 'createdAt'])
export class OrchestrationEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'orchestrations_pkey' })
  id!: string;

  @Column('text')
  kind!: string;

  @Column('integer', { name: 'definition_version' })
  definitionVersion!: number;

  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  @ManyToOne('InstanceEntity', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'instance_id', foreignKeyConstraintName: 'orchestrations_instance_id_fkey' })
  instance?: unknown;

  @Column('text')
  status!: OrchestrationStatus;

  @Column('text', { name: 'started_by' })
  startedBy!: string;

  @Column('boolean', { name: 'cancel_requested', default: false })
  cancelRequested!: boolean;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('text', { name: 'error_details', nullable: true })
  errorDetails!: string | null;

  /** The orchestration of the same instance that has to end before this one begins. */
  @Column('text', { name: 'after_id', nullable: true })
  afterId!: string | null;

  /** How often it was opened again after it had failed. */
  @Column('integer', { default: 0 })
  retries!: number;

  /** Counts the dispatches. Jobs carry it, so that a job of an earlier dispatch finds out that it is stale. */
  @Column('integer', { default: 0 })
  generation!: number;

  @Column('boolean', { name: 'dispatch_needed', default: true })
  dispatchNeeded!: boolean;

  @Column('timestamptz', { name: 'dispatched_at', nullable: true })
  dispatchedAt!: Date | null;

  @Column('timestamptz', { name: 'deadline_at' })
  deadlineAt!: Date;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;
}

@Entity('orchestration_activities')
@Check('orchestration_activities_phase_check', oneOf('phase', ACTIVITY_PHASES))
@Check('orchestration_activities_status_check', oneOf('status', ACTIVITY_STATUSES))
@Index('orchestration_activities_finished_idx', { synchronize: false })
export class OrchestrationActivityEntity {
  @PrimaryColumn({ type: 'text', name: 'orchestration_id', primaryKeyConstraintName: 'orchestration_activities_pkey' })
  orchestrationId!: string;

  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'orchestration_activities_pkey' })
  position!: number;

  @ManyToOne(() => OrchestrationEntity, { onDelete: 'CASCADE' })
  @JoinColumn({
    name: 'orchestration_id',
    foreignKeyConstraintName: 'orchestration_activities_orchestration_id_fkey',
  })
  orchestration?: OrchestrationEntity;

  @Column('text')
  phase!: ActivityPhase;

  @Column('text')
  name!: string;

  @Column('text', { default: 'pending' })
  status!: ActivityStatus;

  @Column('integer', { default: 0 })
  attempt!: number;

  @Column('timestamptz', { name: 'started_at', nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { name: 'attempt_started_at', nullable: true })
  attemptStartedAt!: Date | null;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt!: Date | null;

  @Column('timestamptz', { name: 'next_attempt_at', nullable: true })
  nextAttemptAt!: Date | null;

  @Column('uuid', { name: 'lease_token', nullable: true })
  leaseToken!: string | null;

  @Column('timestamptz', { name: 'lease_expires_at', nullable: true })
  leaseExpiresAt!: Date | null;

  @Column('jsonb', { nullable: true })
  result!: unknown;

  @Column('jsonb', { nullable: true })
  progress!: Progress | null;

  @Column('text', { name: 'error_code', nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('jsonb', { name: 'failed_attempts', default: [] })
  failedAttempts!: FailedAttempt[];
}
