import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { pause } from '../../../server/src/platform/embedded-postgres/pause.js';
import { ClusterSystem, NEW, patient } from '../cluster-system.js';
import { disturbance, NO_DISTURBANCE } from '../disturbance.js';

const never = new AbortController().signal;

/** What goes wrong with the cluster itself; record and reality agree after each. */
describe('with the cluster in trouble', () => {
  let system: ClusterSystem;

  beforeAll(async () => {
    system = await ClusterSystem.start({ workers: 0 });
  });

  afterEach(async () => {
    await system.expectConsistency(120);
    await stopWorkers();
  });

  afterAll(async () => {
    await system.stop();
  });

  const stopWorkers = async () => {
    await Promise.all(system.workers.splice(0).map((worker) => worker.stop()));
  };

  const running = async (name: string): Promise<string> => {
    const { instance_id: id } = await system.toygres.instances.create({ ...NEW, name: system.unique(name) });
    await system.toygres.instances.waitUntil(id, 'running', patient());
    return id;
  };

  it('nothing fails while the API server is away, hangs, or comes back as another', async (context) => {
    context.skip(disturbance === undefined, NO_DISTURBANCE);
    await system.startWorker();
    const { toygres } = system;
    await disturbance!.pause('kube-apiserver');
    onTestFinished(() => disturbance!.resume('kube-apiserver').catch(() => undefined));
    const { instance_id: id } = await toygres.instances.create({ ...NEW, name: system.unique('patient') });
    await pause(30_000, never);
    expect(await toygres.instances.get(id)).toMatchObject({ state: 'creating' });
    await disturbance!.resume('kube-apiserver');
    await toygres.instances.waitUntil(id, 'running', patient());
    await disturbance!.kill('kube-apiserver');
    try {
      await toygres.instances.stop(id);
      expect(await toygres.instances.get(id)).toMatchObject({ state: 'stopping' });
    } finally {
      await disturbance!.start('kube-apiserver');
    }
    await toygres.instances.waitUntil(id, 'stopped', patient());
    const { orchestrations } = await toygres.orchestrations.list({ instance_id: id });
    expect(orchestrations.map(({ kind, status }) => `${kind} ${status}`).toSorted()).toEqual([
      'create succeeded',
      'stop succeeded',
    ]);
    await system.purge(id);
  });

  it('a node that is not heard of is waited for', async (context) => {
    context.skip(disturbance === undefined, NO_DISTURBANCE);
    await system.startWorker();
    const there = await running('there');
    await disturbance!.pause('kubelet');
    onTestFinished(() => disturbance!.resume('kubelet'));
    const { instance_id: id } = await system.toygres.instances.create({ ...NEW, name: system.unique('waiting') });
    await pause(25_000, never);
    expect(await system.toygres.instances.get(id)).toMatchObject({ state: 'creating' });
    expect(await system.toygres.instances.get(there)).toMatchObject({ state: 'running', health_status: 'unhealthy' });
    await disturbance!.resume('kubelet');
    await system.toygres.instances.waitUntil(id, 'running', patient());
    expect(await system.query(there, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await Promise.all([system.purge(id), system.purge(there)]);
  });
});
