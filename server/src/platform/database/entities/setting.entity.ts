import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that belongs to the installation rather than to a process. */
@Entity('settings')
export class SettingEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'settings_pkey' })
  name!: string;

  @Column('text')
  value!: string;
}
