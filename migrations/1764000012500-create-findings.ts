import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was found not to be as the rows say, until it is over. A request for a repair wakes the workers. */
export class CreateFindings1764000012500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE findings (
        id uuid CONSTRAINT findings_pkey PRIMARY KEY,
        code text NOT NULL CONSTRAINT findings_code_check
          CHECK (code IN ('unknown_resource', 'left_over', 'missing_resource', 'drifted')),
        kind text NOT NULL CONSTRAINT findings_kind_check CHECK (kind IN ('directory', 'process', 'port', 'configuration')),
        instance_id text NOT NULL,
        instance_name text,
        k8s_name text NOT NULL,
        state text,
        resource text,
        bytes bigint,
        since timestamptz,
        found_at timestamptz NOT NULL DEFAULT now(),
        seen_at timestamptz NOT NULL DEFAULT now(),
        repair_requested_at timestamptz,
        repair_requested_by text,
        repair_began_at timestamptz,
        error text,
        resolved_at timestamptz,
        resolution text CONSTRAINT findings_resolution_check CHECK (resolution IN ('repaired', 'gone'))
      )`);
    await runner.query(
      `CREATE UNIQUE INDEX findings_open_key ON findings (code, instance_id, kind, coalesce(resource, '')) WHERE resolved_at IS NULL`,
    );
    await runner.query(`CREATE INDEX findings_found_at_idx ON findings (found_at, id)`);
    await runner.query(`
      CREATE FUNCTION notify_finding() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('toygres_findings', NEW.id::text);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER findings_notify AFTER UPDATE OF repair_requested_at ON findings
      FOR EACH ROW WHEN (NEW.repair_requested_at IS NOT NULL) EXECUTE FUNCTION notify_finding()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE findings`);
    await runner.query(`DROP FUNCTION notify_finding`);
  }
}
