import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Instances: intent and state. What a probe saw lies in `instance_health`, so that a health check every few seconds doesn't rewrite the
 * row that everything else reads, except for `health_status`, which lists filter and sort by and which changes rarely.
 */
export class CreateInstances1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`
      CREATE TABLE instances (
        id uuid CONSTRAINT instances_pkey PRIMARY KEY,
        name text COLLATE "C" NOT NULL,
        k8s_name text NOT NULL CONSTRAINT instances_k8s_name_key UNIQUE,
        dns_name text NOT NULL,
        namespace text NOT NULL,
        data_plane text NOT NULL,
        state text NOT NULL CONSTRAINT instances_state_check
          CHECK (state IN ('creating', 'running', 'deleting', 'deleted', 'failed')),
        state_changed_at timestamptz NOT NULL DEFAULT now(),
        failure_code text,
        failure_reason text,
        failure_details text,
        health_status text NOT NULL DEFAULT 'unknown' CONSTRAINT instances_health_status_check
          CHECK (health_status IN ('healthy', 'unhealthy', 'unknown')),
        health_changed_at timestamptz NOT NULL DEFAULT now(),
        postgres_version text NOT NULL,
        storage_size_gb integer NOT NULL,
        use_load_balancer boolean NOT NULL,
        tags jsonb NOT NULL DEFAULT '{}',
        deletion_protection boolean NOT NULL DEFAULT false,
        endpoint_host text,
        endpoint_ip text,
        endpoint_port integer,
        superuser_secret bytea NOT NULL,
        monitoring_secret bytea NOT NULL,
        revision integer NOT NULL DEFAULT 1,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now(),
        deleted_at timestamptz
      ) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02)`);
    // One index per sort of the list, each with the id as the tie-break that makes pages stable. 'deleted' is left out as the list leaves it out.
    // What lists filter by is included: skipping thousands of rows in the index is cheap, looking each of them up in the table is not. For
    // that the table has to be vacuumed often.
    const filters = 'state, health_status, postgres_version';
    // The name is unique among all that still hold it; a deleted instance is reachable by its id alone.
    await runner.query(
      `CREATE UNIQUE INDEX instances_name_key ON instances (name) INCLUDE (id, ${filters}) WHERE state <> 'deleted'`,
    );
    for (const column of ['created_at', 'updated_at']) {
      await runner.query(
        `CREATE INDEX instances_${column}_idx ON instances (${column}, id) INCLUDE (${filters}) WHERE state <> 'deleted'`,
      );
    }
    for (const column of ['state', 'health_status']) {
      await runner.query(`CREATE INDEX instances_${column}_idx ON instances (${column}, id) WHERE state <> 'deleted'`);
    }
    // The instances of a state in the default order, the deleted ones too.
    await runner.query(`CREATE INDEX instances_state_created_at_idx ON instances (state, created_at, id)`);
    await runner.query(
      `CREATE INDEX instances_version_idx ON instances (postgres_version, created_at, id) WHERE state <> 'deleted'`,
    );
    await runner.query(`CREATE INDEX instances_tags_idx ON instances USING gin (tags jsonb_path_ops)`);
    await runner.query(
      `CREATE INDEX instances_search_idx ON instances USING gin (name gin_trgm_ops, dns_name gin_trgm_ops)`,
    );
    await runner.query(`
      CREATE TABLE instance_health (
        instance_id uuid CONSTRAINT instance_health_pkey PRIMARY KEY,
        checked_at timestamptz NOT NULL,
        status text NOT NULL,
        reason text,
        response_time_ms real,
        postgres_version text,
        consecutive integer NOT NULL,
        data_bytes bigint,
        databases integer,
        connections integer,
        CONSTRAINT instance_health_instance_id_fkey FOREIGN KEY (instance_id) REFERENCES instances (id) ON DELETE CASCADE
      ) WITH (fillfactor = 50)`);
    await runner.query(`
      CREATE TABLE instance_ports (
        port integer CONSTRAINT instance_ports_pkey PRIMARY KEY,
        instance_id uuid NOT NULL CONSTRAINT instance_ports_instance_id_key UNIQUE,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE instance_ports, instance_health, instances`);
  }
}
