import { DataPlaneError, type InstanceRef } from '../data-plane.js';
import { ClusterError } from './cluster-error.js';
import type { ClusterClient } from './cluster-client.js';
import type { ClusterView } from './cluster-view.js';
import type { OwnedObject } from './instance-objects.js';
import type { ObjectOf, OwnedKind } from './kinds.js';
import { selectorOfInstance } from './objects/identity.js';
import { patiently } from './patience.js';

/** Enough for a server whose data are deleted next. */
const GRACE_SECONDS = 1;

/** As long as the view may be behind the cluster, in milliseconds; what it waits for comes as an event. */
const LONGEST_WAIT_MS = 2_000;

/** Takes away what an instance has, and waits until it is gone. What there is is asked of the cluster itself: the view may be behind. */
export class Deletion {
  constructor(
    private readonly client: ClusterClient,
    private readonly view: ClusterView,
    private readonly installation: string,
  ) {}

  /** Deletes what there is of an instance of some kinds; resolves when it is gone. @throws DataPlaneError `cluster_forbidden`; the reason of the signal */
  async delete(ref: InstanceRef, kinds: readonly OwnedKind[], signal: AbortSignal): Promise<void> {
    const selector = { labelSelector: selectorOfInstance(this.installation, ref.instanceId) };
    const asked = new Set<string>();
    for (;;) {
      const lists = await Promise.all(
        kinds.map(async (kind) => {
          const { items } = await patiently(() => this.client.list(kind, ref.namespace, selector, signal), signal);
          return items.map((object): OwnedObject => ({ kind, object }));
        }),
      );
      const left = lists.flat();
      if (left.length === 0) {
        return;
      }
      for (const { kind, object } of left) {
        const uid = object.metadata?.uid ?? '';
        if (!asked.has(uid)) {
          asked.add(uid);
          const options = kind === 'Pod' ? { gracePeriodSeconds: GRACE_SECONDS } : {};
          await patiently(() => this.client.delete(kind, object, signal, options), signal);
        }
      }
      await this.view.next(ref, LONGEST_WAIT_MS, signal);
    }
  }

  /** Waits until the disk of a claim is gone too. One whose class keeps it (`Retain`) is the cluster's from then on. */
  async volumeGone(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    for (const volume of await this.#volumesOf(ref, signal)) {
      await this.#gone(volume, signal);
    }
  }

  async #volumesOf(
    { namespace, k8sName }: InstanceRef,
    signal: AbortSignal,
  ): Promise<readonly ObjectOf<'PersistentVolume'>[]> {
    try {
      const { items } = await patiently(() => this.client.list('PersistentVolume', '', {}, signal), signal);
      return items.filter(
        ({ spec }) =>
          spec?.claimRef?.namespace === namespace &&
          spec.claimRef.name === k8sName &&
          spec.persistentVolumeReclaimPolicy !== 'Retain',
      );
    } catch (error) {
      if (error instanceof DataPlaneError && error.code === 'cluster_forbidden') {
        // Without this right it is the claim that counts.
        return [];
      }
      throw error;
    }
  }

  async #gone({ metadata }: ObjectOf<'PersistentVolume'>, signal: AbortSignal): Promise<void> {
    const name = metadata?.name ?? '';
    for (;;) {
      const volume = await patiently(() => this.client.read('PersistentVolume', '', name, signal), signal);
      if (volume === null || volume.metadata?.uid !== metadata?.uid) {
        return;
      }
      const position = { resourceVersion: volume.metadata?.resourceVersion ?? '', seconds: 300 };
      const selector = { fieldSelector: `metadata.name=${name}` };
      try {
        for await (const { type } of this.client.watch('PersistentVolume', '', selector, position, signal)) {
          if (type === 'DELETED') {
            return;
          }
        }
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof ClusterError)) {
          throw error;
        }
      }
    }
  }
}
