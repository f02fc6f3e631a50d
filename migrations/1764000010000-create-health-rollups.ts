import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Health checks of all instances, summed up per quarter of an hour, and a way to the checks of a short time. Checks come in the order of
 * their time, so that an index of a few pages (BRIN) finds them.
 */
export class CreateHealthRollups1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE health_rollups (
        period_start timestamptz CONSTRAINT health_rollups_pkey PRIMARY KEY,
        checks integer NOT NULL,
        healthy integer NOT NULL,
        p50_ms double precision,
        p95_ms double precision
      )`);
    await runner.query(`
      CREATE INDEX health_checks_checked_at_idx ON health_checks USING brin (checked_at) WITH (autosummarize = on)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX health_checks_checked_at_idx`);
    await runner.query(`DROP TABLE health_rollups`);
  }
}
