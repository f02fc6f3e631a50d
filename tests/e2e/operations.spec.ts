import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToygres, type Toygres } from '#sdk';
import { connectionConfig } from '../../server/src/platform/database/connection.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

const NEW = { password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 };

async function ask<Value>(url: string, sql: string): Promise<Value> {
  const client = new Client(connectionConfig(url, 'toygres test'));
  await client.connect();
  try {
    const { rows } = await client.query<{ value: Value }>(sql);
    return rows[0]?.value as Value;
  } finally {
    await client.end();
  }
}

/** What people do with an instance between its creation and its end, with real servers. */
describe('an instance', () => {
  let system: TestSystem;
  let toygres: Toygres;

  beforeAll(async () => {
    system = await TestSystem.start();
    toygres = createToygres({ baseUrl: system.url });
  });

  afterEach(async () => {
    await system.expectConsistency();
  });

  afterAll(async () => {
    await system.stop();
  });

  async function running(name: string): Promise<{ readonly id: string; readonly url: string }> {
    const { instance_id: id } = await toygres.instances.create({ ...NEW, name });
    await toygres.instances.waitUntil(id, 'running');
    const { dns_connection_string: url } = await toygres.instances.credentials(id);
    await ask(url, 'CREATE TABLE kept AS SELECT 42 AS value');
    return { id, url };
  }

  async function purge(id: string): Promise<void> {
    await toygres.instances.delete(id, { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
    expect(await system.resources()).toEqual({ directories: [], processes: [] });
    expect(await system.database.query('SELECT FROM instance_ports')).toEqual([]);
  }

  it('is stopped with its data and port, is not checked meanwhile, and is started again', async () => {
    const { id, url } = await running('stopped');
    const { orchestration_id: stop } = await toygres.instances.stop(id);
    const stopped = await toygres.instances.waitUntil(id, 'stopped');
    expect(stopped).toMatchObject({ health_status: 'unknown', endpoint: { port: Number(new URL(url).port) } });
    expect(await toygres.orchestrations.get(stop ?? '')).toMatchObject({ kind: 'stop', status: 'succeeded' });
    const { directories, processes } = await system.resources();
    expect({ directories: directories.length, processes }).toEqual({ directories: 1, processes: [] });
    await expect(ask(url, 'SELECT 1 AS value')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(await toygres.instances.testConnection(id)).toMatchObject({ ok: false });

    // Another instance is checked three times meanwhile.
    const other = await running('checked');
    const checks = async (of: string): Promise<number> => (await toygres.instances.health(of)).history.length;
    const before = await checks(id);
    await until('the other one was checked', async () => (await checks(other.id)) >= 3);
    expect(await checks(id)).toBe(before);
    expect((await toygres.orchestrations.list({ instance_id: id, kind: ['recover'] })).total).toBe(0);

    await toygres.instances.start(id);
    await toygres.instances.waitUntil(id, 'running');
    expect(await ask(url, 'SELECT value FROM kept')).toBe(42);
    await until('it is healthy', async () => (await toygres.instances.get(id)).health_status === 'healthy');
    await toygres.instances.delete(other.id, { purge: true });
    await toygres.instances.waitUntil(other.id, 'purged');
    await purge(id);
  });

  it('is started when it is stopped, although that was asked for while it was being stopped', async () => {
    const { id, url } = await running('queued');
    const [stop, start] = [await toygres.instances.stop(id), await toygres.instances.start(id)];
    expect([stop.state, start.state]).toEqual(['stopping', 'stopping']);
    await toygres.instances.waitUntil(id, 'running');
    expect(await ask(url, 'SELECT value FROM kept')).toBe(42);
    const { events } = await toygres.instances.timeline(id, { limit: 500 });
    const states = events
      .filter(({ type }) => type === 'instance.state_changed')
      .map(({ data }) => data['state'])
      .reverse();
    expect(states).toEqual(['running', 'stopping', 'stopped', 'starting', 'running']);
    await purge(id);
  });

  it('is restarted: another server with the same data', async () => {
    const { id, url } = await running('restarted');
    const started = 'SELECT pg_postmaster_start_time()::text AS value';
    const before = await ask<string>(url, started);
    const { state } = await toygres.instances.restart(id);
    expect(state).toBe('restarting');
    await toygres.instances.waitUntil(id, 'running');
    expect(await ask(url, started)).not.toBe(before);
    expect(await ask(url, 'SELECT value FROM kept')).toBe(42);
    await purge(id);
  });

  it('is deleted, kept, and brought back as it was; then purged, and its name is free', async () => {
    const { id, url } = await running('kept');
    await toygres.instances.delete('kept');
    const deleted = await toygres.instances.waitUntil(id, 'deleted');
    expect(Date.parse(deleted.purge_at ?? '')).toBeGreaterThan(Date.now() + 6 * 24 * 3_600_000);
    expect((await toygres.instances.list()).instances).toEqual([]);
    expect((await toygres.instances.list({ state: ['deleted'] })).instances).toMatchObject([{ id }]);
    expect((await system.resources()).processes).toEqual([]);
    await expect(toygres.instances.create({ ...NEW, name: 'kept' })).rejects.toMatchObject({
      code: 'name_taken',
      message: expect.stringContaining('can be brought back until') as string,
    });

    await toygres.instances.undelete('kept');
    await toygres.instances.waitUntil(id, 'running');
    expect((await toygres.instances.credentials('kept')).dns_connection_string).toBe(url);
    expect(await ask(url, 'SELECT value FROM kept')).toBe(42);

    await toygres.instances.delete('kept');
    await toygres.instances.waitUntil(id, 'deleted');
    await purge(id);
    await toygres.instances.create({ ...NEW, name: 'kept' });
    const again = await toygres.instances.waitUntil('kept', 'running');
    expect(again.id).not.toBe(id);
    await purge(again.id);
  });

  it('is purged by itself when its time is up', async () => {
    const { id } = await running('expired');
    await toygres.instances.delete(id);
    await toygres.instances.waitUntil(id, 'deleted');
    await system.database.query(`UPDATE instances SET purge_at = now() WHERE id = $1`, [id]);
    await toygres.instances.waitUntil(id, 'purged', { signal: AbortSignal.timeout(60_000) });
    const { orchestrations } = await toygres.orchestrations.list({ instance_id: id, kind: ['purge'] });
    expect(orchestrations).toMatchObject([{ started_by: 'retention', status: 'succeeded' }]);
    expect(await system.resources()).toEqual({ directories: [], processes: [] });
  });

  it('leaves nothing behind when its creation is called off, and is there when that is gone on with', async () => {
    const { instance_id: id, orchestration_id: create } = await toygres.instances.create({ ...NEW, name: 'cancelled' });
    await toygres.orchestrations.cancel(create);
    const failed = await toygres.instances.waitUntil(id, 'failed');
    expect(failed).toMatchObject({ failure_code: 'cancelled', failure_reason: 'It was called off.', endpoint: null });
    expect(await toygres.orchestrations.get(create)).toMatchObject({ status: 'cancelled', retryable: true });
    expect(await system.resources()).toEqual({ directories: [], processes: [] });

    await toygres.orchestrations.retry(create);
    await toygres.instances.waitUntil(id, 'running');
    expect(await toygres.orchestrations.get(create)).toMatchObject({ status: 'succeeded', retries: 1, error: null });
    await purge(id);
  });

  it('has one winner of fifty who want its name at once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, () => toygres.instances.create({ ...NEW, name: 'wanted' })),
    );
    const accepted = results.filter(({ status }) => status === 'fulfilled');
    const refused = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as unknown);
    expect(accepted).toHaveLength(1);
    expect(refused).toHaveLength(49);
    for (const error of refused) {
      expect(error).toMatchObject({ status: 409, code: 'name_taken' });
    }
    const { id } = await toygres.instances.get('wanted');
    await toygres.instances.waitUntil(id, 'running');
    await purge(id);
  });

  it('is told apart from what belongs to nobody, and from what has lost something', async () => {
    const { id } = await running('looked-at');
    await system.expectConsistency();
    const [pid = 0] = (await system.resources()).processes;
    // Somebody brings back an older metadata database, in which the instance is purged.
    await system.database.query(`UPDATE instances SET state = 'purged' WHERE id = $1`, [id]);
    const { findings } = await toygres.consistency();
    expect(findings.map(({ code, resource_kind: kind }) => [code, kind]).sort()).toEqual([
      ['left_over', 'directory'],
      ['left_over', 'port'],
      ['left_over', 'process'],
    ]);
    expect(findings).toContainEqual(expect.objectContaining({ instance_name: 'looked-at', resource: String(pid) }));

    await system.database.query(`UPDATE instances SET state = 'stopped' WHERE id = $1`, [id]);
    expect((await toygres.consistency()).findings).toMatchObject([{ code: 'left_over', resource_kind: 'process' }]);
    await system.database.query(`UPDATE instances SET state = 'running' WHERE id = $1`, [id]);
    await system.database.query(`DELETE FROM instance_ports WHERE instance_id = $1`, [id]);
    expect(await toygres.consistency()).toMatchObject({
      consistent: false,
      findings: [{ code: 'missing_resource', resource_kind: 'port', resource: null }],
    });
    await purge(id);
  });

  it('is gone in the end when a former build has begun its deletion, which kept nothing', async () => {
    const { id } = await running('former');
    await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
    // As version 1 of the definition wrote it, in the midst of its second activity.
    await system.database.query(
      `WITH orchestration AS (
         INSERT INTO orchestrations (id, kind, definition_version, instance_id, status, started_by, generation, dispatch_needed,
           dispatched_at, started_at, deadline_at)
         VALUES ('delete-former', 'delete', 1, $1, 'running', 'anonymous', 1, false, now(), now(), now() + interval '30 minutes')
         RETURNING id)
       INSERT INTO orchestration_activities (orchestration_id, position, phase, name, status, attempt, started_at, attempt_started_at,
         finished_at, lease_token, lease_expires_at)
       SELECT id, position, 'forward', name, status, attempt, begun, begun, finished, token, token_end
       FROM orchestration, (VALUES
         (0, 'instance.stop-server', 'succeeded', 1, now(), now(), NULL::uuid, NULL::timestamptz),
         (1, 'instance.remove', 'running', 1, now(), NULL, gen_random_uuid(), now()),
         (2, 'instance.verify-gone', 'pending', 0, NULL, NULL, NULL, NULL)
       ) AS rows (position, name, status, attempt, begun, finished, token, token_end)`,
      [id],
    );
    await system.database.query(`UPDATE instances SET state = 'deleting' WHERE id = $1`, [id]);
    await system.startWorker();
    await toygres.instances.waitUntil(id, 'purged', { signal: AbortSignal.timeout(60_000) });
    expect(await system.resources()).toEqual({ directories: [], processes: [] });
    await toygres.instances.create({ ...NEW, name: 'former' });
    await toygres.instances.waitUntil('former', 'running');
    await purge((await toygres.instances.get('former')).id);
  });
});
