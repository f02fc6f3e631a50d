import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BatchDetails, createToygres, type KeptEvent, type Toygres } from '#sdk';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

const template = { postgres_version: '18', storage_size_gb: 10, tags: { made: 'together' } };

/** Many instances by one request, with real servers and two workers. */
describe('a batch', () => {
  let system: TestSystem;
  let toygres: Toygres;

  beforeAll(async () => {
    system = await TestSystem.start({ workers: 2, environment: { TOYGRES_BULK_PARALLELISM: '3' } });
    toygres = createToygres({ baseUrl: system.url });
  });

  afterEach(async () => {
    await system.expectConsistency();
  });

  afterAll(async () => {
    await system.stop();
  });

  const names = async (query = {}): Promise<string[]> => {
    const all: string[] = [];
    for await (const { user_name: name } of toygres.instances.all(query)) {
      all.push(name);
    }
    return all.toSorted();
  };

  async function purge(of: readonly string[]): Promise<BatchDetails> {
    const { batch_id: id } = await toygres.instances.deleteMany(of, { purge: true });
    return toygres.batches.waitForEnd(id);
  }

  it('creates a series, tells how far it is, and goes on where a name is taken', async () => {
    await toygres.instances.create({ ...template, name: 'shop-03', password: 'SecurePass123!' });
    await toygres.instances.waitUntil('shop-03', 'running');
    const told: KeptEvent[] = [];
    const stop = new AbortController();
    const listening = (async () => {
      for await (const event of toygres.events({ signal: stop.signal })) {
        told.push(event);
      }
    })().catch(() => undefined);

    const { batch_id: id, total } = await toygres.instances.createMany({ baseName: 'shop', count: 10, template });
    expect(total).toBe(10);
    const batch = await toygres.batches.waitForEnd(id);
    expect(batch).toMatchObject({ status: 'failed', succeeded: 9, failed: 1, pending: 0, running: 0 });
    expect(batch.items.filter(({ status }) => status === 'failed')).toMatchObject([
      { name: 'shop-03', error_code: 'name_taken' },
    ]);
    expect(await names({ state: ['running'] })).toEqual(batch.items.map(({ name }) => name));
    expect((await toygres.instances.testConnection('shop-10')).ok).toBe(true);

    await until('the end was told', async () =>
      told.some((event) => event.type === 'batch.changed' && event.data['status'] === 'failed'),
    );
    stop.abort();
    await listening;
    const counts = told.flatMap((event) => (event.type === 'batch.changed' ? [event.data] : []));
    expect(Math.max(...counts.map(({ running }) => Number(running)))).toBe(3);
    const ended = counts.map(({ succeeded, failed }) => Number(succeeded) + Number(failed));
    expect(ended).toEqual(ended.toSorted((a, b) => a - b));
  });

  it('deletes what it can, and says of what it can not why', async () => {
    await toygres.instances.update('shop-05', { deletion_protection: true });
    const all = await names();
    const first = await purge(all);
    expect(first).toMatchObject({ kind: 'purge', status: 'failed', succeeded: 9, failed: 1 });
    expect(first.items.find(({ status }) => status === 'failed')).toMatchObject({
      name: 'shop-05',
      error_code: 'deletion_protected',
    });
    expect(await names()).toEqual(['shop-05']);
    await toygres.instances.update('shop-05', { deletion_protection: false });
    expect(await purge(['shop-05'])).toMatchObject({ status: 'succeeded' });
    expect(await system.resources()).toEqual({ directories: [], processes: [] });
  });

  it('is called off: what was begun goes on, the rest is never made', async () => {
    const { batch_id: id } = await toygres.instances.createMany({ baseName: 'half', count: 30, template });
    await until('something of it has ended', async () => (await toygres.batches.get(id)).succeeded > 0);
    await toygres.batches.cancel(id);
    const { status, succeeded, cancelled, items } = await toygres.batches.waitForEnd(id);
    expect(status).toBe('cancelled');
    expect(cancelled).toBeGreaterThan(0);
    expect(succeeded + cancelled).toBe(30);
    expect(await names()).toEqual(items.flatMap((item) => (item.status === 'succeeded' ? [item.name] : [])));
    await purge(await names());
  });

  it('ends whatever dies meanwhile: every instance is made once', async () => {
    const { batch_id: id } = await toygres.instances.createMany({ baseName: 'tough', count: 12, template });
    for (const count of [2, 6]) {
      await until(`${String(count)} have ended`, async () => (await toygres.batches.get(id)).succeeded >= count);
      const worker = system.workers.shift();
      await worker?.stop('SIGKILL');
      await system.restartApi('SIGKILL');
      await system.startWorker();
    }
    expect(await toygres.batches.waitForEnd(id)).toMatchObject({ status: 'succeeded', succeeded: 12 });
    expect((await system.resources()).processes).toHaveLength(12);
    await purge(await names());
  });
});
