import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Batches: many instances by one request. An item is begun by a worker, in one transaction with its orchestration, whose status is the item's
 * from then on; the end of it wakes the workers. Events may be about no single instance.
 */
export class CreateBatches1764000012000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE batches (
        id text CONSTRAINT batches_pkey PRIMARY KEY,
        kind text NOT NULL CONSTRAINT batches_kind_check CHECK (kind IN ('create', 'delete', 'purge')),
        status text NOT NULL DEFAULT 'running' CONSTRAINT batches_status_check
          CHECK (status IN ('running', 'succeeded', 'failed', 'cancelled')),
        started_by text NOT NULL,
        cancel_requested boolean NOT NULL DEFAULT false,
        counts jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT now(),
        finished_at timestamptz
      )`);
    await runner.query(`CREATE INDEX batches_open_idx ON batches (created_at) WHERE status = 'running'`);
    await runner.query(`CREATE INDEX batches_created_at_idx ON batches (created_at, id)`);
    await runner.query(`
      CREATE TABLE batch_items (
        batch_id text NOT NULL,
        position integer NOT NULL,
        name text NOT NULL,
        instance_id uuid,
        specification jsonb,
        superuser_secret bytea,
        monitoring_secret bytea,
        orchestration_id text,
        outcome text CONSTRAINT batch_items_outcome_check CHECK (outcome IN ('done', 'refused', 'cancelled')),
        attempts integer NOT NULL DEFAULT 0,
        error_code text,
        error text,
        CONSTRAINT batch_items_pkey PRIMARY KEY (batch_id, position),
        CONSTRAINT batch_items_batch_id_fkey FOREIGN KEY (batch_id) REFERENCES batches (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE INDEX batch_items_orchestration_id_idx ON batch_items (orchestration_id)`);
    await runner.query(`
      CREATE FUNCTION notify_batch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('toygres_batches', NEW.id);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER batches_notify AFTER INSERT ON batches FOR EACH ROW EXECUTE FUNCTION notify_batch()`);
    await runner.query(`
      CREATE FUNCTION notify_batch_of_item() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('toygres_batches', batch_id) FROM batch_items WHERE orchestration_id = NEW.id;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER orchestrations_notify_batch AFTER UPDATE OF status ON orchestrations
      FOR EACH ROW WHEN ((NEW.finished_at IS NULL) <> (OLD.finished_at IS NULL)) EXECUTE FUNCTION notify_batch_of_item()`);
    await runner.query(`ALTER TABLE instance_events ALTER COLUMN instance_id DROP NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM instance_events WHERE instance_id IS NULL`);
    await runner.query(`ALTER TABLE instance_events ALTER COLUMN instance_id SET NOT NULL`);
    await runner.query(`DROP TRIGGER orchestrations_notify_batch ON orchestrations`);
    await runner.query(`DROP FUNCTION notify_batch_of_item`);
    await runner.query(`DROP TABLE batch_items, batches`);
    await runner.query(`DROP FUNCTION notify_batch`);
  }
}
