import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One health check. The table is partitioned by day; see `health-partitions.ts`. */
@Entity('health_checks')
export class HealthCheckEntity {
  @PrimaryColumn({ type: 'uuid', name: 'instance_id', primaryKeyConstraintName: 'health_checks_pkey' })
  instanceId!: string;

  @PrimaryColumn({ type: 'timestamptz', name: 'checked_at', primaryKeyConstraintName: 'health_checks_pkey' })
  checkedAt!: Date;

  @Column('text')
  status!: string;

  @Column('real', { name: 'response_time_ms', nullable: true })
  responseTimeMs!: number | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text', { name: 'postgres_version', nullable: true })
  postgresVersion!: string | null;
}
