import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers already given to an Idempotency-Key, and the settings that belong to the installation rather than to a process. */
export class CreateIdempotencyKeys1764000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        key text CONSTRAINT idempotency_keys_pkey PRIMARY KEY,
        fingerprint bytea NOT NULL,
        response json,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX idempotency_keys_created_at_idx ON idempotency_keys (created_at)`);
    await runner.query(`
      CREATE TABLE settings (
        name text CONSTRAINT settings_pkey PRIMARY KEY,
        value text NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE settings, idempotency_keys`);
  }
}
