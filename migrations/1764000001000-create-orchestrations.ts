import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Orchestrations and their activities: the truth about what is under way. The queue is derived from these rows and can be flushed at any
 * moment. A row with `dispatch_needed` is the outbox; setting it wakes the dispatcher when the transaction commits.
 */
export class CreateOrchestrations1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE orchestrations (
        id text CONSTRAINT orchestrations_pkey PRIMARY KEY,
        kind text NOT NULL,
        definition_version integer NOT NULL,
        instance_id uuid,
        status text NOT NULL CONSTRAINT orchestrations_status_check
          CHECK (status IN ('pending', 'running', 'compensating', 'succeeded', 'failed', 'cancelled')),
        started_by text NOT NULL,
        cancel_requested boolean NOT NULL DEFAULT false,
        error_code text,
        error text,
        error_details text,
        generation integer NOT NULL DEFAULT 0,
        dispatch_needed boolean NOT NULL DEFAULT true,
        dispatched_at timestamptz,
        deadline_at timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        started_at timestamptz,
        finished_at timestamptz,
        CONSTRAINT orchestrations_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES instances (id) ON DELETE CASCADE
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01)`);
    await runner.query(
      `CREATE INDEX orchestrations_open_idx ON orchestrations (created_at) WHERE status IN ('pending', 'running', 'compensating')`,
    );
    await runner.query(`CREATE INDEX orchestrations_created_at_idx ON orchestrations (created_at, id)`);
    await runner.query(`CREATE INDEX orchestrations_instance_id_idx ON orchestrations (instance_id, created_at)`);
    await runner.query(`
      CREATE TABLE orchestration_activities (
        orchestration_id text NOT NULL,
        position integer NOT NULL,
        phase text NOT NULL CONSTRAINT orchestration_activities_phase_check CHECK (phase IN ('forward', 'compensation')),
        name text NOT NULL,
        status text NOT NULL DEFAULT 'pending' CONSTRAINT orchestration_activities_status_check
          CHECK (status IN ('pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped')),
        attempt integer NOT NULL DEFAULT 0,
        started_at timestamptz,
        attempt_started_at timestamptz,
        finished_at timestamptz,
        next_attempt_at timestamptz,
        lease_token uuid,
        lease_expires_at timestamptz,
        result jsonb,
        error_code text,
        error text,
        failed_attempts jsonb NOT NULL DEFAULT '[]',
        CONSTRAINT orchestration_activities_pkey PRIMARY KEY (orchestration_id, position),
        CONSTRAINT orchestration_activities_orchestration_id_fkey
          FOREIGN KEY (orchestration_id) REFERENCES orchestrations (id) ON DELETE CASCADE
      ) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01)`);
    // The usual time of an activity is the median of what has been measured lately.
    await runner.query(
      `CREATE INDEX orchestration_activities_finished_idx ON orchestration_activities (name, finished_at) WHERE status = 'succeeded'`,
    );
    await runner.query(`
      CREATE FUNCTION notify_dispatch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('toygres_orchestrations', CASE WHEN NEW.cancel_requested THEN 'cancel' ELSE 'dispatch' END);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER orchestrations_notify_insert AFTER INSERT ON orchestrations
      FOR EACH ROW WHEN (NEW.dispatch_needed) EXECUTE FUNCTION notify_dispatch()`);
    await runner.query(`
      CREATE TRIGGER orchestrations_notify_update AFTER UPDATE ON orchestrations
      FOR EACH ROW WHEN (
        (NEW.dispatch_needed AND NOT OLD.dispatch_needed) OR (NEW.cancel_requested AND NOT OLD.cancel_requested)
      ) EXECUTE FUNCTION notify_dispatch()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE orchestration_activities, orchestrations`);
    await runner.query(`DROP FUNCTION notify_dispatch`);
  }
}
