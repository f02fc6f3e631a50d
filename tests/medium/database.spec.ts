import { afterAll, beforeAll, expect, it } from 'vitest';
import { Database } from '../../server/src/platform/database/database.js';
import { createDataSource } from '../../server/src/platform/database/data-source.js';
import { TestDatabase } from '../support/test-database.js';

let testDatabase: TestDatabase;
let dataSource: ReturnType<typeof createDataSource>;

beforeAll(async () => {
  testDatabase = await TestDatabase.create();
  dataSource = await createDataSource(testDatabase.url, 'toygres test').initialize();
});

afterAll(async () => {
  await dataSource.destroy();
  await testDatabase.drop();
});

it('does not let a process that stands still in a transaction keep all others from theirs', async () => {
  const database = new Database(dataSource);
  const lock = `SELECT pg_advisory_xact_lock(hashtextextended('toygres.instance_events', 0))`;
  const held = Promise.withResolvers<undefined>();
  const awake = Promise.withResolvers<undefined>();
  // As one that was paused by SIGSTOP: it holds what it has locked, and sends nothing more.
  const paused = database.transaction(async (transaction) => {
    await transaction.query(lock);
    held.resolve(undefined);
    await awake.promise;
    await transaction.query('SELECT 1');
  });
  await held.promise;
  await database.transaction((transaction) => transaction.query(lock));
  awake.resolve(undefined);
  await expect(paused).rejects.toThrow();
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
