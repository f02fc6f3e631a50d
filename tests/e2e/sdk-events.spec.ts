import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToygres, type InstanceCheck, type Toygres } from '#sdk';
import { TestSystem } from '../support/test-system.js';

const NEW = { password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 };

describe('the events of the SDK', () => {
  let system: TestSystem;
  let toygres: Toygres;

  beforeAll(async () => {
    system = await TestSystem.start();
    toygres = createToygres({ baseUrl: system.url });
  });

  afterAll(async () => {
    await system.stop();
  });

  it('are all there, once each and in their order, although the API is killed and started again meanwhile', async () => {
    const seen: string[] = [];
    const opened = Promise.withResolvers<true>();
    const listening = (async () => {
      const onOpen = (): void => opened.resolve(true);
      for await (const event of toygres.events({ onOpen })) {
        seen.push(event.id);
        if (event.type === 'instance.state_changed' && event.data['state'] === 'purged') {
          return;
        }
      }
    })();
    await opened.promise;

    const { instance_id: id } = await toygres.instances.create({ ...NEW, name: 'eventdb' });
    await system.restartApi('SIGKILL');
    const waiting = toygres.instances.waitUntil('eventdb', 'running');
    await system.restartApi('SIGTERM');
    await waiting;
    await toygres.instances.delete('eventdb', { purge: true });
    await system.restartApi('SIGKILL');
    await toygres.instances.waitUntil(id, 'purged');
    await listening;

    const rows = await system.database.query<{ id: string; type: string }>(
      'SELECT id, type FROM instance_events ORDER BY id',
    );
    const last = rows.findIndex((row) => row.id === seen.at(-1));
    expect(seen).toEqual(rows.slice(0, last + 1).map((row) => row.id));
    expect(seen.length).toBeGreaterThan(10);
  });

  it('tell of health checks to those who ask, until a server that is killed is seen to be gone', async () => {
    const { instance_id: id } = await toygres.instances.create({ ...NEW, name: 'checkdb' });
    await toygres.instances.waitUntil(id, 'running');
    const seen: InstanceCheck[] = [];
    const kept: string[] = [];
    for await (const event of toygres.events({ checks: true, instance: id, signal: AbortSignal.timeout(60_000) })) {
      if (event.type !== 'health.checked') {
        kept.push(event.type);
        continue;
      }
      if (seen.length === 0) {
        const [postmaster] = (await system.resources()).processes;
        process.kill(postmaster ?? Number.NaN, 'SIGKILL');
      }
      seen.push(...event.checks);
      if (event.checks.some(({ status }) => status === 'unhealthy')) {
        break;
      }
    }
    expect(new Set(seen.map(({ instance_id }) => instance_id))).toEqual(new Set([id]));
    expect(seen[0]).toMatchObject({ status: 'healthy', reason: null, response_time_ms: expect.any(Number) as number });
    expect(seen.find(({ status }) => status === 'unhealthy')).toMatchObject({
      response_time_ms: null,
      reason: expect.stringMatching(/server/i) as string,
    });
    expect(new Set(seen.map(({ checked_at }) => checked_at)).size).toBe(seen.length);
    expect(kept).not.toContain('health.checked');
    const { events } = await toygres.instances.timeline(id, { limit: 500 });
    expect(events.map(({ type }) => type)).not.toContain('health.checked');
    await toygres.instances.delete(id, { purge: true });
    await toygres.instances.waitUntil(id, 'purged');
  });

  it('begin after an event that was seen before', async () => {
    const { events } = await toygres.instances.timeline(await idOf('eventdb'));
    const [third, second, first] = events.slice(-3);
    const next: string[] = [];
    for await (const event of toygres.events({ lastEventId: first?.id ?? '' })) {
      next.push(event.id);
      if (next.length === 2) {
        break;
      }
    }
    expect(next).toEqual([second?.id, third?.id]);
  });

  async function idOf(name: string): Promise<string> {
    for await (const instance of toygres.instances.all({ state: ['purged'] })) {
      if (instance.user_name === name) {
        return instance.id;
      }
    }
    throw new Error(`There is no deleted instance "${name}".`);
  }
});
