import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { oneOf } from '../../../platform/database/one-of.js';
import type { InstanceState } from '../../instances/index.js';
import { FINDING_CODES, type FindingCode, RESOURCE_KINDS, type ResourceKind } from '../domain/consistency.js';
import { RESOLUTIONS, type Resolution } from '../domain/findings.js';

@Entity('findings')
@Check('findings_code_check', oneOf('code', FINDING_CODES))
@Check('findings_kind_check', oneOf('kind', RESOURCE_KINDS))
@Check('findings_resolution_check', oneOf('resolution', RESOLUTIONS))
@Index('findings_open_key', { synchronize: false })
@Index('findings_found_at_idx', ['foundAt', 'id'])
export class FindingEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'findings_pkey' })
  id!: string;

  @Column('text')
  code!: FindingCode;

  @Column('text')
  kind!: ResourceKind;

  /** What the label says; there may be no such instance. */
  @Column('text', { name: 'instance_id' })
  instanceId!: string;

  @Column('text', { name: 'instance_name', nullable: true })
  instanceName!: string | null;

  @Column('text', { name: 'k8s_name' })
  k8sName!: string;

  @Column('text', { nullable: true })
  state!: InstanceState | null;

  @Column('text', { nullable: true })
  resource!: string | null;

  @Column('bigint', { nullable: true })
  bytes!: string | null;

  @Column('timestamptz', { nullable: true })
  since!: Date | null;

  @Column('timestamptz', { name: 'found_at', default: () => 'now()' })
  foundAt!: Date;

  @Column('timestamptz', { name: 'seen_at', default: () => 'now()' })
  seenAt!: Date;

  @Column('timestamptz', { name: 'repair_requested_at', nullable: true })
  repairRequestedAt!: Date | null;

  @Column('text', { name: 'repair_requested_by', nullable: true })
  repairRequestedBy!: string | null;

  /** When a repair was begun last; another one is not begun right after it. */
  @Column('timestamptz', { name: 'repair_began_at', nullable: true })
  repairBeganAt!: Date | null;

  @Column('text', { nullable: true })
  error!: string | null;

  @Column('timestamptz', { name: 'resolved_at', nullable: true })
  resolvedAt!: Date | null;

  @Column('text', { nullable: true })
  resolution!: Resolution | null;
}
