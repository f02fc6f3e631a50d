import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a health check failed, as a code of the catalogue. What was recorded before has its words only. */
export class HealthCodes1764000013000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE health_checks ADD COLUMN code text`);
    await runner.query(`ALTER TABLE instance_health ADD COLUMN code text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE instance_health DROP COLUMN code`);
    await runner.query(`ALTER TABLE health_checks DROP COLUMN code`);
  }
}
