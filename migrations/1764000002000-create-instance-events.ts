import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The timeline. Ids are given under a lock that is held until the commit, so they become visible in their order: a reader that has seen
 * id n has seen everything below n and can resume after n (docs/adr/0006). NOTIFY takes a lock of the same extent at commit anyway.
 */
export class CreateInstanceEvents1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE instance_events (
        id bigint CONSTRAINT instance_events_pkey PRIMARY KEY,
        instance_id uuid NOT NULL,
        orchestration_id text,
        type text NOT NULL,
        data jsonb NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        CONSTRAINT instance_events_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES instances (id) ON DELETE CASCADE
      )`);
    await runner.query(`CREATE SEQUENCE instance_events_id_seq OWNED BY instance_events.id`);
    await runner.query(`CREATE INDEX instance_events_instance_id_idx ON instance_events (instance_id, id)`);
    await runner.query(`
      CREATE FUNCTION assign_event_id() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('toygres.instance_events', 0));
        NEW.id := nextval('instance_events_id_seq');
        RETURN NEW;
      END $$`);
    await runner.query(`
      CREATE TRIGGER instance_events_assign_id BEFORE INSERT ON instance_events
      FOR EACH ROW EXECUTE FUNCTION assign_event_id()`);
    await runner.query(`
      CREATE FUNCTION notify_event() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_notify('toygres_events', '');
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER instance_events_notify AFTER INSERT ON instance_events
      FOR EACH STATEMENT EXECUTE FUNCTION notify_event()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE instance_events`);
    await runner.query(`DROP FUNCTION notify_event`);
    await runner.query(`DROP FUNCTION assign_event_id`);
  }
}
