import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HealthPartitions, partitionName } from '../../server/src/features/health/data/health-partitions.js';
import { HealthRollups } from '../../server/src/features/health/data/health-rollups.js';
import { HealthRepository } from '../../server/src/features/health/data/health.repository.js';
import type { CheckResult } from '../../server/src/features/health/domain/health.js';
import { INSTANCE_STATES } from '../../server/src/features/instances/domain/instance.js';
import { CREATE } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { type InstanceColumns, insertInstance, insertInstances, instanceRow } from '../support/rows.js';
import { TestApi } from '../support/test-api.js';
import { until } from '../support/until.js';

const PORTS = { first: 20_000, last: 20_099 };

let api: TestApi;
let health: HealthRepository;
let partitions: HealthPartitions;

beforeAll(async () => {
  api = await TestApi.start({ instancePorts: PORTS });
  health = api.app.get(HealthRepository, { strict: false });
  partitions = api.app.get(HealthPartitions, { strict: false });
});

beforeEach(async () => {
  await api.database.query(
    'DELETE FROM instances; DELETE FROM health_checks; DELETE FROM health_rollups; DELETE FROM instance_ports',
  );
  await partitions.expire(0, new Date('9999-12-31'));
  await partitions.ensure();
});

afterAll(async () => {
  await api.close();
});

const good: CheckResult = {
  status: 'healthy',
  responseTimeMs: 12.5,
  code: null,
  reason: null,
  postgresVersion: 'PostgreSQL 18.4',
  usage: { dataBytes: 24_117_248, databases: 1, connections: 3 },
  certain: false,
};
const bad: CheckResult = {
  status: 'unhealthy',
  responseTimeMs: null,
  code: 'not_ready',
  reason: 'Connection timeout',
  postgresVersion: null,
  usage: null,
  certain: false,
};

async function json(path: string): Promise<Record<string, unknown>> {
  const response = await api.get(path);
  const text = await response.text();
  expect({ status: response.status, text }).toMatchObject({ status: 200 });
  return JSON.parse(text) as Record<string, unknown>;
}

async function moves(instanceId: string): Promise<Record<string, unknown>[]> {
  const rows = await api.database.query<{ data: Record<string, unknown> }>(
    `SELECT data FROM instance_events WHERE instance_id = $1 AND type = 'instance.health_changed' ORDER BY id`,
    [instanceId],
  );
  return rows.map(({ data }) => data);
}

describe('HealthRepository', () => {
  it('moves the status when enough checks in a row agree, each move with one event', async () => {
    const result = fc.constantFrom(good, bad, { ...bad, certain: true });
    const threshold = fc.integer({ min: 1, max: 3 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(result, { maxLength: 12 }),
        threshold,
        threshold,
        async (results, unhealthyAfter, healthyAfter) => {
          const { id } = await insertInstance(api.database);
          let status = 'unknown';
          let row = 0;
          let previous: string | undefined;
          const expected: [string, string][] = [];
          for (const next of results) {
            row = next.status === previous ? row + 1 : 1;
            previous = next.status;
            const enough = row >= (next.status === 'healthy' ? healthyAfter : unhealthyAfter);
            if ((enough || next.certain) && status !== next.status) {
              expected.push([status, next.status]);
              status = next.status;
            }
            await health.record(id, next, { unhealthyAfter, healthyAfter });
            const [instance] = await api.database.query<{ health_status: string }>(
              'SELECT health_status FROM instances WHERE id = $1',
              [id],
            );
            expect(instance?.health_status).toBe(status);
          }
          expect((await moves(id)).map(({ from, health_status }) => [from, health_status])).toEqual(expected);
          const [{ checks } = { checks: 0 }] = await api.database.query<{ checks: number }>(
            'SELECT count(*)::int AS checks FROM health_checks WHERE instance_id = $1',
            [id],
          );
          expect(checks).toBe(results.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is sure at once that a server is gone, and says why', async () => {
    const { id } = await insertInstance(api.database, { health_status: 'healthy' });
    const thresholds = { unhealthyAfter: 100, healthyAfter: 100 };
    await health.record(id, { ...bad, certain: true, code: 'server_exited', reason: 'The server ended.' }, thresholds);
    expect(await moves(id)).toEqual([
      {
        from: 'healthy',
        health_status: 'unhealthy',
        code: 'server_exited',
        reason: 'The server ended.',
        response_time_ms: null,
      },
    ]);
    await health.record(id, good, thresholds);
    expect(await moves(id)).toHaveLength(1);
  });

  it('keeps what the last good check saw when a later one sees nothing', async () => {
    const { id, name } = await insertInstance(api.database);
    await health.record(id, good, { unhealthyAfter: 1, healthyAfter: 1 });
    await health.record(id, bad, { unhealthyAfter: 1, healthyAfter: 1 });
    expect(await json(`/api/instances/${name}`)).toMatchObject({
      health_status: 'unhealthy',
      server_version: 'PostgreSQL 18.4',
      usage: { data_bytes: 24_117_248, databases: 1 },
      last_health_check: {
        status: 'unhealthy',
        response_time_ms: null,
        code: 'not_ready',
        reason: 'Connection timeout',
      },
    });
  });

  it.each(INSTANCE_STATES.filter((state) => state !== 'running'))(
    'leaves no trace of a check of an instance that is %s',
    async (state) => {
      const { id } = await insertInstance(api.database, { state });
      await health.record(id, { ...bad, certain: true }, { unhealthyAfter: 1, healthyAfter: 1 });
      await health.record('0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11', good, { unhealthyAfter: 1, healthyAfter: 1 });
      for (const table of ['instance_health', 'health_checks', 'instance_events']) {
        expect(await api.database.query(`SELECT FROM ${table}`)).toEqual([]);
      }
      expect(
        await api.database.query(`SELECT FROM instances WHERE health_status = 'unknown' AND revision = 1`),
      ).toHaveLength(1);
    },
  );

  it('counts every one of many checks of an instance at once', async () => {
    const { id } = await insertInstance(api.database);
    await Promise.all(
      Array.from({ length: 20 }, () => health.record(id, bad, { unhealthyAfter: 20, healthyAfter: 1 })),
    );
    expect(await api.database.query('SELECT FROM health_checks')).toHaveLength(20);
    expect(await moves(id)).toHaveLength(1);
  });
});

describe('HealthPartitions', () => {
  async function names(): Promise<string[]> {
    const rows = await api.database.query<{ name: string }>(
      `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'health_checks'::regclass ORDER BY 1`,
    );
    return rows.map(({ name }) => name);
  }

  async function insertCheck(checkedAt: string): Promise<string> {
    const [row] = await api.database.query<{ name: string }>(
      `INSERT INTO health_checks (instance_id, checked_at, status) VALUES (gen_random_uuid(), $1, 'healthy') RETURNING tableoid::regclass::text AS name`,
      [checkedAt],
    );
    return row?.name ?? '';
  }

  beforeEach(async () => {
    await partitions.expire(0, new Date('9999-12-31'));
  });

  it('are there for yesterday, today and the next days, in UTC', async () => {
    const now = new Date('2028-02-28T23:59:59.999Z');
    await partitions.ensure(now);
    const days = [
      'health_checks_20280227',
      'health_checks_20280228',
      'health_checks_20280229',
      'health_checks_20280301',
      'health_checks_20280302',
    ];
    expect(await names()).toEqual(days);
    await partitions.ensure(now);
    expect(await names()).toEqual(days);
    expect(await insertCheck('2028-02-28T23:59:59.999999Z')).toBe('health_checks_20280228');
    expect(await insertCheck('2028-02-29T00:00:00Z')).toBe('health_checks_20280229');
    expect(await insertCheck('2028-02-29T00:30:00+01:00')).toBe('health_checks_20280228');
    await partitions.ensure(new Date('2028-02-29T00:00:00Z'));
    expect(await names()).toEqual([...days, 'health_checks_20280303']);
  });

  it('are made by several workers at once', async () => {
    const now = new Date('2027-01-01T12:00:00Z');
    await Promise.all(Array.from({ length: 5 }, () => partitions.ensure(now)));
    expect(await names()).toHaveLength(5);
  });

  it('are dropped when their day ended before the retention began', async () => {
    await partitions.ensure(new Date('2027-06-10T12:00:00Z'));
    await partitions.ensure(new Date('2027-06-15T12:00:00Z'));
    await insertCheck('2027-06-12T23:59:59Z');
    await insertCheck('2027-06-13T00:00:00Z');
    expect(await partitions.expire(3, new Date('2027-06-16T00:00:00Z'))).toEqual(
      ['09', '10', '11', '12'].map((day) => `health_checks_202706${day}`),
    );
    expect(await api.database.query('SELECT checked_at FROM health_checks')).toEqual([
      { checked_at: new Date('2027-06-13T00:00:00Z') },
    ]);
    expect(await partitions.expire(3, new Date('2027-06-16T23:59:59Z'))).toEqual([]);
  });

  it('never lose a check that is younger than the retention', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.date({ min: new Date('2027-01-01'), max: new Date('2027-03-01'), noInvalidDate: true }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 3 * 86_400_000 - 1 }),
        async (now, days, age) => {
          await partitions.expire(0, new Date('9999-12-31'));
          for (const day of [now, new Date(now.getTime() - 3 * 86_400_000)]) {
            await partitions.ensure(day);
          }
          const checkedAt = new Date(now.getTime() - age);
          await insertCheck(checkedAt.toISOString());
          await partitions.expire(days, now);
          const kept = (await api.database.query('SELECT FROM health_checks')).length === 1;
          expect(kept || age > days * 86_400_000).toBe(true);
          expect(await names()).toContain(partitionName(now));
          await api.database.query('DELETE FROM health_checks');
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('GET /api/instances/:name/health', () => {
  interface Check {
    readonly at: number;
    readonly status: 'healthy' | 'unhealthy';
    readonly ms: number | null;
  }

  const BEGIN = Date.UTC(2027, 2, 1);
  const SPAN = 2 * 86_400_000;

  async function insertChecks(instanceId: string, checks: readonly Check[]): Promise<void> {
    await api.database.query(
      `INSERT INTO health_checks (instance_id, checked_at, status, response_time_ms, postgres_version)
       SELECT $1, to_timestamp(c.at / 1000), c.status, c.ms, 'PostgreSQL 18.4' FROM jsonb_to_recordset($2::jsonb) AS c (at float8, status text, ms real)`,
      [instanceId, JSON.stringify(checks)],
    );
  }

  /** PostgreSQL's percentile_cont. */
  function percentile(values: readonly number[], fraction: number): number | null {
    const sorted = [...values].sort((a, b) => a - b);
    const place = fraction * (sorted.length - 1);
    const low = sorted[Math.floor(place)];
    const high = sorted[Math.ceil(place)];
    return low === undefined || high === undefined ? null : low + (high - low) * (place - Math.floor(place));
  }

  const uptime = (checks: readonly Check[]): number | null =>
    checks.length === 0
      ? null
      : Math.round((100_000 * checks.filter(({ status }) => status === 'healthy').length) / checks.length) / 1_000;

  const check: fc.Arbitrary<Check> = fc
    .tuple(fc.nat(SPAN / 1_000 - 1), fc.option(fc.nat(400), { nil: null }))
    // Halves are exact as `real` too.
    .map(([second, ms]) => ({
      at: BEGIN + second * 1_000,
      status: ms === null ? 'unhealthy' : 'healthy',
      ms: ms === null ? null : ms / 2,
    }));
  const checks = fc.uniqueArray(check, { selector: ({ at }) => at, maxLength: 60 });
  const window = fc
    .tuple(fc.nat(SPAN), fc.nat(SPAN))
    .filter(([a, b]) => a !== b)
    .map(([a, b]) => ({ from: BEGIN + Math.min(a, b), to: BEGIN + Math.max(a, b) }));

  beforeEach(async () => {
    await partitions.ensure(new Date(BEGIN));
  });

  it('sums up as a calculation in memory does', async () => {
    const resolutions = { '1m': 60, '5m': 300, '15m': 900, '1h': 3_600, '1d': 86_400 };
    const resolution = fc.constantFrom(...(Object.keys(resolutions) as (keyof typeof resolutions)[]));
    await fc.assert(
      fc.asyncProperty(checks, window, resolution, async (all, { from, to }, chosen) => {
        const { id, name } = await insertInstance(api.database);
        const other = await insertInstance(api.database);
        await insertChecks(id, all);
        await insertChecks(other.id, [{ at: from, status: 'unhealthy', ms: null }]);
        const width = resolutions[chosen] * 1_000;
        const inside = all.filter(({ at }) => at >= from && at < to);
        const stretches = Map.groupBy(inside, ({ at }) => from + Math.floor((at - from) / width) * width);
        const answer = await json(
          `/api/instances/${name}/health?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&resolution=${chosen}`,
        );
        expect(answer['history']).toEqual([]);
        expect(answer['uptime_percent']).toEqual(uptime(inside));
        expect(answer['buckets']).toEqual(
          [...stretches]
            .sort(([a], [b]) => a - b)
            .map(([begin, members]) => {
              const times = members.flatMap(({ ms }) => ms ?? []);
              // Tenths are shown; what lies between two goes up. The sum evens out what floating point makes of it.
              const tenths = (value: number | null): number | null =>
                value === null ? null : Math.round(value * 10 + 1e-9) / 10;
              return {
                from: new Date(begin).toISOString(),
                checks: members.length,
                uptime_percent: uptime(members),
                p50_ms: tenths(percentile(times, 0.5)),
                p95_ms: tenths(percentile(times, 0.95)),
              };
            }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('shows single checks of a window, the newest first, at most so many', async () => {
    await fc.assert(
      fc.asyncProperty(checks, window, fc.integer({ min: 1, max: 70 }), async (all, { from, to }, limit) => {
        const { id, name } = await insertInstance(api.database);
        await insertChecks(id, all);
        const answer = await json(
          `/api/instances/${name}/health?from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&limit=${String(limit)}`,
        );
        expect(answer['buckets']).toEqual([]);
        expect((answer['history'] as { checked_at: string }[]).map(({ checked_at }) => Date.parse(checked_at))).toEqual(
          all
            .map(({ at }) => at)
            .filter((at) => at >= from && at < to)
            .sort((a, b) => b - a)
            .slice(0, limit),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('has the keys of the design document, and the last day when nothing else is asked for', async () => {
    const { id, name } = await insertInstance(api.database);
    await health.record(id, good, { unhealthyAfter: 1, healthyAfter: 1 });
    const old = Date.now() - 25 * 3_600_000;
    await partitions.ensure(new Date(old));
    await insertChecks(id, [{ at: old, status: 'unhealthy', ms: null }]);
    const answer = await json(`/api/instances/${name}/health`);
    expect(Object.keys(answer)).toEqual(['current_status', 'last_check', 'history', 'buckets', 'uptime_percent']);
    const history = answer['history'] as Record<string, unknown>[];
    expect(history).toHaveLength(1);
    expect(Object.keys(history[0] ?? {})).toEqual([
      'status',
      'checked_at',
      'response_time_ms',
      'postgres_version',
      'reason',
      'code',
    ]);
    expect(answer).toMatchObject({
      current_status: 'healthy',
      last_check: history[0]?.['checked_at'],
      history: [{ status: 'healthy', response_time_ms: 12.5, postgres_version: 'PostgreSQL 18.4', reason: null }],
      buckets: [],
      uptime_percent: 100,
    });
  });

  it('says that nothing is known before the first check', async () => {
    const { name, id } = await insertInstance(api.database, { state: 'creating' });
    const nothing = { current_status: 'unknown', last_check: null, history: [], buckets: [], uptime_percent: null };
    expect(await json(`/api/instances/${name}/health`)).toEqual(nothing);
    expect(await json(`/api/instances/${id}/health?resolution=1h`)).toEqual(nothing);
  });

  it.each([
    ['from=2027-01-02T00:00:00Z&to=2027-01-01T00:00:00Z', 'from'],
    ['from=2027-01-01T00:00:00Z&to=2027-01-01T00:00:00Z', 'from'],
    ['from=yesterday', 'from'],
    ['resolution=2m', 'resolution'],
    ['limit=0', 'limit'],
    ['limit=5001', 'limit'],
    ['colour=blue', 'colour'],
  ])('refuses %s', async (query, pointer) => {
    const { name } = await insertInstance(api.database);
    const response = await api.get(`/api/instances/${name}/health?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'validation_failed', errors: [{ pointer }] });
  });

  it('bears windows of any size', async () => {
    const { id, name } = await insertInstance(api.database);
    await health.record(id, good, { unhealthyAfter: 1, healthyAfter: 1 });
    const ends = 'from=0001-01-01T00:00:00Z&to=9999-12-31T00:00:00Z';
    for (const resolution of ['raw', '1m', '1d']) {
      expect(await json(`/api/instances/${name}/health?${ends}&resolution=${resolution}`)).toMatchObject({
        uptime_percent: 100,
      });
    }
    expect(await json(`/api/instances/${name}/health?to=0001-01-01T00:00:00Z`)).toMatchObject({ history: [] });
  });

  it('knows no instance that is not there', async () => {
    expect((await api.get('/api/instances/none/health')).status).toBe(404);
  });
});

describe('HealthRollups', () => {
  const NOW = new Date('2027-03-02T12:07:30Z');
  const QUARTER = 900_000;
  let rollups: HealthRollups;

  beforeAll(() => {
    rollups = api.app.get(HealthRollups, { strict: false });
  });

  beforeEach(async () => {
    await partitions.ensure(NOW);
  });

  /** Checks at so many seconds before now. */
  async function insertChecks(checks: readonly (readonly [secondsAgo: number, ms: number | null])[]): Promise<void> {
    await api.database.query(
      `INSERT INTO health_checks (instance_id, checked_at, status, response_time_ms)
       SELECT gen_random_uuid(), to_timestamp(c.at / 1000), CASE WHEN c.ms IS NULL THEN 'unhealthy' ELSE 'healthy' END, c.ms
       FROM jsonb_to_recordset($1::jsonb) AS c (at float8, ms real)`,
      [JSON.stringify(checks.map(([secondsAgo, ms]) => ({ at: NOW.getTime() - secondsAgo * 1_000, ms })))],
    );
  }

  it('say the same as the checks themselves, whenever they were made', async () => {
    const check = fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.option(fc.nat(400), { nil: null }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(check, { maxLength: 60 }),
        fc.array(fc.nat(90_000), { maxLength: 3 }),
        async (checks, advancedAgo) => {
          await api.database.query('DELETE FROM health_checks; DELETE FROM health_rollups');
          await insertChecks(checks);
          const plain = await rollups.lastDay(NOW);
          const begin = Math.floor(NOW.getTime() / QUARTER) * QUARTER - 95 * QUARTER;
          const inside = checks.filter(([secondsAgo]) => NOW.getTime() - secondsAgo * 1_000 >= begin);
          expect(plain.reduce((sum, { checks: several }) => sum + several, 0)).toBe(inside.length);
          expect(plain.every(({ from }) => from.getTime() % QUARTER === 0)).toBe(true);
          for (const secondsAgo of [...advancedAgo].sort((a, b) => b - a)) {
            await rollups.advance(new Date(NOW.getTime() - secondsAgo * 1_000));
            expect(await rollups.lastDay(NOW)).toEqual(plain);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('leave alone what is not over, and need no check that is in them', async () => {
    await insertChecks([
      [3_600, 10],
      [3_601, null],
      [60, 20],
    ]);
    await rollups.advance(NOW);
    await api.database.query(`DELETE FROM health_checks WHERE checked_at < $1`, [new Date(NOW.getTime() - 600_000)]);
    expect(await rollups.lastDay(NOW)).toEqual([
      { from: new Date('2027-03-02T11:00:00Z'), checks: 2, uptime_percent: 50, p50_ms: 10, p95_ms: 10 },
      { from: new Date('2027-03-02T12:00:00Z'), checks: 1, uptime_percent: 100, p50_ms: 20, p95_ms: 20 },
    ]);
  });

  it('are made by several workers at once', async () => {
    await insertChecks([[3_600, 10]]);
    await Promise.all([rollups.advance(NOW), rollups.advance(NOW), rollups.advance(NOW)]);
    expect((await rollups.lastDay(NOW)).map(({ checks }) => checks)).toEqual([1]);
  });

  it('are forgotten with the checks', async () => {
    await rollups.advance(NOW);
    await rollups.expire(1, new Date(NOW.getTime() + 12 * 3_600_000));
    const [row] = await api.database.query<{ first: Date }>('SELECT min(period_start) AS first FROM health_rollups');
    expect(row?.first).toEqual(new Date('2027-03-02T00:15:00Z'));
  });
});

describe('GET /api/stats', () => {
  interface Stats {
    recent_instances: { id: string }[];
    failed_instances: { id: string }[];
    orchestrations_in_flight: { id: string; activities: object[] }[];
    [key: string]: unknown;
  }

  const stats = async (): Promise<Stats> => (await json('/api/stats')) as Stats;

  it('counts as a list in memory does', async () => {
    const row = fc
      .record({
        id: fc.uuid(),
        state: fc.constantFrom(...INSTANCE_STATES),
        health_status: fc.constantFrom('healthy', 'unhealthy', 'unknown'),
        storage_size_gb: fc.integer({ min: 10, max: 1_000 }),
        created_at: fc.nat(5).map((hour) => new Date(Date.UTC(2026, 0, 1, hour))),
        updated_at: fc.nat(5).map((hour) => new Date(Date.UTC(2026, 0, 2, hour))),
      })
      .map((columns) => instanceRow(columns));
    const newest = (rows: readonly InstanceColumns[], column: 'created_at' | 'updated_at', limit: number): string[] =>
      [...rows]
        .sort((a, b) => b[column].getTime() - a[column].getTime() || (a.id < b.id ? 1 : -1))
        .slice(0, limit)
        .map(({ id }) => id);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { selector: ({ id }) => id, maxLength: 40 }), async (rows) => {
        await api.database.query('DELETE FROM instances');
        await insertInstances(api.database, rows);
        const kept = rows.filter(({ state }) => state !== 'purged');
        const there = kept.filter(({ state }) => state !== 'deleted');
        const count = (state: string): number => kept.filter((one) => one.state === state).length;
        const healthOf = (status: string): number =>
          there.filter((one) => one.state === 'running' && one.health_status === status).length;
        const answer = await stats();
        expect(answer).toMatchObject({
          total: there.length,
          by_state: Object.fromEntries(
            INSTANCE_STATES.filter((state) => state !== 'purged').map((state) => [state, count(state)]),
          ),
          by_health: { healthy: healthOf('healthy'), unhealthy: healthOf('unhealthy'), unknown: healthOf('unknown') },
          capacity: { storage_promised_gb: kept.reduce((sum, { storage_size_gb }) => sum + storage_size_gb, 0) },
        });
        expect(answer.recent_instances.map(({ id }) => id)).toEqual(newest(there, 'created_at', 5));
        expect(answer.failed_instances.map(({ id }) => id)).toEqual(
          newest(
            there.filter(({ state }) => state === 'failed'),
            'updated_at',
            20,
          ),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('has everything that the dashboard shows, also when nothing is there', async () => {
    const answer = await stats();
    expect(answer).toEqual({
      total: 0,
      by_state: Object.fromEntries(INSTANCE_STATES.filter((state) => state !== 'purged').map((state) => [state, 0])),
      by_health: { healthy: 0, unhealthy: 0, unknown: 0 },
      recent_instances: [],
      failed_instances: [],
      orchestrations_in_flight: [],
      capacity: {
        ports: { used: 0, total: PORTS.last - PORTS.first + 1 },
        disk: { free_bytes: expect.any(Number) as number, total_bytes: expect.any(Number) as number },
        storage_promised_gb: 0,
      },
      health_over_time: [],
      create_latency: [],
      as_of: expect.any(String) as string,
    });
    const { disk } = answer['capacity'] as { disk: { free_bytes: number; total_bytes: number } };
    expect(disk.free_bytes).toBeGreaterThan(0);
    expect(disk.total_bytes).toBeGreaterThanOrEqual(disk.free_bytes);
  });

  it('shows what is under way, the ports that are taken, and the health of the last day', async () => {
    const accepted = (await (await api.post('/api/instances', TestApi.body())).json()) as Record<string, string>;
    await api.database.query('INSERT INTO instance_ports (port, instance_id) VALUES (20000, $1)', [
      accepted['instance_id'],
    ]);
    const { id } = await insertInstance(api.database);
    await health.record(id, good, { unhealthyAfter: 1, healthyAfter: 1 });
    await health.record(id, bad, { unhealthyAfter: 1, healthyAfter: 1 });
    const answer = await until('the health is read anew', async () => {
      const answered = await stats();
      return (answered['health_over_time'] as unknown[]).length > 0 && answered;
    });
    expect(answer.orchestrations_in_flight).toEqual([
      expect.objectContaining({
        id: accepted['orchestration_id'],
        kind: 'create',
        instance_name: 'proddb',
        status: 'pending',
      }),
    ]);
    expect(answer.orchestrations_in_flight[0]?.activities).toHaveLength(CREATE.activities.length);
    expect(answer).toMatchObject({ capacity: { ports: { used: 1 } } });
    const stretches = answer['health_over_time'] as { checks: number }[];
    expect(stretches.reduce((sum, { checks: several }) => sum + several, 0)).toBe(2);
    expect(JSON.stringify(answer)).not.toContain('SecurePass');
  });

  it('knows how long creates took, by stage and in all', async () => {
    const { id } = await insertInstance(api.database);
    for (const [index, ms] of [100, 200, 300, 400].entries()) {
      await api.database.query(
        `WITH o AS (
           INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, deadline_at, dispatch_needed, created_at, started_at, finished_at)
           VALUES ($1, 'create', 1, $2, 'succeeded', 'test', now(), false, '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z'::timestamptz + make_interval(secs => 2 * $3::float8 / 1000))
           RETURNING id)
         INSERT INTO orchestration_activities (orchestration_id, position, phase, name, status, started_at, finished_at)
         SELECT id, 0, 'forward', 'instance.start', 'succeeded', '2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z'::timestamptz + make_interval(secs => $3::float8 / 1000) FROM o`,
        [`create-${String(index)}`, id, ms],
      );
    }
    expect((await stats())['create_latency']).toEqual([
      { stage: 'instance.start', p50_ms: 250, p95_ms: 385, samples: 4 },
      { stage: 'total', p50_ms: 500, p95_ms: 770, samples: 4 },
    ]);
  });
});
