import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/until.js';
import { ClusterSystem, NEW, patient } from './cluster-system.js';

/** What people do with an instance, through the API, with the servers on a cluster. */
describe('an instance on the cluster', () => {
  let system: ClusterSystem;

  beforeAll(async () => {
    system = await ClusterSystem.start();
  });

  afterEach(async () => {
    await system.expectConsistency();
  });

  afterAll(async () => {
    await system.stop();
  });

  it('is created, stopped, started, restarted, deleted, brought back and removed, and keeps what was written', async () => {
    const { toygres, namespace } = system;
    const { instance_id: id } = await toygres.instances.create({
      ...NEW,
      name: system.unique('proddb'),
      tags: { team: 'backend' },
    });
    const running = await toygres.instances.waitUntil(id, 'running', patient());
    expect(running.endpoint).toMatchObject({ host: `${system.unique('proddb')}.test.cloudapp.azure.com`, port: 5432 });
    await system.query(id, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const kept = async () => expect(await system.query(id, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);

    await toygres.instances.stop(id);
    await toygres.instances.waitUntil(id, 'stopped', patient());
    expect(await system.objects(id)).toEqual(['service', 'claim', 'secret']);
    await toygres.instances.start(id);
    expect((await toygres.instances.waitUntil(id, 'running', patient())).endpoint).toEqual(running.endpoint);
    await kept();
    await toygres.instances.restart(id);
    await toygres.instances.waitUntil(id, 'running', patient());
    await kept();

    await toygres.instances.delete(id);
    await toygres.instances.waitUntil(id, 'deleted', patient());
    expect(await system.objects(id)).toEqual(['claim', 'secret']);
    await toygres.instances.undelete(id);
    await toygres.instances.waitUntil(id, 'running', patient());
    expect((await toygres.instances.get(id)).endpoint?.host).toBe(running.endpoint?.host);
    await kept();

    await system.purge(id);
    expect(await system.objects(id)).toEqual([]);
    const { items } = await namespace.core.listPersistentVolume();
    expect(items.filter(({ spec }) => spec?.claimRef?.namespace === namespace.name)).toEqual([]);
  });

  it('is mended when somebody changes or deletes what belongs to it', async () => {
    const { toygres, namespace } = system;
    const { instance_id: id } = await toygres.instances.create({ ...NEW, name: system.unique('mended') });
    const { k8s_name: name } = await toygres.instances.waitUntil(id, 'running', patient());
    await namespace.core.deleteNamespacedService({ namespace: namespace.name, name });
    await namespace.core.deleteNamespacedConfigMap({ namespace: namespace.name, name });
    await until('both are there again', async () => {
      const list = { namespace: namespace.name, fieldSelector: `metadata.name=${name}` };
      const [services, maps] = [
        await namespace.core.listNamespacedService(list),
        await namespace.core.listNamespacedConfigMap(list),
      ];
      return services.items.length === 1 && maps.items.length === 1;
    });
    await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name: `${name}-0` });
    await until('it answers again', async () => (await toygres.instances.testConnection(id)).ok);
    expect((await toygres.findings.list({ resolved: true })).findings).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ code: 'missing_resource', resource_kind: 'service', instance_id: id }),
        expect.objectContaining({ code: 'drifted', resource: `ConfigMap/${name}`, instance_id: id }),
      ]),
    );
    await system.purge(id);
  });

  it('says why it failed: a name that somebody else has', async () => {
    const { toygres, namespace } = system;
    await namespace.core.createNamespacedService({
      namespace: namespace.name,
      body: {
        metadata: {
          name: 'foreign',
          annotations: { 'service.beta.kubernetes.io/azure-dns-label-name': system.unique('takendb') },
        },
        spec: { type: 'LoadBalancer', ports: [{ port: 80 }], selector: { app: 'foreign' } },
      },
    });
    const { instance_id: id } = await toygres.instances.create({ ...NEW, name: system.unique('takendb') });
    const failed = await toygres.instances.waitUntil(id, 'failed', patient());
    expect(failed).toMatchObject({ failure_code: 'dns_label_taken' });
    expect(await system.objects(id)).toEqual([]);
    await system.purge(id);
  });

  it('holds its password nowhere in the cluster', async () => {
    const { toygres, namespace } = system;
    const { instance_id: id } = await toygres.instances.create({ ...NEW, name: system.unique('secretdb') });
    const { k8s_name: name } = await toygres.instances.waitUntil(id, 'running', patient());
    const at = { namespace: namespace.name, name };
    const everything = JSON.stringify([
      await namespace.core.readNamespacedSecret(at),
      await namespace.core.readNamespacedConfigMap(at),
      await namespace.core.readNamespacedPod({ ...at, name: `${name}-0` }),
      await namespace.core.listNamespacedEvent({ namespace: namespace.name }),
    ]);
    for (const text of [NEW.password, Buffer.from(NEW.password).toString('base64').replaceAll('=', '')]) {
      expect(everything).not.toContain(text);
    }
    expect(await system.query(id, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await system.purge(id);
  });
});
