import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every health check saw, partitioned by day so that retention drops a table instead of deleting rows. */
export class CreateHealthChecks1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE health_checks (
        instance_id uuid NOT NULL,
        checked_at timestamptz NOT NULL,
        status text NOT NULL,
        response_time_ms real,
        reason text,
        postgres_version text,
        CONSTRAINT health_checks_pkey PRIMARY KEY (instance_id, checked_at)
      ) PARTITION BY RANGE (checked_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE health_checks`);
  }
}
