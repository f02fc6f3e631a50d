import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../migrations/index.js';
import { ENTITIES } from '../../server/src/entities.js';
import { HEALTH_STATUSES, INSTANCE_STATES } from '../../server/src/features/instances/domain/instance.js';
import {
  ACTIVITY_PHASES,
  ACTIVITY_STATUSES,
  ORCHESTRATION_STATUSES,
} from '../../server/src/orchestrations/domain/definition.js';
import { connectionConfig, SCHEMA } from '../../server/src/platform/database/connection.js';
import { createDataSource } from '../../server/src/platform/database/data-source.js';
import { migrateDatabase, pendingMigrations } from '../../server/src/platform/database/migrate.js';
import { TestDatabase } from '../support/test-database.js';

const NAMES = MIGRATIONS.map(({ name }) => name);

let database: TestDatabase;

beforeEach(async () => {
  database = await TestDatabase.create();
});

afterEach(async () => {
  await database.drop();
});

/** Everything that a migration can have made, in words; without the list of migrations itself. */
async function describeSchema(): Promise<string[]> {
  const rows = await database.query<{ line: string }>(
    `SELECT line FROM (
       SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
       FROM information_schema.columns WHERE table_schema = $1
       UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = $1
       UNION ALL SELECT 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
         FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype <> 'n'
       UNION ALL SELECT 'trigger ' || pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
         WHERE c.relnamespace = $1::regnamespace AND NOT t.tgisinternal
       UNION ALL SELECT 'function ' || proname || ' ' || prosrc FROM pg_proc p WHERE pronamespace = $1::regnamespace
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       UNION ALL SELECT 'sequence ' || relname FROM pg_class WHERE relnamespace = $1::regnamespace AND relkind = 'S'
       UNION ALL SELECT 'options ' || relname || ' ' || reloptions::text FROM pg_class
         WHERE relnamespace = $1::regnamespace AND reloptions IS NOT NULL
     ) AS lines (line) WHERE line !~ '\\mmigrations(_id_seq|\\M)' ORDER BY line`,
    [SCHEMA],
  );
  return rows.map(({ line }) => line);
}

async function withDataSource<Result>(
  work: (dataSource: ReturnType<typeof createDataSource>) => Promise<Result>,
  entities: Parameters<typeof createDataSource>[2] = [],
): Promise<Result> {
  const dataSource = await createDataSource(database.url, 'toygres test', entities).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

describe('migrations', () => {
  it('make what the entities describe', async () => {
    const { upQueries } = await withDataSource(
      (dataSource) => dataSource.driver.createSchemaBuilder().log(),
      [...ENTITIES],
    );
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('allow the values that the code knows, and no others', async () => {
    const allowed = async (constraint: string): Promise<string[]> => {
      const [row] = await database.query<{ definition: string }>(
        'SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = $1',
        [constraint],
      );
      return [...(row?.definition ?? '').matchAll(/'([a-z]+)'/g)].map(([, value]) => value ?? '').sort();
    };
    expect(await allowed('instances_state_check')).toEqual([...INSTANCE_STATES].sort());
    expect(await allowed('instances_health_status_check')).toEqual([...HEALTH_STATUSES].sort());
    expect(await allowed('orchestrations_status_check')).toEqual([...ORCHESTRATION_STATUSES].sort());
    expect(await allowed('orchestration_activities_phase_check')).toEqual([...ACTIVITY_PHASES].sort());
    expect(await allowed('orchestration_activities_status_check')).toEqual([...ACTIVITY_STATUSES].sort());
  });

  it('make no table that no entity describes', async () => {
    const tables = await database.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = $1::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> 'migrations' ORDER BY 1`,
      [SCHEMA],
    );
    const described = await withDataSource((dataSource) => Promise.resolve(dataSource.entityMetadatas), [...ENTITIES]);
    expect(tables.map(({ name }) => name)).toEqual(described.map(({ tableName }) => tableName).sort());
  });

  it('can be undone one by one, and done again', async () => {
    const before = await describeSchema();
    await withDataSource(async (dataSource) => {
      const descriptions = [before];
      for (const name of [...NAMES].reverse()) {
        await dataSource.undoLastMigration();
        expect(await pendingMigrations(database)).toContain(name);
        descriptions.unshift(await describeSchema());
      }
      // Nothing is left when all are undone, and each one makes what its undoing removed.
      expect(descriptions[0]).toEqual([]);
      for (const index of NAMES.keys()) {
        const runner = dataSource.createQueryRunner();
        try {
          await new MIGRATIONS[index]!().up(runner);
        } finally {
          await runner.release();
        }
        expect(await describeSchema()).toEqual(descriptions[index + 1]);
      }
    });
    expect(await describeSchema()).toEqual(before);
  });

  it('have classes that are named like their files, in the order of their times', () => {
    const times = NAMES.map((name) => Number(/\d{13}$/.exec(name)?.[0]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
  });
});

describe('migrateDatabase', () => {
  async function empty(): Promise<void> {
    await database.query(`DROP SCHEMA ${SCHEMA} CASCADE`);
  }

  it('applies everything to an empty database, and then nothing', async () => {
    await empty();
    expect(await pendingMigrations(database)).toEqual(NAMES);
    expect(await migrateDatabase(database.url)).toEqual(NAMES);
    expect(await pendingMigrations(database)).toEqual([]);
    expect(await migrateDatabase(database.url)).toEqual([]);
  });

  it('may run several times at once', async () => {
    await empty();
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrateDatabase(database.url)));
    expect(applied.flat().sort()).toEqual([...NAMES].sort());
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
    expect(await pendingMigrations(database)).toEqual([]);
  });

  it('leaves alone what lies beside its own schema', async () => {
    await empty();
    await database.query('CREATE TABLE public.instances (theirs text)');
    await migrateDatabase(database.url);
    expect(await database.query('SELECT theirs FROM public.instances')).toEqual([]);
    expect(await database.query(`SELECT id FROM ${SCHEMA}.instances`)).toEqual([]);
  });

  it('goes on where it stopped', async () => {
    await withDataSource((dataSource) => dataSource.undoLastMigration());
    expect(await pendingMigrations(database)).toEqual(NAMES.slice(-1));
    expect(await migrateDatabase(database.url)).toEqual(NAMES.slice(-1));
  });

  it('sees what is pending from any search path', async () => {
    const client = new Client(connectionConfig(database.url, 'toygres test', 'public'));
    await client.connect();
    try {
      const executor = {
        query: async <Row>(sql: string, parameters?: readonly unknown[]) =>
          (await client.query(sql, [...(parameters ?? [])])).rows as Row[],
      };
      expect(await pendingMigrations(executor)).toEqual([]);
    } finally {
      await client.end();
    }
  });
});
