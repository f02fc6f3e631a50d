import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** One entry of the timeline. The id is given by the database, in the order of the commits. */
@Entity('instance_events')
@Index('instance_events_instance_id_idx', ['instanceId', 'id'])
export class TimelineEventEntity {
  @PrimaryColumn({ type: 'bigint', primaryKeyConstraintName: 'instance_events_pkey' })
  id!: string;

  /** Null for what is not about one instance. */
  @Column('uuid', { name: 'instance_id', nullable: true })
  instanceId!: string | null;

  @ManyToOne('InstanceEntity', { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'instance_id', foreignKeyConstraintName: 'instance_events_instance_id_fkey' })
  instance?: unknown;

  @Column('text', { name: 'orchestration_id', nullable: true })
  orchestrationId!: string | null;

  @Column('text')
  type!: string;

  @Column('jsonb', { default: {} })
  data!: Record<string, unknown>;

  @Column('timestamptz', { name: 'created_at', default: () => 'clock_timestamp()' })
  createdAt!: Date;
}
