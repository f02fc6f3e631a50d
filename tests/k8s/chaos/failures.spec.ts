import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../support/until.js';
import { bringUp, TestNamespace } from '../cluster.js';
import { disturbance, NO_DISTURBANCE } from '../disturbance.js';

const never = new AbortController().signal;

/** What a cluster fails with when a part of it fails. */
describe('what is wrong with the cluster is said in plain words', () => {
  let namespace: TestNamespace;

  beforeEach(async () => {
    namespace = await TestNamespace.create();
  });

  afterEach(async () => {
    await namespace.remove();
  });

  it('a load balancer that the cloud refuses', async (context) => {
    context.skip(disturbance === undefined, NO_DISTURBANCE);
    const plane = namespace.plane({ startSeconds: 60, addressSeconds: 8 });
    const spec = await namespace.newSpec({ useLoadBalancer: true });
    await plane.prepareVolume(spec, never);
    await plane.configure(spec, never);
    await until('it has its volume', async () => {
      const { items } = await namespace.core.listNamespacedPersistentVolumeClaim({ namespace: namespace.name });
      return items.every(({ status }) => status?.phase === 'Bound');
    });
    await disturbance!.pause('addons');
    onTestFinished(() => disturbance!.resume('addons'));
    await plane.start(spec, never);
    // What the controller of a cloud says, which is away.
    const { metadata } = await namespace.core.readNamespacedService({ namespace: namespace.name, name: spec.k8sName });
    const refused = plane.endpoint(spec, never);
    await namespace.core.createNamespacedEvent({
      namespace: namespace.name,
      body: {
        metadata: { name: `${spec.k8sName}.refused` },
        involvedObject: {
          kind: 'Service',
          namespace: namespace.name,
          name: spec.k8sName,
          uid: metadata?.uid ?? '',
        },
        type: 'Warning',
        reason: 'SyncLoadBalancerFailed',
        message:
          'Error syncing load balancer: PublicIPCountLimitReached: Cannot create more than 20 public IP addresses.',
        lastTimestamp: new Date(),
      },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'load_balancer_failed',
      retryable: true,
      message: expect.stringContaining('PublicIPCountLimitReached') as string,
    });
  });

  it('a node that nothing is heard of, on which it runs on', async (context) => {
    context.skip(disturbance === undefined, NO_DISTURBANCE);
    const plane = namespace.plane();
    const spec = await namespace.newSpec();
    await bringUp(plane, spec);
    await disturbance!.pause('kubelet');
    onTestFinished(() => disturbance!.resume('kubelet'));
    await until('the node is missed', async () => (await plane.observe(spec)).fault?.code === 'node_lost', 90);
    expect((await plane.observe(spec)).status).toBe('running');
    await disturbance!.resume('kubelet');
    await until('it is back', async () => (await plane.observe(spec)).fault === null, 90);
  });
});
