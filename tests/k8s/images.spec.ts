import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppsV1Api } from '@kubernetes/client-node';
import { newSpec } from '../medium/data-plane/local-home.js';
import { TestNamespace } from './cluster.js';

const never = new AbortController().signal;

let namespace: TestNamespace;

beforeAll(async () => {
  namespace = await TestNamespace.create();
});

afterAll(async () => {
  await namespace.remove();
});

describe('an instance that is pinned to an image', () => {
  it('is made of it through stop, start and reapply, whatever the configuration says meanwhile', async () => {
    // A cluster has images by their tags only, unless it has a registry; the digest is the registry's matter, not ours.
    const image = 'docker.io/library/postgres:17';
    const spec = await newSpec({ namespace: namespace.name, postgresVersion: '17', image });
    const plane = namespace.plane();
    const other = namespace.plane({ images: { 17: 'docker.io/library/does-not-exist:17' } });
    await plane.prepareVolume(spec, never);
    await plane.configure(spec, never);
    await plane.start(spec, never);
    const images = async (): Promise<string[]> => {
      const apps = namespace.kubeConfig.makeApiClient(AppsV1Api);
      const set = await apps.readNamespacedStatefulSet({ namespace: namespace.name, name: spec.k8sName });
      const { initContainers = [], containers = [] } = set.spec?.template.spec ?? {};
      return [...initContainers, ...containers].map((container) => container.image ?? '');
    };
    expect(await images()).toEqual([image, image]);
    expect(await other.drift(spec)).toEqual([]);
    await other.stop(spec, never);
    await other.start(spec, never);
    await other.reapply(spec, never);
    expect(await images()).toEqual([image, image]);
    await plane.remove(spec, never);
  });
});
