import { randomBytes } from 'node:crypto';
import { Client, type DatabaseError } from 'pg';
import { inject } from 'vitest';
import { connectionConfig } from '../../server/src/platform/database/connection.js';
import { TEMPLATE } from './provided.js';
import { databaseUrl } from './servers.js';
import { until } from './until.js';

/** insufficient_privilege, object_in_use */
const IN_USE: ReadonlySet<string> = new Set(['42501', '55006']);

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
    // FORCE ends whoever is connected still, but for an autovacuum worker, which our role may not end; without it a DROP sends that away, but
    // refuses when anybody else is there. One after the other they get there.
    await until(`${this.name} is dropped`, async () => {
      for (const force of [' WITH (FORCE)', '']) {
        try {
          await administer(`DROP DATABASE IF EXISTS ${this.name}${force}`);
          return true;
        } catch (error) {
          if (!IN_USE.has((error as DatabaseError).code ?? '')) {
            throw error;
          }
        }
      }
      return false;
    });
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
