import { Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** A port that an instance of the local data plane holds. */
@Entity('instance_ports')
@Unique('instance_ports_instance_id_key', ['instanceId'])
export class InstancePortEntity {
  @PrimaryColumn({ type: 'integer', primaryKeyConstraintName: 'instance_ports_pkey' })
  port!: number;

  @Column('uuid', { name: 'instance_id' })
  instanceId!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
