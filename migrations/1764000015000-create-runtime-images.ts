import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Images that instances may be made of. An instance keeps what it was made of in `image`, whatever becomes of the entry; its reference keeps the
 * entry from being removed. What is registered is never set up as what is built in.
 */
export class CreateRuntimeImages1764000015000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE runtime_images (
        id uuid CONSTRAINT runtime_images_pkey PRIMARY KEY,
        name text COLLATE "C" NOT NULL CONSTRAINT runtime_images_name_key UNIQUE,
        image_ref text NOT NULL,
        digest text NOT NULL,
        description text NOT NULL,
        postgres_version text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query(`CREATE INDEX runtime_images_created_at_idx ON runtime_images (created_at, id)`);
    await runner.query(`
      ALTER TABLE instances
        ADD COLUMN image_type text NOT NULL DEFAULT 'stock'
          CONSTRAINT instances_image_type_check CHECK (image_type IN ('stock', 'pg_durable')),
        ADD COLUMN image text,
        ADD COLUMN runtime_image text,
        ADD COLUMN runtime_image_id uuid
          CONSTRAINT instances_runtime_image_id_fkey REFERENCES runtime_images (id),
        ADD CONSTRAINT instances_runtime_image_stock_check CHECK (image IS NULL OR image_type = 'stock')`);
    await runner.query(`
      CREATE INDEX instances_runtime_image_id_idx ON instances (runtime_image_id) WHERE runtime_image_id IS NOT NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE instances DROP CONSTRAINT instances_runtime_image_stock_check, DROP COLUMN runtime_image_id, DROP COLUMN runtime_image, DROP COLUMN image, DROP COLUMN image_type`);
    await runner.query(`DROP TABLE runtime_images`);
  }
}
