import { Column, Entity, Index, PrimaryColumn, Unique } from 'typeorm';

@Entity('runtime_images')
@Unique('runtime_images_name_key', ['name'])
@Index('runtime_images_created_at_idx', ['createdAt', 'id'])
export class RuntimeImageEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'runtime_images_pkey' })
  id!: string;

  @Column({ type: 'text', collation: 'C' })
  name!: string;

  /** In full, without the digest, e.g. `docker.io/library/postgres:18.1`. */
  @Column('text', { name: 'image_ref' })
  imageRef!: string;

  @Column('text')
  digest!: string;

  @Column('text')
  description!: string;

  /** Major version that it holds, e.g. "18". */
  @Column('text', { name: 'postgres_version' })
  postgresVersion!: string;

  @Column('timestamptz', { name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
