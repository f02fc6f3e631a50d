import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceSpec } from '../../server/src/data-plane/data-plane.js';
import { ClusterClient } from '../../server/src/data-plane/kubernetes/cluster-client.js';
import type { Applied } from '../../server/src/data-plane/kubernetes/json.js';
import { OWNED_KINDS } from '../../server/src/data-plane/kubernetes/kinds.js';
import type { KubernetesSettings } from '../../server/src/data-plane/kubernetes/kubernetes-settings.js';
import { claimOf } from '../../server/src/data-plane/kubernetes/objects/claim.js';
import { configMapOf } from '../../server/src/data-plane/kubernetes/objects/config-map.js';
import { networkPolicyOf } from '../../server/src/data-plane/kubernetes/objects/network-policy.js';
import { secretOf } from '../../server/src/data-plane/kubernetes/objects/secret.js';
import { serviceOf } from '../../server/src/data-plane/kubernetes/objects/service.js';
import { statefulSetOf } from '../../server/src/data-plane/kubernetes/objects/stateful-set.js';
import { bringUp, TestNamespace } from './cluster.js';

const never = new AbortController().signal;

describe('the objects of an instance', () => {
  let namespace: TestNamespace;
  let client: ClusterClient;

  beforeAll(async () => {
    namespace = await TestNamespace.create();
    client = new ClusterClient(namespace.kubeConfig);
  });

  afterAll(async () => {
    await namespace.remove();
  });

  const objectsOf = (spec: InstanceSpec, settings: KubernetesSettings): readonly Applied<unknown>[] => [
    secretOf(spec, settings),
    configMapOf(spec, settings),
    claimOf(spec, settings),
    networkPolicyOf(spec, settings),
    serviceOf(spec, settings),
    statefulSetOf(spec, settings, { replicas: 1 }),
  ];

  it.each<[string, Partial<KubernetesSettings>, Partial<InstanceSpec>]>([
    ['as they are by default', {}, {}],
    [
      'behind a load balancer',
      { externalTrafficPolicy: 'Local', sourceRanges: ['10.0.0.0/8'] },
      { useLoadBalancer: true },
    ],
    [
      'with everything that can be configured',
      {
        storageClass: 'premium',
        pullSecrets: ['registry'],
        nodeSelector: { 'kubernetes.azure.com/scalesetpriority': 'spot' },
        tolerations: [
          { key: 'kubernetes.azure.com/scalesetpriority', operator: 'Equal', value: 'spot', effect: 'NoSchedule' },
        ],
        resources: { requests: { cpu: '250m', memory: '512Mi' }, limits: { cpu: '2', memory: '1Gi' } },
      },
      { tags: { team: 'backend', 'cost-centre': '42' } },
    ],
    ['with the longest name', {}, { k8sName: `a${'b'.repeat(51)}` }],
  ])('are what the API server takes, field by field: %s', async (_, settings, changes) => {
    const spec = await namespace.newSpec(changes);
    for (const object of objectsOf(spec, namespace.settings(settings))) {
      expect(await client.apply(object, never, { dryRun: true })).toMatchObject({
        metadata: { name: spec.k8sName, namespace: namespace.name },
      });
    }
    // What the controller will make of it, which the rules of the namespace are about.
    const { spec: set } = statefulSetOf(spec, namespace.settings(settings), { replicas: 1 });
    const { name, namespace: of } = await namespace.core
      .createNamespacedPod({
        namespace: namespace.name,
        dryRun: 'All',
        body: {
          metadata: { name: `${spec.k8sName}-0`, labels: { ...set?.template.metadata?.labels } },
          spec: JSON.parse(JSON.stringify(set?.template.spec)) as never,
        },
      })
      .then(({ metadata }) => metadata ?? {});
    expect({ name, of }).toEqual({ name: `${spec.k8sName}-0`, of: namespace.name });
  });

  it('would be refused with a field that there is not', async () => {
    const spec = await namespace.newSpec();
    const service = serviceOf(spec, namespace.settings());
    const wrong = { ...service, spec: { ...service.spec, sessionAffinities: 'None' } };
    await expect(client.apply(wrong, never, { dryRun: true })).rejects.toMatchObject({
      status: 500,
      message: expect.stringContaining('sessionAffinities') as string,
    });
  });

  it('are not written again when nothing has changed', async () => {
    const plane = namespace.plane();
    const spec = await namespace.newSpec();
    await bringUp(plane, spec);
    const versions = async () => {
      const own = OWNED_KINDS.filter((kind) => kind !== 'Pod').map(async (kind) => {
        const object = await client.read(kind, namespace.name, spec.k8sName, never);
        return [kind, object?.metadata?.resourceVersion] as const;
      });
      return Object.fromEntries(await Promise.all(own));
    };
    const before = await versions();
    expect(Object.values(before).every((version) => version !== undefined)).toBe(true);
    await bringUp(plane, spec);
    await plane.reapply(spec, never);
    expect(await plane.drift(spec)).toEqual([]);
    expect(await versions()).toEqual(before);
    await plane.remove(spec, never);
  });
});
