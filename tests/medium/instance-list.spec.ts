import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InstanceQueries } from '../../server/src/features/instances/data/instance.queries.js';
import type { ListQuery } from '../../server/src/features/instances/data/list-filter.js';
import { Database, type SqlExecutor } from '../../server/src/platform/database/database.js';
import { insertInstance, insertInstances, instanceRow } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';

const LIMIT = 20;
const EVERYTHING: ListQuery = {
  states: [],
  healths: [],
  versions: [],
  tags: [],
  sort: 'created_at',
  descending: false,
  page: 1,
  limit: LIMIT,
};

let api: TestApi;
let database: Database;

beforeAll(async () => {
  api = await TestApi.start();
  database = api.app.get(Database);
});

afterAll(async () => {
  await api.close();
});

async function removeAll(): Promise<void> {
  await api.database.query('DELETE FROM instances');
}

/** Queries whose statements go through `query`, which is given the executor that would have run them. */
function intercepted(
  query: (executor: SqlExecutor, sql: string, parameters: readonly unknown[]) => Promise<unknown[]>,
): InstanceQueries {
  const through = (executor: SqlExecutor): SqlExecutor => ({
    query: <Row>(sql: string, parameters: readonly unknown[] = []) =>
      query(executor, sql, parameters) as Promise<Row[]>,
  });
  const snapshot: Database['snapshot'] = (work) => database.snapshot((executor) => work(through(executor)));
  return new InstanceQueries({ ...through(database), snapshot } as Database);
}

describe('a remembered total', () => {
  beforeEach(removeAll);

  /** Leaves so many instances of the filter, older ones first, and gives back their ids in the order of the list. */
  async function leave(count: number): Promise<string[]> {
    const ids = async (): Promise<string[]> =>
      (
        await api.database.query<{ id: string }>(
          `SELECT id FROM instances WHERE tags @> '{"team":"a"}' ORDER BY created_at, id`,
        )
      ).map(({ id }) => id);
    const present = await ids();
    await api.database.query('DELETE FROM instances WHERE id = ANY($1::uuid[])', [present.slice(count)]);
    await insertInstances(
      api.database,
      Array.from({ length: Math.max(0, count - present.length) }, (_, index) =>
        instanceRow({
          tags: { team: 'a' },
          created_at: new Date(Date.UTC(2026, 0, 1) + (present.length + index) * 1_000),
        }),
      ),
    );
    return ids();
  }

  it('never hides an instance, makes up a page, or contradicts the page it comes with', async () => {
    const queries = new InstanceQueries(database);
    // Each number is met by totals that were remembered for the one before.
    for (const count of [1_500, 1_501, 1_480, 1_600, 30, 2_000, 1_000, 0, 1_200]) {
      const expected = await leave(count);
      const last = Math.max(1, Math.ceil(count / LIMIT));
      for (const page of [1, 2, 37, last, last + 1, 60, 1]) {
        const { rows, total } = await queries.list({ ...EVERYTHING, tags: [['team', 'a']], page });
        const offset = (page - 1) * LIMIT;
        expect(rows.map(({ id }) => id)).toEqual(expected.slice(offset, offset + LIMIT));
        // The last page says that it is the last, any other that it is not, and where there is none the total is that of now.
        expect({ count, page, next: total > offset + LIMIT }).toEqual({ count, page, next: count > offset + LIMIT });
        if (rows.length < LIMIT) {
          expect({ page, total }).toEqual({ page, total: count });
        }
      }
    }
  });

  it('is not counted again for the next page', async () => {
    let counted = 0;
    const queries = intercepted((executor, sql, parameters) => {
      counted += Number(sql.includes('count(*)::int AS total'));
      return executor.query(sql, parameters);
    });
    await leave(1_500);
    for (const page of [1, 1, 2, 3]) {
      await queries.list({ ...EVERYTHING, tags: [['team', 'a']], page });
    }
    expect(counted).toBe(1);
    await queries.list({ ...EVERYTHING, tags: [['team', 'b']] });
    expect(counted).toBe(1);
  });
});

describe('a page read from its end', () => {
  beforeEach(removeAll);

  it.each([{}, { search: 'db' }])('is not moved by what comes meanwhile (%o)', async (filter) => {
    const all = Array.from({ length: 45 }, (_, index) =>
      instanceRow({ name: `db-${String(index)}`, created_at: new Date(Date.UTC(2026, 0, 1, 0, index)) }),
    );
    await insertInstances(api.database, all);
    const queries = intercepted(async (executor, sql, parameters) => {
      const rows = await executor.query(sql, parameters);
      await insertInstance(api.database, { created_at: new Date(Date.UTC(2026, 0, 2)) });
      return rows;
    });
    const { rows, total } = await queries.list({ ...EVERYTHING, ...filter, page: 3 });
    const [first, ...others] = rows.map(({ user_name }) => user_name);
    expect(first).toBe('db-40');
    expect(others).toHaveLength(total - 41);
  });

  it('leaves the connections usable when it fails', async () => {
    // More often than there are connections.
    for (let attempt = 0; attempt < 12; attempt += 1) {
      await expect(database.snapshot((snapshot) => snapshot.query('DELETE FROM instances'))).rejects.toThrow(
        'read-only',
      );
      const end = (snapshot: SqlExecutor) => snapshot.query('SELECT pg_terminate_backend(pg_backend_pid())');
      await expect(database.snapshot(end)).rejects.toThrow('terminat');
    }
    expect(await new InstanceQueries(database).list({ ...EVERYTHING, page: 3 })).toEqual({ rows: [], total: 0 });
  });
});

describe('the plan of a page', () => {
  beforeAll(async () => {
    await removeAll();
    await api.database.query(`
      INSERT INTO instances (id, name, k8s_name, dns_name, namespace, data_plane, state, health_status, postgres_version,
        storage_size_gb, use_load_balancer, superuser_secret, monitoring_secret, created_at)
      SELECT gen_random_uuid(), 'db-' || n, 'db-' || n || '-0', 'db-' || n, 'toygres', 'local',
        CASE n % 20 WHEN 0 THEN 'deleted' WHEN 1 THEN 'failed' ELSE 'running' END,
        CASE n % 50 WHEN 2 THEN 'unhealthy' ELSE 'healthy' END, (15 + n % 3)::text, 10, false, '', '',
        timestamptz '2026-01-01' + n * interval '1 minute'
      FROM generate_series(1, 20000) n`);
    await api.database.query('VACUUM ANALYZE instances');
  });

  async function planOf(query: ListQuery): Promise<string> {
    const plans: string[] = [];
    const queries = intercepted(async (executor, sql, parameters) => {
      if (sql.includes('WITH page')) {
        const lines = await executor.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
        plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'));
      }
      return executor.query(sql, parameters);
    });
    expect((await queries.list(query)).rows).toHaveLength(LIMIT);
    expect(plans).toHaveLength(1);
    // Without what is then done with the rows of the page.
    return /CTE page\n(?: {4,}.*\n)*/.exec(plans[0] ?? '')?.[0] ?? '';
  }

  it.each<[string, Partial<ListQuery>, string]>([
    ['the deleted', { states: ['deleted'], descending: true }, 'Backward using instances_state_created_at_idx'],
    ['the failed', { states: ['failed'] }, 'using instances_state_created_at_idx'],
    ['two filters by name', { healths: ['unhealthy'], versions: ['17'], sort: 'name' }, 'using instances_name_key'],
    ['two filters by age', { healths: ['unhealthy'], versions: ['17'] }, 'using instances_created_at_idx'],
    ['two filters by change', { states: ['failed', 'running'], sort: 'updated_at' }, 'using instances_updated_at_idx'],
    ['a page in the middle', { sort: 'name', page: 475 }, 'using instances_name_key'],
    ['the last page', { sort: 'name', page: 950 }, 'Backward using instances_name_key'],
  ])('reads an index alone, in its order: %s', async (_name, query, index) => {
    const plan = await planOf({ ...EVERYTHING, ...query });
    expect(plan).toContain(`Index Only Scan ${index}`);
    expect(plan).not.toContain('Sort');
  });
});
