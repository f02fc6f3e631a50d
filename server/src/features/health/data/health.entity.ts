import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One health check. The table is partitioned by day; see `health-partitions.ts`. */
@Entity('health_checks')
@Index('health_checks_checked_at_idx', { synchronize: false })
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

  @Column('text', { nullable: true })
  code!: string | null;
}

/** The checks of all instances in a quarter of an hour. */
@Entity('health_rollups')
export class HealthRollupEntity {
  @PrimaryColumn({ type: 'timestamptz', name: 'period_start', primaryKeyConstraintName: 'health_rollups_pkey' })
  periodStart!: Date;

  @Column('integer')
  checks!: number;

  @Column('integer')
  healthy!: number;

  @Column('double precision', { name: 'p50_ms', nullable: true })
  p50Ms!: number | null;

  @Column('double precision', { name: 'p95_ms', nullable: true })
  p95Ms!: number | null;
}
