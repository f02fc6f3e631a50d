import { randomBytes } from 'node:crypto';
import { Client, type DatabaseError } from 'pg';
import { inject } from 'vitest';
import { connectionConfig } from '../../server/src/platform/database/connection.js';
import { TEMPLATE } from './provided.js';
import { databaseUrl } from './servers.js';

const INSUFFICIENT_PRIVILEGE = '42501';

/** A migrated database of a test file's own. */
export class TestDatabase {
  private constructor(
    readonly url: string,
    private readonly name: string,
    private readonly client: Client,
  ) {}

  static async create(): Promise<TestDatabase> {
    const name = `test_${randomBytes(6).toString('hex')}`;
    await administer(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    const url = databaseUrl(inject('databaseUrl'), name);
    const client = new Client(connectionConfig(url, 'toygres test'));
    client.on('error', () => undefined);
    await client.connect();
    return new TestDatabase(url, name, client);
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query(sql, [...parameters])).rows as Row[];
  }

  async drop(): Promise<void> {
    await this.client.end();
    try {
      await administer(`DROP DATABASE ${this.name} WITH (FORCE)`);
    } catch (error) {
      // An autovacuum worker is at it: our role may not end that, but a DROP without FORCE sends it away.
      if ((error as DatabaseError).code !== INSUFFICIENT_PRIVILEGE) {
        throw error;
      }
      await administer(`DROP DATABASE ${this.name}`);
    }
  }
}

async function administer(statement: string): Promise<void> {
  const client = new Client({ connectionString: inject('databaseUrl') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
