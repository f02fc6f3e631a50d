import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How many instances there are by state, health and version, kept as sums of changes: a list can say its total without counting, and
 * transactions that change many instances at once never wait for each other's counter. Housekeeping adds the changes up.
 */
export class CreateInstanceCounts1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE instance_counts (
        id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT instance_counts_pkey PRIMARY KEY,
        state text NOT NULL,
        health_status text NOT NULL,
        postgres_version text NOT NULL,
        count integer NOT NULL
      ) WITH (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500)`);
    await runner.query(`
      INSERT INTO instance_counts (state, health_status, postgres_version, count)
      SELECT state, health_status, postgres_version, count(*) FROM instances GROUP BY 1, 2, 3`);
    await runner.query(`
      CREATE FUNCTION count_instances() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'INSERT' THEN
          INSERT INTO instance_counts (state, health_status, postgres_version, count)
          SELECT state, health_status, postgres_version, count(*) FROM new_rows GROUP BY 1, 2, 3;
        ELSIF TG_OP = 'UPDATE' THEN
          INSERT INTO instance_counts (state, health_status, postgres_version, count)
          SELECT state, health_status, postgres_version, sum(change) FROM (
            SELECT state, health_status, postgres_version, 1 AS change FROM new_rows
            UNION ALL
            SELECT state, health_status, postgres_version, -1 FROM old_rows) changes
          GROUP BY 1, 2, 3 HAVING sum(change) <> 0;
        ELSIF TG_OP = 'DELETE' THEN
          INSERT INTO instance_counts (state, health_status, postgres_version, count)
          SELECT state, health_status, postgres_version, -count(*) FROM old_rows GROUP BY 1, 2, 3;
        ELSE
          DELETE FROM instance_counts;
        END IF;
        RETURN NULL;
      END $$`);
    for (const [event, rows] of [
      ['INSERT', 'NEW TABLE AS new_rows'],
      ['UPDATE', 'OLD TABLE AS old_rows NEW TABLE AS new_rows'],
      ['DELETE', 'OLD TABLE AS old_rows'],
    ] as const) {
      await runner.query(`
        CREATE TRIGGER instances_count_${event.toLowerCase()} AFTER ${event} ON instances
        REFERENCING ${rows} FOR EACH STATEMENT EXECUTE FUNCTION count_instances()`);
    }
    await runner.query(`
      CREATE TRIGGER instances_count_truncate AFTER TRUNCATE ON instances
      FOR EACH STATEMENT EXECUTE FUNCTION count_instances()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const event of ['insert', 'update', 'delete', 'truncate']) {
      await runner.query(`DROP TRIGGER instances_count_${event} ON instances`);
    }
    await runner.query(`DROP FUNCTION count_instances`);
    await runner.query(`DROP TABLE instance_counts`);
  }
}
