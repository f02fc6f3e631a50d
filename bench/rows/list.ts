import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { Pool, type PoolClient } from 'pg';
import type * as FilterModule from '../../server/src/features/instances/data/list-filter.js';
import type * as QueriesModule from '../../server/src/features/instances/data/instance.queries.js';
import type * as SchemasModule from '../../server/src/features/instances/http/instance.schemas.js';
import type { Benchmark, Line } from '../support/benchmark.ts';
import type { Cleanup } from '../support/cleanup.ts';
import { connect, startDatabase, temporaryHome } from '../support/home.ts';
import { insertInstances } from '../support/instance-rows.ts';
import { loadServerCode } from '../support/server-code.ts';
import { ServerProcess, TOYGRES } from '../support/server-process.ts';
import { median, milliseconds, percentile, timed } from '../support/statistics.ts';

const RUNS = 100;
const WARM_UP = 5;
const SIZES = [1_000, 10_000, 100_000];
const LIMIT = 20;
const GOAL_RATIO = 2;
const GOAL_GROWTH = 1.5;

const UNCOUNTED = ', not counted lately';

/** Query strings by what they stand for. */
const CASES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['name', 'created_at', 'updated_at', 'health', 'state'].flatMap((sort) => [
      [`sort ${sort}`, `sort=${sort}`],
      [`sort ${sort}, descending`, `sort=-${sort}`],
    ]),
  ),
  'state running': 'state=running',
  'state failed': 'state=failed',
  'state deleted': 'state=deleted',
  'health unhealthy': 'health=unhealthy',
  'version 15': 'version=15',
  'tag, half of all': 'tag=environment:dev',
  'tags, few': 'tag=environment:prod&tag=team:team-2',
  'created in a week': 'created_after=2024-01-02T00:00:00Z&created_before=2024-01-09T00:00:00Z',
  'version and health, by name': 'version=17&health=unhealthy&sort=name',
  'search, one': 'search=-777',
  'search, a third of all': 'search=prod-',
  'search, two letters': 'search=ai',
  // Each of these requests is the first with its filter; those above find a total that was counted a moment ago.
  [`tag, half of all${UNCOUNTED}`]: 'tag=environment:dev&created_before=:new',
  [`search, two letters${UNCOUNTED}`]: 'search=ai&created_before=:new',
  'middle page': 'page=:middle',
  'last page': 'page=:last',
  'last page by name': 'sort=name&page=:last',
  'last page of a state by name': 'state=running&sort=name&page=:last',
};

interface Measured {
  readonly http: readonly number[];
  readonly sql: readonly number[];
}

interface Subject {
  /** Number of instances. */
  readonly size: number;
  readonly url: string;
  readonly agent: Agent;
  /** Runs the statements of a list alone. */
  readonly runSql: (query: string) => Promise<void>;
}

/** A page of the list against its two statements alone. */
export const list: Benchmark = {
  name: 'list',
  async run({ cleanup, runs = RUNS }) {
    const subjects: Subject[] = [];
    for (const size of SIZES) {
      subjects.push(await subjectOf(cleanup, size));
    }
    const measured = new Map(SIZES.map((size) => [size, new Map<string, Measured>()]));
    for (const [name, template] of Object.entries(CASES)) {
      const paged = await Promise.all(subjects.map((subject) => withPages(subject, template)));
      const results = subjects.map(() => ({ http: [] as number[], sql: [] as number[] }));
      // The sizes by turns, so that whatever else the machine does meets all of them alike.
      for (let run = -WARM_UP; run < runs; run += 1) {
        for (const [index, subject] of subjects.entries()) {
          const query = (paged[index] ?? '').replace(':new', new Date(Date.UTC(2999, 0, 1, 0, run)).toISOString());
          const [alone, whole] = [await timed(() => subject.runSql(query)), await timed(() => getJson(subject, query))];
          // The first few warm up what a running server has warm.
          if (run >= 0) {
            results[index]?.sql.push(alone);
            results[index]?.http.push(whole);
          }
        }
      }
      for (const [index, { size }] of subjects.entries()) {
        measured.get(size)?.set(name, results[index] ?? { http: [], sql: [] });
      }
    }
    return reportOf(measured);
  },
};

/** An API on a database of its own with so many instances. */
async function subjectOf(cleanup: Cleanup, size: number): Promise<Subject> {
  const home = await temporaryHome(cleanup);
  const databaseUrl = await startDatabase(cleanup, home);
  await insertInstances(await connect(cleanup, databaseUrl), 0, size);
  const { url } = await ServerProcess.start(cleanup, [TOYGRES, 'api'], {
    TOYGRES_HOME: home,
    TOYGRES_DATABASE_URL: databaseUrl,
  });
  const agent = new Agent({ keepAlive: true });
  const { pool, runSql } = await statementsAlone(databaseUrl);
  cleanup.add(() => {
    agent.destroy();
    return pool.end();
  });
  return { size, url, agent, runSql };
}

/** The statements that the API executes, on a pool like its own, without anything around them. */
async function statementsAlone(databaseUrl: string) {
  const { InstanceQueries } = (await loadServerCode(
    'features/instances/data/instance.queries.js',
  )) as typeof QueriesModule;
  const { ListInstancesParameters } = (await loadServerCode(
    'features/instances/http/instance.schemas.js',
  )) as typeof SchemasModule;
  const pool = new Pool({ connectionString: databaseUrl, options: '-c search_path=toygres,public', max: 10 });
  const executorOf = (connection: Pool | PoolClient) => ({
    query: async (sql: string, parameters: readonly unknown[] = []) =>
      (await connection.query(sql, [...parameters])).rows as unknown[],
  });
  const executor = {
    ...executorOf(pool),
    snapshot: async (work: (snapshot: ReturnType<typeof executorOf>) => Promise<unknown>) => {
      const client = await pool.connect();
      try {
        await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
        const result = await work(executorOf(client));
        await client.query('COMMIT');
        return result;
      } finally {
        client.release();
      }
    },
  };
  const queries = new InstanceQueries(executor as unknown as ConstructorParameters<typeof InstanceQueries>[0]);
  const runSql = async (query: string): Promise<void> => {
    const search = new URLSearchParams(query);
    const parsed = ListInstancesParameters.parse({
      ...Object.fromEntries(search),
      limit: String(LIMIT),
      tag: search.getAll('tag'),
    });
    await queries.list({
      states: parsed.state,
      healths: parsed.health,
      versions: parsed.version,
      createdAfter: parsed.created_after,
      createdBefore: parsed.created_before,
      tags: parsed.tag.map((tag) => tag.split(':', 2) as [string, string]),
      search: parsed.search,
      sort: parsed.sort.replace(/^-/, '') as FilterModule.ListSort,
      descending: parsed.sort.startsWith('-'),
      page: parsed.page,
      limit: parsed.limit,
    });
  };
  return { pool, runSql };
}

/** Puts the numbers of pages in. */
async function withPages(subject: Subject, template: string): Promise<string> {
  if (!template.includes('page=')) {
    return template;
  }
  const { pages } = await getJson(subject, template.replace(/&?page=:\w+/, ''));
  return template.replace(':middle', String(Math.ceil(pages / 2))).replace(':last', String(pages));
}

async function getJson({ url, agent }: Subject, query: string): Promise<{ readonly pages: number }> {
  const body = await new Promise<string>((resolve, reject) => {
    get(`${url}/api/instances?limit=${String(LIMIT)}&${query}`, { agent }, (response) => {
      text(response).then(response.statusCode === 200 ? resolve : reject, reject);
    }).on('error', reject);
  });
  return JSON.parse(body) as { pages: number };
}

function reportOf(measured: ReadonlyMap<number, ReadonlyMap<string, Measured>>) {
  const p99 = (values: readonly number[]): number => percentile(values, 0.99);
  const names = Object.keys(CASES);
  const of = (size: number, name: string): Measured => measured.get(size)?.get(name) ?? { http: [], sql: [] };
  const [smallest = 0, largest = 0] = [SIZES[0], SIZES.at(-1)];
  const growthOf = (name: string): number => p99(of(largest, name).http) / p99(of(smallest, name).http);

  const lines = SIZES.map((size): Line => {
    const [http, sql] = [
      p99(names.flatMap((name) => of(size, name).http)),
      p99(names.flatMap((name) => of(size, name).sql)),
    ];
    return {
      work: `list page of ${String(LIMIT)}, ${size.toLocaleString('en')} instances`,
      subject: `p99 ${milliseconds(http)}`,
      floor: `SQL p99 ${milliseconds(sql)}`,
      ratio: http / sql,
      goal: `≤ ${String(GOAL_RATIO)} ×`,
      met: http / sql <= GOAL_RATIO,
    };
  });
  const uncounted = names.filter((name) => name.endsWith(UNCOUNTED));
  for (const [kind, some] of [
    ['', names.filter((name) => !uncounted.includes(name))],
    [` where the total is${UNCOUNTED.slice(1)}`, uncounted],
  ] as const) {
    const worst = some.reduce((a, b) => (growthOf(a) >= growthOf(b) ? a : b));
    lines.push({
      work: `list${kind}, growth to ${largest.toLocaleString('en')}, worst: ${worst}`,
      subject: `p99 ${milliseconds(p99(of(largest, worst).http))}`,
      floor: `with ${smallest.toLocaleString('en')}: p99 ${milliseconds(p99(of(smallest, worst).http))}`,
      ratio: growthOf(worst),
      goal: `≤ ${String(GOAL_GROWTH)} ×`,
      met: growthOf(worst) <= GOAL_GROWTH,
    });
  }
  const cells = names.map((name) => [
    name,
    ...SIZES.flatMap((size) => {
      const { http, sql } = of(size, name);
      return [milliseconds(median(http)), milliseconds(p99(http)), (p99(http) / p99(sql)).toFixed(2)];
    }),
    (median(of(largest, name).http) / median(of(smallest, name).http)).toFixed(2),
    growthOf(name).toFixed(2),
  ]);
  const head = ['', ...SIZES.flatMap((size) => [`${String(size / 1_000)}k p50`, 'p99', '× SQL']), 'growth p50', 'p99'];
  return {
    lines,
    details: [{ title: 'List pages by case', rows: [head, ...cells] }],
    data: Object.fromEntries(
      SIZES.map((size) => [
        size,
        Object.fromEntries(
          names.map((name) => {
            const { http, sql } = of(size, name);
            return [name, { http: { p50: median(http), p99: p99(http) }, sql: { p50: median(sql), p99: p99(sql) } }];
          }),
        ),
      ]),
    ),
  };
}
