import { expect } from 'vitest';
import { type InstanceState, TRANSITIONS } from '../../server/src/features/instances/domain/instance.js';
import type { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';
import { CANARY, type ChaosClient, type KnownInstance, type Tally } from './chaos-client.js';

/** How long it may take until nothing is under way any more, in seconds: longer than the pauses between attempts. */
const QUIET_SECONDS = 120;

/** @throws naming what is stuck */
export async function untilQuiet({ database }: TestSystem): Promise<void> {
  const open = (): Promise<object[]> =>
    database.query(
      `SELECT o.id, o.status, o.generation, o.dispatch_needed, o.cancel_requested, o.after_id, o.error, i.state,
         (SELECT jsonb_agg(jsonb_build_object('name', name, 'status', a.status, 'attempt', attempt, 'error', a.error,
            'lease', lease_expires_at - now()) ORDER BY position)
          FROM orchestration_activities a WHERE a.orchestration_id = o.id) AS activities
       FROM orchestrations o JOIN instances i ON i.id = o.instance_id
       WHERE o.status IN ('pending', 'running', 'compensating')
       UNION ALL
       SELECT id, status, NULL, NULL, cancel_requested, NULL, NULL, NULL, counts FROM batches WHERE status = 'running'`,
    );
  try {
    await until('nothing is under way', async () => (await open()).length === 0, QUIET_SECONDS);
  } catch (error) {
    throw new Error(`Stuck: ${JSON.stringify(await open(), null, 2)}`, { cause: error });
  }
}

interface Instance {
  readonly state: InstanceState;
  readonly failure_code: string | null;
  readonly deletion_protection: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

async function get(client: ChaosClient, { id }: KnownInstance): Promise<Instance> {
  return (await client.ask('GET', `instances/${id}`)).body as unknown as Instance;
}

/** Compares what the API says now with what the client was answered. An orchestration may fail, but then it says why. */
export async function compareWithModel(system: TestSystem, client: ChaosClient, tally: Tally): Promise<void> {
  for (const known of client.instances) {
    const instance = await get(client, known);
    const about = JSON.stringify({ client: client.name, known, ends: [...known.ends], instance });
    if (instance.state !== 'purged') {
      expect(instance.deletion_protection, about).toBe(known.protected);
      expect(instance.tags['team'] ?? null, about).toBe(known.team);
    }
    if (known.ends.has(instance.state)) {
      continue;
    }
    // Something was tried as often as it may be, and was killed each time.
    const failures = await system.database.query<{ id: string; error_code: string }>(
      `SELECT id, error_code FROM orchestrations WHERE instance_id = $1 AND status = 'failed' AND kind <> 'recover'`,
      [known.id],
    );
    expect(failures.length, about).toBeGreaterThan(0);
    if (instance.state === 'failed') {
      expect(instance.failure_code, about).toEqual(expect.any(String));
    }
    tally.add(`failed: ${failures.map(({ error_code: code }) => code).join('+')}`);
  }
}

/** Every instance that holds data is brought to run, whatever has become of it, and has all that was confirmed. */
export async function findAllRows(system: TestSystem, client: ChaosClient, tally: Tally): Promise<void> {
  const there = await Promise.all(
    client.instances.map(async (known) => {
      const { state } = await get(client, known);
      const path = state === 'deleted' ? 'undelete' : 'start';
      if (state === 'stopped' || state === 'deleted' || state === 'failed') {
        const { status, body } = await client.ask('POST', `instances/${known.id}/${path}`);
        // What failed before it ran has nothing that could be started.
        expect(status === 202 || state === 'failed', JSON.stringify({ known, body })).toBe(true);
        return status === 202 ? known : undefined;
      }
      return state === 'running' ? known : undefined;
    }),
  );
  await untilQuiet(system);
  for (const known of there.filter((one) => one !== undefined)) {
    const instance = await until(`${known.name} lets somebody in`, async () => {
      const now = await get(client, known);
      expect(now.state, JSON.stringify(now)).toBe('running');
      const rows = await client.read(known).catch(() => undefined);
      return rows && { rows };
    });
    const rows = new Set(instance.rows);
    const lost = [...known.rows].filter((row) => !rows.has(row));
    expect(lost, `${known.name} has lost rows that were confirmed`).toEqual([]);
    expect([...rows].filter((row) => !known.perhaps.has(row))).toEqual([]);
    tally.add('rows found', known.rows.size);
  }
}

/** What the timeline tells of an instance is a way that exists, without a gap. */
export async function checkTimelines({ database }: TestSystem): Promise<void> {
  const moves = await database.query<{ instance_id: string; from: InstanceState | null; state: InstanceState }>(
    `SELECT instance_id, data ->> 'from' AS from, data ->> 'state' AS state FROM instance_events
     WHERE type IN ('instance.created', 'instance.state_changed') ORDER BY id`,
  );
  const present = new Map<string, InstanceState>();
  for (const { instance_id: id, from, state } of moves) {
    expect({ id, from }).toEqual({ id, from: present.get(id) ?? null });
    if (from !== null) {
      expect(TRANSITIONS[from], `${id}: ${from} to ${state}`).toContain(state);
    }
    present.set(id, state);
  }
  const rows = await database.query<{ id: string; state: InstanceState }>(`SELECT id, state FROM instances`);
  expect(rows.filter(({ id, state }) => present.get(id) !== state)).toEqual([]);
}

/** Nothing that is written anywhere holds a password. */
export async function checkSecrets({ database, output }: TestSystem): Promise<void> {
  expect(output.includes(CANARY), 'a password is in the log').toBe(false);
  const tables = await database.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  for (const { name } of tables) {
    const [found] = await database.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${name} t WHERE t::text LIKE $1`,
      [`%${CANARY}%`],
    );
    expect(found, `a password is in ${name}`).toEqual({ count: 0 });
  }
}

/** Removes everything, and sees that nothing is left. */
export async function clearAll(system: TestSystem, clients: readonly ChaosClient[]): Promise<void> {
  await Promise.all(
    clients.flatMap((client) =>
      client.instances.map(async ({ id }) => {
        await client.ask('PATCH', `instances/${id}`, { deletion_protection: false });
        const { status, body } = await client.ask('DELETE', `instances/${id}?purge=true`);
        expect(status, JSON.stringify(body)).toBe(202);
      }),
    ),
  );
  await untilQuiet(system);
  expect(await system.resources()).toEqual({ directories: [], processes: [] });
  expect(await system.database.query('SELECT FROM instance_ports')).toEqual([]);
  expect(await system.database.query(`SELECT name, state FROM instances WHERE state <> 'purged'`)).toEqual([]);
}
