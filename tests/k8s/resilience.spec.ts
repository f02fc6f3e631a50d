import { KubeConfig } from '@kubernetes/client-node';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { INSTANCE_ORCHESTRATIONS } from '../../server/src/features/instances/domain/instance-orchestrations.js';
import { errorMessage } from '../../server/src/platform/errors/domain-error.js';
import { pause } from '../../server/src/platform/embedded-postgres/pause.js';
import { until } from '../support/until.js';
import { ApiServerProxy, type SeenRequest } from './api-server-proxy.js';
import { ClusterSystem, type ClusterSystemOptions, NEW, patient } from './cluster-system.js';

const never = new AbortController().signal;

/** A client that writes one row after the other, connects again when it is cut off, and remembers what was acknowledged. */
class Writer {
  readonly acknowledged: number[] = [];
  readonly #end = new AbortController();
  readonly #done: Promise<void>;
  cuts = 0;

  constructor(private readonly connectionString: string) {
    this.#done = this.#run();
  }

  async stop(): Promise<void> {
    this.#end.abort();
    await this.#done;
  }

  #isOver(): boolean {
    return this.#end.signal.aborted;
  }

  async #run(): Promise<void> {
    for (let id = 1; !this.#end.signal.aborted;) {
      const client = new Client({ connectionString: this.connectionString, connectionTimeoutMillis: 2_000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        while (!this.#isOver()) {
          // What was under way when the connection went may be there or not.
          await client.query('INSERT INTO ledger VALUES ($1) ON CONFLICT DO NOTHING', [id]);
          this.acknowledged.push(id);
          id += 1;
        }
      } catch {
        this.cuts += 1;
        await pause(100, never);
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  }
}

/** A test on a system of its own; record and reality agree after it. */
const inSystem =
  (test: (system: ClusterSystem) => Promise<void>, options: ClusterSystemOptions = {}) =>
  async (): Promise<void> => {
    const system = await ClusterSystem.start({ workers: 1, ...options });
    try {
      await test(system);
      await system.expectConsistency();
    } catch (error) {
      throw new Error(`${errorMessage(error)}\n${system.workers.map(({ output }) => output).join('\n')}`, {
        cause: error,
      });
    } finally {
      await system.stop();
    }
  };

async function running(system: ClusterSystem, name: string): Promise<string> {
  const { instance_id: id } = await system.toygres.instances.create({ ...NEW, name: system.unique(name) });
  await system.toygres.instances.waitUntil(id, 'running', patient());
  return id;
}

/** Begins something and kills the worker after each activity of it; another one finishes. */
async function killedAtEach(system: ClusterSystem, kind: string, begin: () => Promise<unknown>): Promise<number> {
  const definition = INSTANCE_ORCHESTRATIONS.find((one) => one.kind === kind);
  let kills = 0;
  await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
  for (const { name } of definition?.activities ?? []) {
    const victim = await system.startWorker(['tests/support/crashing-worker.mjs', name, 'recorded']);
    if (kills === 0) {
      await begin();
    }
    expect(await victim.exited()).toBe('SIGKILL');
    system.workers.length = 0;
    kills += 1;
  }
  await system.startWorker();
  return kills;
}

/** What goes wrong with workers, pods and objects, and with an API server that has too much to do. */
describe.concurrent('whatever goes wrong', () => {
  it(
    'every operation ends well whose worker is killed after each of its activities',
    inSystem(async (system) => {
      const { instances } = system.toygres;
      let id = '';
      const steps: (readonly [
        kind: string,
        begin: () => Promise<unknown>,
        state: Parameters<typeof instances.waitUntil>[1],
      ])[] = [
        [
          'create',
          async () => ({ instance_id: id } = await instances.create({ ...NEW, name: system.unique('killed') })),
          'running',
        ],
        ['stop', () => instances.stop(id), 'stopped'],
        ['start', () => instances.start(id), 'running'],
        ['restart', () => instances.restart(id), 'running'],
        ['delete', () => instances.delete(id), 'deleted'],
        ['undelete', () => instances.undelete(id), 'running'],
        ['purge', () => instances.delete(id, { purge: true }), 'purged'],
      ];
      let kills = 0;
      for (const [kind, begin, state] of steps) {
        kills += await killedAtEach(system, kind, begin);
        await instances.waitUntil(id, state, patient());
      }
      expect(kills).toBeGreaterThanOrEqual(steps.length);
      expect(await system.objects(id)).toEqual([]);
    }),
  );

  it(
    'no row that was acknowledged is lost when the pod is deleted under load',
    inSystem(async (system) => {
      const id = await running(system, 'loaded');
      const { k8s_name: name } = await system.toygres.instances.get(id);
      await system.query(id, 'CREATE TABLE ledger (id bigint PRIMARY KEY)');
      const { ip_connection_string: url } = await system.toygres.instances.credentials(id);
      const writer = new Writer(url ?? '');
      const pod = { namespace: system.namespace.name, name: `${name}-0` };
      for (const gracePeriodSeconds of [undefined, 0]) {
        const before = writer.acknowledged.length;
        const cuts = writer.cuts;
        await until('it is under load', () => Promise.resolve(writer.acknowledged.length > before + 100));
        await system.namespace.core.deleteNamespacedPod({
          ...pod,
          ...(gracePeriodSeconds !== undefined && { gracePeriodSeconds }),
        });
        const then = await until(
          'it was cut off',
          () => Promise.resolve(writer.cuts > cuts && writer.acknowledged.length),
          60,
        );
        await until('it writes again', () => Promise.resolve(writer.acknowledged.length > then + 100), 90);
      }
      await system.namespace.kill(name);
      const then = writer.acknowledged.length;
      await until('it writes again', () => Promise.resolve(writer.acknowledged.length > then + 100), 90);
      await writer.stop();
      const rows = await system.query<{ id: string }>(id, 'SELECT id FROM ledger');
      const there = new Set(rows.map((row) => Number(row.id)));
      expect(writer.acknowledged.filter((one) => !there.has(one))).toEqual([]);
      expect(writer.acknowledged.length).toBeGreaterThan(300);
      await system.purge(id);
    }),
  );

  it(
    'another controller that fights for a field is reported, and not fought in a loop',
    inSystem(async (system) => {
      const id = await running(system, 'fought');
      const { k8s_name: name } = await system.toygres.instances.get(id);
      const { core, name: namespace } = system.namespace;
      const at = { namespace, name };
      const ours = (await core.readNamespacedConfigMap(at)).data?.['postgresql.conf'];
      let fought = 0;
      const end = Date.now() + 10_000;
      while (Date.now() < end) {
        const { data, metadata } = await core.readNamespacedConfigMap(at);
        if (data?.['postgresql.conf'] === ours) {
          fought += 1;
          await core.replaceNamespacedConfigMap({
            ...at,
            body: { ...(metadata && { metadata }), data: { ...data, 'postgresql.conf': '# mine' } },
          });
        }
        await pause(50, never);
      }
      // Compared every two seconds; each may mend it once.
      expect(fought).toBeGreaterThan(1);
      expect(fought).toBeLessThanOrEqual(7);
      await until(
        'it is as it should be',
        async () => (await core.readNamespacedConfigMap(at)).data?.['postgresql.conf'] === ours,
        // What comes again and again is mended once a minute.
        90,
      );
      const { findings } = await system.toygres.findings.list({ resolved: true });
      expect(findings).toContainEqual(
        expect.objectContaining({ code: 'drifted', resource: `ConfigMap/${name}`, instance_id: id }),
      );
      await system.purge(id);
    }),
  );

  it('everything ends well on an API server that has too much to do, and nothing is asked of it while nothing happens', async () => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromDefault();
    const proxy = await ApiServerProxy.start(kubeConfig);
    const test = async (system: ClusterSystem) => expect(await askedWhenIdle(system, proxy)).toEqual([]);
    await inSystem(test, { apiServer: proxy.url })();
    proxy.close();
  });
});

/** @returns what was asked while nothing happened, after everything had gone well in spite of the trouble */
async function askedWhenIdle(system: ClusterSystem, proxy: ApiServerProxy): Promise<readonly SeenRequest[]> {
  const { instances } = system.toygres;
  const { instance_id: id } = await instances.create({ ...NEW, name: system.unique('quiet') });
  await instances.waitUntil(id, 'running', patient());
  await system.expectConsistency();

  const troubles = [429, null, 500, null, 'cut', null, 503, null] as const;
  let turn = 0;
  proxy.trouble = () => troubles[(turn += 1) % troubles.length] ?? null;
  await instances.stop(id);
  await instances.waitUntil(id, 'stopped', patient());
  await instances.start(id);
  await instances.waitUntil(id, 'running', patient());
  const { instance_id: other } = await instances.create({ ...NEW, name: system.unique('troubled') });
  await instances.waitUntil(other, 'running', patient());
  expect(turn).toBeGreaterThan(troubles.length);
  proxy.trouble = () => null;
  await system.purge(other);
  await system.expectConsistency();

  // Health is checked every second and everything compared every two; the watches say all that it takes.
  await until('nobody asks any more', async () => {
    const before = proxy.asked.length;
    await pause(3_000, never);
    return proxy.asked.length === before;
  });
  const before = proxy.asked.length;
  await pause(10_000, never);
  const asked = proxy.asked.slice(before);
  await system.purge(id);
  return asked;
}
