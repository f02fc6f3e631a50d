import { Client } from 'pg';
import { MIGRATIONS } from '../../../../migrations/index.js';
import { connectionConfig, SCHEMA } from './connection.js';
import { createDataSource } from './data-source.js';
import type { SqlExecutor } from './database.js';

/** Any number that no other program is likely to lock: two migrates at once run one after the other. */
const MIGRATION_LOCK = 7_084_110;

/** Migrations of this build that the database has not seen. */
export async function pendingMigrations(executor: SqlExecutor): Promise<readonly string[]> {
  const [table] = await executor.query<{ exists: boolean }>(
    `SELECT to_regclass('${SCHEMA}.migrations') IS NOT NULL AS exists`,
  );
  const applied = table?.exists ? await executor.query<{ name: string }>(`SELECT name FROM ${SCHEMA}.migrations`) : [];
  const names = new Set(applied.map(({ name }) => name));
  return MIGRATIONS.map(({ name }) => name).filter((name) => !names.has(name));
}

/** Applies what is pending, under a lock. @returns the names of the applied migrations */
export async function migrateDatabase(databaseUrl: string): Promise<readonly string[]> {
  const client = new Client(connectionConfig(databaseUrl, 'toygres migrate'));
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
    const dataSource = await createDataSource(databaseUrl, 'toygres migrate').initialize();
    try {
      return (await dataSource.runMigrations()).map(({ name }) => name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await client.end();
  }
}
