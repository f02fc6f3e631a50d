import { describe, expect, it, type TestContext } from 'vitest';
import { diagnose } from '../../server/src/data-plane/kubernetes/diagnosis.js';
import type { InstanceObjects } from '../../server/src/data-plane/kubernetes/instance-objects.js';
import type { ObjectOf } from '../../server/src/data-plane/kubernetes/kinds.js';
import { PATHS } from '../../server/src/data-plane/kubernetes/objects/scripts.js';
import { until } from '../support/until.js';
import { bringUp, TestNamespace } from './cluster.js';

const never = new AbortController().signal;
const IMAGE = 'docker.io/library/postgres';
const NO_LIMITS = { requests: {}, limits: {} };
const NOTHING: InstanceObjects = {
  statefulSet: undefined,
  pod: undefined,
  service: undefined,
  networkPolicy: undefined,
  configMap: undefined,
  secret: undefined,
  claim: undefined,
  warnings: [],
};

/** Whatever a cluster fails with, provoked on the cluster. */
describe.concurrent('what keeps an instance from running is said in plain words', () => {
  /** A test in a namespace of its own. */
  const inNamespace =
    (test: (namespace: TestNamespace, context: TestContext) => Promise<void>) =>
    async (context: TestContext): Promise<void> => {
      const namespace = await TestNamespace.create();
      try {
        await test(namespace, context);
      } finally {
        await namespace.remove();
      }
    };

  it(
    'an image that is not there',
    inNamespace(async (namespace) => {
      const plane = namespace.plane({ images: { 18: `${IMAGE}:no-such-tag` } });
      const spec = await namespace.newSpec();
      const failure = {
        code: 'image_pull_failed',
        message: expect.stringContaining(`${IMAGE}:no-such-tag`) as string,
      };
      await expect(bringUp(plane, spec)).rejects.toMatchObject(failure);
      const at = { namespace: namespace.name, name: `${spec.k8sName}-0` };
      const before = await namespace.core.readNamespacedPod(at);
      // Whoever starts it again may have mended what was in its way, and doesn't wait for the cluster to try again.
      await expect(plane.start(spec, never)).rejects.toMatchObject(failure);
      const after = await namespace.core.readNamespacedPod(at);
      expect(after.metadata?.uid).not.toBe(before.metadata?.uid);
    }),
  );

  it(
    'a server that ends again and again',
    inNamespace(async (namespace) => {
      const plane = namespace.plane({ images: { 18: `${IMAGE}:broken` }, startSeconds: 200 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({
        code: 'server_exited',
        retryable: false,
      });
    }),
  );

  it(
    'no node that has the label',
    inNamespace(async (namespace) => {
      const plane = namespace.plane({ nodeSelector: { 'toygres.io/no-such': 'label' }, startSeconds: 5 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({ code: 'unschedulable' });
    }),
  );

  it(
    'no node that has the memory',
    inNamespace(async (namespace) => {
      const plane = namespace.plane({ resources: { requests: { memory: '900Gi' }, limits: {} }, startSeconds: 5 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({
        code: 'unschedulable',
        message: expect.stringContaining('Insufficient memory') as string,
      });
    }),
  );

  it(
    'a storage class that is not there',
    inNamespace(async (namespace) => {
      const plane = namespace.plane({ storageClass: 'no-such-class', startSeconds: 10 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({
        code: 'volume_pending',
        message: expect.stringContaining('no-such-class') as string,
      });
    }),
  );

  it(
    'a quota of pods that is used up',
    inNamespace(async (namespace) => {
      const body = { metadata: { name: 'small' }, spec: { hard: { pods: '0' } } };
      await namespace.core.createNamespacedResourceQuota({ namespace: namespace.name, body });
      const plane = namespace.plane({ startSeconds: 10 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({ code: 'quota_exceeded' });
    }),
  );

  it(
    'a quota of volumes that is used up',
    inNamespace(async (namespace) => {
      const body = { metadata: { name: 'small' }, spec: { hard: { persistentvolumeclaims: '0' } } };
      await namespace.core.createNamespacedResourceQuota({ namespace: namespace.name, body });
      await expect(namespace.plane().prepareVolume(await namespace.newSpec(), never)).rejects.toMatchObject({
        code: 'quota_exceeded',
        retryable: false,
      });
    }),
  );

  it(
    'a rule of the namespace',
    inNamespace(async (namespace) => {
      const body = {
        metadata: { name: 'small' },
        spec: { limits: [{ type: 'Container', max: { memory: '16Mi' }, _default: { memory: '16Mi' } }] },
      };
      await namespace.core.createNamespacedLimitRange({ namespace: namespace.name, body });
      const plane = namespace.plane({ startSeconds: 10 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({ code: 'admission_refused' });
    }),
  );

  it(
    'too little memory',
    inNamespace(async (namespace) => {
      const resources = { requests: { memory: '16Mi' }, limits: { memory: '16Mi' } };
      const plane = namespace.plane({ resources, startSeconds: 200 });
      await expect(bringUp(plane, await namespace.newSpec())).rejects.toMatchObject({ code: 'out_of_memory' });
    }),
  );

  it(
    'a volume in another zone than every node',
    inNamespace(async (namespace, { onTestFinished }) => {
      const spec = await namespace.newSpec();
      const volume = `${namespace.name}-elsewhere`;
      const storageClassName = volume;
      await namespace.core.createPersistentVolume({
        body: {
          metadata: { name: volume },
          spec: {
            accessModes: ['ReadWriteOnce'],
            capacity: { storage: '20Gi' },
            storageClassName,
            claimRef: { namespace: namespace.name, name: spec.k8sName },
            persistentVolumeReclaimPolicy: 'Retain',
            local: { path: '/nonexistent' },
            nodeAffinity: {
              required: {
                nodeSelectorTerms: [
                  {
                    matchExpressions: [
                      { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['no-such-zone'] },
                    ],
                  },
                ],
              },
            },
          },
        },
      });
      onTestFinished(async () => {
        await namespace.core.deletePersistentVolume({ name: volume });
      });
      const plane = namespace.plane({ storageClass: storageClassName, startSeconds: 10 });
      await expect(bringUp(plane, spec)).rejects.toMatchObject({ code: 'volume_node_conflict', retryable: true });
    }),
  );

  it(
    'a volume that is full',
    inNamespace(async (namespace) => {
      const plane = namespace.plane();
      const spec = await namespace.newSpec({ storageSizeGb: 1 });
      await bringUp(plane, spec);
      const everything = `head -c 2000000000 /dev/zero >${PATHS.volume}/ballast`;
      await namespace.run(spec.k8sName, ['bash', '-c', everything]);
      // Into the log that is written ahead, without which nothing goes on; into a table, the statement alone would fail.
      const write = "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000000)) FROM generate_series(1, 64)";
      const fill = `PGPASSWORD=password psql --username postgres --host 127.0.0.1 --command "${write}"`;
      await namespace.run(spec.k8sName, ['bash', '-c', fill]);
      await until('that is said', async () => (await plane.observe(spec)).fault?.code === 'disk_full', 90);
      await expect(namespace.plane({ startSeconds: 5 }).start(spec, never)).rejects.toMatchObject({
        code: 'disk_full',
        details: expect.stringContaining('No space left on device') as string,
      });
      await plane.stop(spec, never);
      await namespace.withVolume(spec.k8sName, ['rm', '/volume/ballast']);
      await plane.start(spec, never);
      expect(await plane.observe(spec)).toMatchObject({ status: 'running', fault: null });
    }),
  );

  it(
    'an eviction, after which it comes back with its data',
    inNamespace(async (namespace) => {
      const plane = namespace.plane();
      const spec = await namespace.newSpec();
      await bringUp(plane, spec);
      const end = new AbortController();
      const pods: ObjectOf<'Pod'>[] = [];
      const following = namespace.followPods((pod) => pods.push(pod), end.signal);
      await namespace.run(spec.k8sName, ['bash', '-c', `echo -n 42 >${PATHS.volume}/kept; sync`]);
      // The kubelet measures once a minute what is written there.
      await namespace.run(spec.k8sName, ['bash', '-c', 'head -c 700000000 /dev/zero >/tmp/ballast']);
      const reasons = async () => {
        const { items } = await namespace.core.listNamespacedEvent({ namespace: namespace.name });
        const warnings = items as unknown as InstanceObjects['warnings'];
        return pods.map((pod) => diagnose({ ...NOTHING, pod, warnings })?.code);
      };
      await until('it was evicted', async () => (await reasons()).includes('evicted'), 180);
      await until('it runs again', async () => (await plane.observe(spec)).status === 'running', 60);
      await plane.start(spec, never);
      end.abort();
      await following;
      expect(await namespace.run(spec.k8sName, ['cat', `${PATHS.volume}/kept`])).toBe('42');
    }),
  );

  it(
    'an account that may make everything and watch nothing',
    inNamespace(async (namespace) => {
      const admin = namespace.plane();
      const spec = await namespace.newSpec();
      await admin.prepareVolume(spec, never);
      await admin.configure(spec, never);
      await namespace.forbid('pods', 'list');
      await expect(namespace.plane().start(spec, never)).rejects.toMatchObject({
        code: 'cluster_forbidden',
        retryable: false,
        message: expect.stringContaining('cannot list resource "pods"') as string,
      });
    }),
  );

  it(
    'an account that lacks a right',
    inNamespace(async (namespace) => {
      const plane = namespace.plane({ resources: NO_LIMITS }, await namespace.account('powerless'));
      await expect(plane.prepareVolume(await namespace.newSpec(), never)).rejects.toMatchObject({
        code: 'cluster_forbidden',
        retryable: false,
        message: expect.stringMatching(/cannot (get|patch) resource "persistentvolumeclaims"/) as string,
      });
    }),
  );
});
