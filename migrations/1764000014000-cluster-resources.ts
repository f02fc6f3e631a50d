import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is found may be something of a cluster too. */
export class ClusterResources1764000014000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE findings DROP CONSTRAINT findings_kind_check`);
    await runner.query(`
      ALTER TABLE findings ADD CONSTRAINT findings_kind_check
        CHECK (kind IN ('directory', 'process', 'port', 'claim', 'pod', 'service', 'object', 'configuration'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM findings WHERE kind IN ('claim', 'pod', 'service', 'object')`);
    await runner.query(`ALTER TABLE findings DROP CONSTRAINT findings_kind_check`);
    await runner.query(`
      ALTER TABLE findings ADD CONSTRAINT findings_kind_check CHECK (kind IN ('directory', 'process', 'port', 'configuration'))`);
  }
}
