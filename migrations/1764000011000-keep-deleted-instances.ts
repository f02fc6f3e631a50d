import type { MigrationInterface, QueryRunner } from 'typeorm';

const BEFORE = `'creating', 'running', 'deleting', 'deleted', 'failed'`;
const AFTER = `'creating', 'running', 'stopping', 'stopped', 'starting', 'restarting', 'failed', 'deleting', 'deleted', 'purging', 'purged'`;
const FILTERS = 'state, health_status, postgres_version';

/**
 * The whole lifecycle. A deleted instance keeps its data and its name until it is purged; what was deleted before is gone, and so is purged.
 * Orchestrations may wait for another one, be opened again, and say how far their activities have come.
 */
export class KeepDeletedInstances1764000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE instances ADD COLUMN purge_at timestamptz, ADD COLUMN purged_at timestamptz`);
    await runner.query(`ALTER TABLE instances DROP CONSTRAINT instances_state_check`);
    await runner.query(`UPDATE instances SET state = 'purged', purged_at = deleted_at WHERE state = 'deleted'`);
    await this.#replaceIndexes(runner, AFTER, `state <> 'purged'`, `state <> 'deleted' AND state <> 'purged'`);
    await runner.query(`CREATE INDEX instances_purge_at_idx ON instances (purge_at) WHERE state = 'deleted'`);

    await runner.query(
      `ALTER TABLE orchestrations ADD COLUMN after_id text, ADD COLUMN retries integer NOT NULL DEFAULT 0`,
    );
    await runner.query(
      `CREATE INDEX orchestrations_after_id_idx ON orchestrations (after_id) WHERE after_id IS NOT NULL AND status = 'pending'`,
    );
    await runner.query(`ALTER TABLE orchestration_activities ADD COLUMN progress jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE orchestration_activities DROP COLUMN progress`);
    await runner.query(`ALTER TABLE orchestrations DROP COLUMN after_id, DROP COLUMN retries`);

    await runner.query(`DROP INDEX instances_purge_at_idx`);
    await runner.query(`ALTER TABLE instances DROP CONSTRAINT instances_state_check`);
    // The former build knows neither a stopped instance nor one that could be brought back. It is shown as failed, and nothing of it is lost.
    await runner.query(`UPDATE instances SET state = 'deleted' WHERE state = 'purged'`);
    await runner.query(`
      UPDATE instances SET state = 'failed', failure_code = 'downgraded', failure_reason = 'It was in the state "' || state || '", which this release does not know.'
      WHERE state NOT IN (${BEFORE}) OR purge_at IS NOT NULL`);
    await this.#replaceIndexes(runner, BEFORE, `state <> 'deleted'`, `state <> 'deleted'`);
    await runner.query(`ALTER TABLE instances DROP COLUMN purge_at, DROP COLUMN purged_at`);
  }

  async #replaceIndexes(runner: QueryRunner, states: string, holdsName: string, listed: string): Promise<void> {
    await runner.query(`ALTER TABLE instances ADD CONSTRAINT instances_state_check CHECK (state IN (${states}))`);
    for (const index of [
      'name_key',
      'created_at_idx',
      'updated_at_idx',
      'state_idx',
      'health_status_idx',
      'version_idx',
    ]) {
      await runner.query(`DROP INDEX instances_${index}`);
    }
    await runner.query(
      `CREATE UNIQUE INDEX instances_name_key ON instances (name) INCLUDE (id, ${FILTERS}) WHERE ${holdsName}`,
    );
    for (const column of ['created_at', 'updated_at']) {
      await runner.query(
        `CREATE INDEX instances_${column}_idx ON instances (${column}, id) INCLUDE (${FILTERS}) WHERE ${listed}`,
      );
    }
    for (const column of ['state', 'health_status']) {
      await runner.query(`CREATE INDEX instances_${column}_idx ON instances (${column}, id) WHERE ${listed}`);
    }
    await runner.query(
      `CREATE INDEX instances_version_idx ON instances (postgres_version, created_at, id) WHERE ${listed}`,
    );
  }
}
