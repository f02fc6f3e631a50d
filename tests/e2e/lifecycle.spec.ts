import { createToygres, type InstanceDetails, type KeptEvent, type Toygres } from '#sdk';
import { Client } from 'pg';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CREATE } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

const run = promisify(execFile);
const PASSWORD = `It's a "pass": w@rd/\\ with Ümläuts & 1%`;

const BACKENDS: readonly [name: string, redisUrl: () => string | null][] = [
  ['PostgreSQL', () => null],
  ['Redis', () => inject('redisUrl')],
];

/** What an event says; a stream that begins at the first event has no reset. */
const dataOf = (event: KeptEvent): Readonly<Record<string, unknown>> => ('data' in event ? event.data : {});

/** What a query on an instance answers, by the connection string that the API gives. */
async function ask(connectionString: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

describe.each(BACKENDS)('api and worker apart, with the queue in %s', (backend, redisUrl) => {
  const missing = backend === 'Redis' && inject('redisUrl') === null;
  let system: TestSystem;
  let toygres: Toygres;

  beforeAll(async () => {
    if (!missing) {
      system = await TestSystem.start({ workers: 2, redisUrl: redisUrl() });
      toygres = createToygres({ baseUrl: system.url });
    }
  });

  afterAll(async () => {
    if (!missing) {
      await system.expectConsistency();
      await system.stop();
    }
  });

  const body = (name: string, version = '18') => ({
    name,
    password: PASSWORD,
    postgres_version: version,
    storage_size_gb: 10,
  });

  /** The first event of an instance that meets the condition; the stream begins at its first event. */
  const event = async (instance: string, is: (event: KeptEvent) => boolean): Promise<KeptEvent> => {
    for await (const seen of toygres.events({ instance, lastEventId: '0', signal: AbortSignal.timeout(60_000) })) {
      if (is(seen)) {
        return seen;
      }
    }
    throw new Error('The stream ended.');
  };

  it.each(['15', '16', '17', '18'])('creates, shows, connects to and deletes a PostgreSQL %s', async (version) => {
    const name = `life-${version}`;
    const accepted = await toygres.instances.create(body(name, version));
    const running = await toygres.instances.waitUntil(name, 'running');
    expect(running).toMatchObject({ id: accepted.instance_id, postgres_version: version, failure_reason: null });

    const orchestration = await toygres.orchestrations.get(accepted.orchestration_id);
    expect(orchestration.status).toBe('succeeded');
    expect(orchestration.activities.map(({ name: activity, status }) => [activity, status])).toEqual(
      CREATE.activities.map(({ name: activity }) => [activity, 'succeeded']),
    );

    const credentials = await toygres.instances.credentials(name);
    for (const url of [credentials.dns_connection_string, credentials.ip_connection_string ?? '']) {
      expect(await ask(url, `SELECT current_setting('server_version_num')::int / 10000 AS answer`)).toBe(
        Number(version),
      );
    }
    expect(
      await ask(
        credentials.dns_connection_string,
        `SELECT rolsuper AS answer FROM pg_roles WHERE rolname = 'toygres_monitor'`,
      ),
    ).toBe(false);
    await expect(
      ask(credentials.dns_connection_string.replace(encodeURIComponent(PASSWORD), 'wrong'), 'SELECT 1'),
    ).rejects.toThrow('password authentication failed');

    await event(name, (seen) => dataOf(seen)['health_status'] === 'healthy');
    const healthy = await toygres.instances.get(name);
    expect(healthy.server_version).toMatch(new RegExp(`^PostgreSQL ${version}\\.`));
    expect(healthy.usage?.databases).toBe(1);
    const health = await toygres.instances.health(name);
    expect(health.history[0]).toMatchObject({ status: 'healthy' });

    expect(await toygres.instances.testConnection(name)).toEqual({
      ok: true,
      response_time_ms: expect.any(Number) as number,
      server_version: healthy.server_version,
      error: null,
      tested_at: expect.any(String) as string,
    });
    await ask(credentials.dns_connection_string, `ALTER ROLE postgres PASSWORD 'changed behind the back'`);
    expect(await toygres.instances.testConnection(name)).toMatchObject({
      ok: false,
      error: 'The server refuses the stored password: it was changed on the server itself.',
    });

    const deletion = await toygres.instances.delete(name, { purge: true });
    await toygres.instances.waitUntil(accepted.instance_id, 'purged');
    expect((await toygres.orchestrations.get(deletion.orchestration_id ?? '')).status).toBe('succeeded');
    await expect(toygres.instances.get(name)).rejects.toMatchObject({ code: 'instance_not_found' });
    expect(await toygres.instances.get(accepted.instance_id)).toMatchObject({ state: 'purged' });
    expect(await system.resources()).toEqual({ directories: [], processes: [] });
  });

  it('gives strings that psql takes as they are', async (context) => {
    const psql = await run('psql', ['--version']).then(
      () => true,
      () => false,
    );
    context.skip(!psql, 'there is no psql');
    await toygres.instances.create(body('psql'));
    await toygres.instances.waitUntil('psql', 'running');
    const { dns_connection_string: url } = await toygres.instances.credentials('psql');
    const { stdout } = await run('psql', [url, '-Atc', 'SELECT 40 + 2']);
    expect(stdout.trim()).toBe('42');
    await toygres.instances.delete('psql', { purge: true });
  });

  it('sees a server that was killed as unhealthy within two intervals and brings it back with its data', async () => {
    const { instance_id: id } = await toygres.instances.create(body('killed'));
    await toygres.instances.waitUntil('killed', 'running');
    await event('killed', (seen) => dataOf(seen)['health_status'] === 'healthy');
    const { dns_connection_string: url } = await toygres.instances.credentials('killed');
    await ask(url, 'CREATE TABLE kept AS SELECT 7 AS answer');
    await ask(url, 'CHECKPOINT');
    const [postmaster = 0] = (await system.resources()).processes;
    process.kill(postmaster, 'SIGKILL');

    const unhealthy = await event('killed', (seen) => dataOf(seen)['health_status'] === 'unhealthy');
    expect(dataOf(unhealthy)['reason']).toMatch(/server/i);
    const after = { instance: id, lastEventId: unhealthy.id, signal: AbortSignal.timeout(60_000) };
    for await (const seen of toygres.events(after)) {
      if (dataOf(seen)['health_status'] === 'healthy') {
        break;
      }
    }
    expect(await ask(url, 'SELECT answer FROM kept')).toBe(7);
    const instance = await toygres.instances.get('killed');
    expect(instance.state).toBe('running');
    const { orchestrations } = await toygres.orchestrations.list({ kind: ['recover'], instance_id: id });
    expect(orchestrations).toEqual([expect.objectContaining({ status: 'succeeded', started_by: 'supervisor' })]);
    await toygres.instances.delete('killed', { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
  });

  it('deletes an instance that is being created', async () => {
    const { instance_id: id, orchestration_id: create } = await toygres.instances.create(body('hasty'));
    await toygres.instances.delete('hasty', { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
    expect((await toygres.orchestrations.get(create)).status).toBe('cancelled');
  });

  it('keeps instances running while workers and api are killed, and takes them over', async () => {
    const { instance_id: id } = await toygres.instances.create(body('adopted'));
    await toygres.instances.waitUntil('adopted', 'running');
    const before = await system.resources();
    await Promise.all(system.workers.splice(0).map((worker) => worker.stop('SIGKILL')));
    await system.restartApi('SIGKILL');
    await system.startWorker();
    await until('the new worker has checked the instance', async () => {
      const { last_health_check: check } = await toygres.instances.get(id);
      return check !== null && Date.parse(check.checked_at) > Date.now() - 2_000;
    });
    expect((await system.resources()).processes).toEqual(before.processes);
    expect((await toygres.orchestrations.list({ kind: ['recover'], instance_id: id })).total).toBe(0);
    await toygres.instances.delete('adopted', { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
  });

  it('ends api and worker by SIGTERM within ten seconds while a create is under way, and loses nothing', async () => {
    const { instance_id: id } = await toygres.instances.create(body('handed-on'));
    const begun = Date.now();
    const codes = await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
    await system.restartApi();
    expect(codes).toEqual([0]);
    expect(Date.now() - begun).toBeLessThan(20_000);
    await system.startWorker();
    const running: InstanceDetails = await toygres.instances.waitUntil(id, 'running');
    expect(running.failure_reason).toBeNull();
    await toygres.instances.delete(id, { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
    expect(system.output).not.toContain(PASSWORD);
  });
});
