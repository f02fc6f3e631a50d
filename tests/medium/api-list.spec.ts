import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  HEALTH_STATUSES,
  HIDDEN_STATES,
  INSTANCE_STATES,
} from '../../server/src/features/instances/domain/instance.js';
import { type InstanceColumns, insertInstance, insertInstances, instanceRow } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';

const HIDDEN: readonly string[] = HIDDEN_STATES;
const VERSIONS = ['15', '16', '17', '18'] as const;
const SORTS = ['name', 'created_at', 'updated_at', 'health', 'state'] as const;

/** Few values, so that rows share them and the order has to be decided by the id. */
const moment = fc.integer({ min: 0, max: 5 }).map((hour) => new Date(Date.UTC(2026, 0, 1, hour)));
const tagKey = fc.constantFrom('team', 'environment', 'example.com/owner');
const tagValue = fc.constantFrom('', 'a', 'b');

const row = fc
  .record({
    id: fc.uuid(),
    name: fc.stringMatching(/^[a-d][a-d-]{1,4}[a-d]$/),
    dns_name: fc.stringMatching(/^[a-d][a-d-]{1,4}[a-d]$/),
    state: fc.constantFrom(...INSTANCE_STATES),
    health_status: fc.constantFrom(...HEALTH_STATUSES),
    postgres_version: fc.constantFrom(...VERSIONS),
    tags: fc.dictionary(tagKey, tagValue),
    created_at: moment,
    updated_at: moment,
  })
  .map((columns) => instanceRow(columns));

/** As the database holds them: no two that are not purged have one name. */
const rows = fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 40 }).map((all) => {
  const names = new Set<string>();
  return all.filter(({ name, state }) => state === 'purged' || (!names.has(name) && names.add(name)));
});

const query = fc.record({
  states: fc.subarray([...INSTANCE_STATES]),
  healths: fc.subarray([...HEALTH_STATUSES]),
  versions: fc.subarray([...VERSIONS]),
  tags: fc.array(fc.tuple(tagKey, tagValue), { maxLength: 2 }),
  createdAfter: fc.option(moment, { nil: undefined }),
  createdBefore: fc.option(moment, { nil: undefined }),
  search: fc.option(fc.stringMatching(/^[a-d-]{0,3}$/), { nil: undefined }),
  sort: fc.constantFrom(...SORTS),
  descending: fc.boolean(),
  limit: fc.integer({ min: 1, max: 12 }),
});
type Query = typeof query extends fc.Arbitrary<infer Value> ? Value : never;

/** Most filters are left out most of the time, so that lists are not nearly always empty. */
const sparseQuery = fc
  .tuple(
    query,
    fc.uniqueArray(
      fc.constantFrom('states', 'healths', 'versions', 'tags', 'createdAfter', 'createdBefore', 'search'),
      { maxLength: 2 },
    ),
  )
  .map(([full, kept]): Query => {
    const keep = (name: (typeof kept)[number]): boolean => kept.includes(name);
    return {
      ...full,
      states: keep('states') ? full.states : [],
      healths: keep('healths') ? full.healths : [],
      versions: keep('versions') ? full.versions : [],
      tags: keep('tags') ? full.tags : [],
      createdAfter: keep('createdAfter') ? full.createdAfter : undefined,
      createdBefore: keep('createdBefore') ? full.createdBefore : undefined,
      search: keep('search') ? full.search : undefined,
    };
  });

function model(all: readonly InstanceColumns[], wanted: Query): string[] {
  const search = wanted.search?.trim();
  const key = ({ name, created_at, updated_at, health_status, state }: InstanceColumns): string =>
    ({
      name,
      created_at: created_at.toISOString(),
      updated_at: updated_at.toISOString(),
      health: health_status,
      state,
    })[wanted.sort];
  const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const direction = wanted.descending ? -1 : 1;
  return all
    .filter(({ state }) =>
      wanted.states.length > 0 ? wanted.states.includes(state as never) : !HIDDEN.includes(state),
    )
    .filter(({ health_status }) => wanted.healths.length === 0 || wanted.healths.includes(health_status as never))
    .filter(
      ({ postgres_version }) => wanted.versions.length === 0 || wanted.versions.includes(postgres_version as never),
    )
    .filter(({ tags }) => wanted.tags.every(([name, value]) => tags[name] === value))
    .filter(({ created_at }) => wanted.createdAfter === undefined || created_at > wanted.createdAfter)
    .filter(({ created_at }) => wanted.createdBefore === undefined || created_at < wanted.createdBefore)
    .filter(({ name, dns_name }) => search === undefined || name.includes(search) || dns_name.includes(search))
    .sort((a, b) => direction * (before(key(a), key(b)) || before(a.id, b.id)))
    .map(({ id }) => id);
}

function parameters(wanted: Query, page: number): string {
  const search = new URLSearchParams({
    sort: `${wanted.descending ? '-' : ''}${wanted.sort}`,
    page: String(page),
    limit: String(wanted.limit),
  });
  const lists = { state: wanted.states, health: wanted.healths, version: wanted.versions };
  for (const [name, values] of Object.entries(lists)) {
    if (values.length > 0) {
      search.set(name, values.join(','));
    }
  }
  for (const [name, value] of wanted.tags) {
    search.append('tag', `${name}:${value}`);
  }
  const texts = {
    created_after: wanted.createdAfter?.toISOString(),
    created_before: wanted.createdBefore?.toISOString(),
    search: wanted.search,
  };
  for (const [name, value] of Object.entries(texts)) {
    if (value !== undefined) {
      search.set(name, value);
    }
  }
  return search.toString();
}

interface List {
  instances: { id: string; user_name: string; created_at: string }[];
  total: number;
  page: number;
  pages: number;
}

let api: TestApi;

beforeAll(async () => {
  api = await TestApi.start();
});

beforeEach(async () => {
  await api.database.query('DELETE FROM instances');
});

afterAll(async () => {
  await api.close();
});

async function list(search: string): Promise<List> {
  const response = await api.get(`/api/instances?${search}`);
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text) as List;
}

describe('GET /api/instances', () => {
  it(
    'answers every combination of filters, sorts and pages as a list in memory would',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(rows, fc.array(sparseQuery, { minLength: 1, maxLength: 6 }), async (all, queries) => {
          await api.database.query('DELETE FROM instances');
          await insertInstances(api.database, all);
          for (const wanted of queries) {
            const expected = model(all, wanted);
            const pages = Math.max(1, Math.ceil(expected.length / wanted.limit));
            // One page more than there is: it is empty, not an error.
            for (let page = 1; page <= pages + 1; page += 1) {
              const answer = await list(parameters(wanted, page));
              expect(answer).toMatchObject({ total: expected.length, page, pages });
              const first = (page - 1) * wanted.limit;
              expect(answer.instances.map(({ id }) => id)).toEqual(expected.slice(first, first + wanted.limit));
            }
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  it('demands all tags, also two values of one key', async () => {
    await insertInstance(api.database, { name: 'one', tags: { team: 'a' } });
    await insertInstance(api.database, { name: 'two', tags: { team: 'b', tier: '1' } });
    const names = async (search: string): Promise<string[]> =>
      (await list(search)).instances.map(({ user_name }) => user_name);
    expect(await names('tag=team:a')).toEqual(['one']);
    expect(await names('tag=team:b&tag=tier:1')).toEqual(['two']);
    expect(await names('tag=team:a&tag=team:b')).toEqual([]);
  });

  it('takes the name as it is typed: in capitals, with spaces around it', async () => {
    await insertInstance(api.database, { name: 'proddb' });
    expect(await list(`search=${encodeURIComponent('  PROD ')}`)).toMatchObject({ total: 1 });
    expect(await list('search=%20')).toMatchObject({ total: 1 });
  });

  it.each([
    ['created_after', '0001-01-01T00:00:00Z', 1],
    ['created_after', '9999-12-31T23:59:59Z', 0],
    ['created_before', '0001-01-01T00:00:00Z', 0],
    ['created_before', '9999-12-31T23:59:59Z', 1],
  ])('takes the time %s=%s', async (name, time, total) => {
    await insertInstance(api.database);
    expect(await list(`${name}=${encodeURIComponent(time)}`)).toMatchObject({ total });
  });

  it.each(['-271821-04-20T00:00:00Z', '0000-12-31T23:59:59Z', '+010000-01-01T00:00:00Z', '2026-13-01', 'yesterday'])(
    'refuses the time %s, before the database has to',
    async (time) => {
      const response = await api.get(`/api/instances?created_after=${encodeURIComponent(time)}`);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        code: 'validation_failed',
        errors: [{ pointer: 'created_after' }],
      });
    },
  );

  it('misses and repeats nothing while it is paged through and other instances come', async () => {
    const first = Array.from({ length: 30 }, (_, index) =>
      instanceRow({ created_at: new Date(Date.UTC(2026, 0, 1, 0, index)) }),
    );
    await insertInstances(api.database, first);
    const seen: string[] = [];
    for (let page = 1; page <= 3; page += 1) {
      const { instances } = await list(`sort=created_at&limit=10&page=${String(page)}`);
      seen.push(...instances.map(({ id }) => id));
      await insertInstance(api.database, { created_at: new Date(Date.UTC(2026, 0, 2, 0, page)) });
    }
    expect(seen).toEqual(first.map(({ id }) => id));
  });
});
