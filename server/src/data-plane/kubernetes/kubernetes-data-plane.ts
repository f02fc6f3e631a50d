import type { KubeConfig } from '@kubernetes/client-node';
import type { Config } from '../../config/config.js';
import { findLastWords } from '../../platform/embedded-postgres/server-log.js';
import {
  type Capacity,
  DataPlane,
  type DataPlaneCapabilities,
  DataPlaneError,
  type Endpoint,
  type InstancePlan,
  type InstanceRef,
  type InstanceSpec,
  type LogLine,
  type LogQuery,
  type Measure,
  type Observation,
  type OwnedResource,
  type Progress,
} from '../data-plane.js';
import { ClusterClient } from './cluster-client.js';
import { ClusterView } from './cluster-view.js';
import { Deletion } from './deletion.js';
import { type Diagnosis, diagnose, diagnoseService, ofNode } from './diagnosis.js';
import { hasApplied } from './drift.js';
import {
  exitsOf,
  type InstanceObjects,
  instanceIdOf,
  isInTheWay,
  isPodReady,
  isReady,
  isRunning,
  isStopped,
  isWanted,
  ownedOf,
  resourceOf,
  sizeOf,
} from './instance-objects.js';
import type { Applied, KubernetesObject } from './json.js';
import { type ObjectOf, OWNED_KINDS, type OwnedKind } from './kinds.js';
import { kubeConfigOf } from './kube-config.js';
import { type KubernetesSettings, settingsOf } from './kubernetes-settings.js';
import { claimOf } from './objects/claim.js';
import { configMapOf } from './objects/config-map.js';
import { networkPolicyOf } from './objects/network-policy.js';
import { secretOf } from './objects/secret.js';
import { POSTGRES_PORT, serviceOf } from './objects/service.js';
import { imageOf, NO_DURABLE_IMAGE } from './objects/image.js';
import { statefulSetOf } from './objects/stateful-set.js';
import { patiently } from './patience.js';
import { PodLogs } from './pod-logs.js';
import { reachable } from './reachable.js';

const DETAIL_LINES = 20;
/** How long the first look at a cluster may take, in milliseconds. */
const LOOK_TIMEOUT_MS = 15_000;

/** What is released when an instance is deleted: all but the data, and the verifiers that they were made with. */
const RELEASED: readonly OwnedKind[] = ['StatefulSet', 'Pod', 'Service', 'NetworkPolicy', 'ConfigMap'];

/**
 * The data plane on a Kubernetes cluster: one StatefulSet of one pod and one claim per instance, found again by their labels. All its state is in
 * the cluster, so that any number of control-plane processes may use it and each may die.
 */
export class KubernetesDataPlane extends DataPlane {
  readonly #client: ClusterClient;
  readonly #view: ClusterView;
  readonly #deletion: Deletion;
  readonly #logs: PodLogs;

  constructor(
    kubeConfig: KubeConfig,
    private readonly namespaces: readonly string[],
    private readonly settings: KubernetesSettings,
  ) {
    super();
    this.#client = new ClusterClient(kubeConfig);
    this.#view = new ClusterView(this.#client, namespaces, settings.installation);
    this.#deletion = new Deletion(this.#client, this.#view, settings.installation);
    this.#logs = new PodLogs(this.#client, this.#view);
  }

  /** @throws StartError when there is no cluster */
  static create(config: Config): KubernetesDataPlane {
    return new KubernetesDataPlane(kubeConfigOf(), config.namespaces, settingsOf(config));
  }

  close(): void {
    this.#view.close();
  }

  async capabilities(): Promise<DataPlaneCapabilities> {
    const majors = newestFirst(this.settings.images);
    const durable = newestFirst(this.settings.durableImages);
    return {
      dataPlane: 'kubernetes',
      versions: majors.map((major, index) => ({
        major,
        release: releaseOf(major, this.settings),
        latest: index === 0,
      })),
      storage: { minimumGb: 10, maximumGb: 1000 },
      namespaces: this.namespaces,
      regions: this.settings.region === undefined ? [] : [this.settings.region],
      imageTypes: [
        { type: 'stock', versions: majors },
        ...(durable.length > 0 ? [{ type: 'pg_durable' as const, versions: durable }] : []),
      ],
      unsupported: durable.length > 0 ? [] : [{ feature: 'pg_durable', reason: NO_DURABLE_IMAGE }],
    };
  }

  /** The cluster is asked for room when there is something to place, not before. */
  capacity(): Promise<Capacity> {
    return Promise.resolve({ ports: null, disk: null });
  }

  async admit(plan: Pick<InstancePlan, 'postgresVersion' | 'imageType' | 'image'>): Promise<void> {
    imageOf(plan, this.settings);
  }

  async reserve(_: InstancePlan, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
  }

  async prepareVolume(plan: InstancePlan, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    imageOf(plan, this.settings);
    // Its size is changed by what changes sizes, never by a step that is repeated.
    if ((await this.#find('PersistentVolumeClaim', plan, signal)) === undefined) {
      await this.#apply(claimOf(plan, this.settings), signal);
    }
  }

  async configure(spec: InstanceSpec, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const secret = secretOf(spec, this.settings);
    await this.#demandData(spec, signal);
    const before = await this.#find('Secret', spec, signal);
    if (hasApplied(secret, before)) {
      return;
    }
    if (before !== undefined && isWanted({ statefulSet: await this.#find('StatefulSet', spec, signal) })) {
      throw new DataPlaneError(
        'configure_failed',
        'The server is running with other passwords; stop it to configure it.',
        false,
      );
    }
    await this.#apply(secret, signal);
  }

  async start(plan: InstancePlan, signal: AbortSignal, report?: (progress: Progress) => void): Promise<void> {
    signal.throwIfAborted();
    await this.#demandData(plan, signal);
    if ((await this.#find('Secret', plan, signal)) === undefined) {
      throw new DataPlaneError('configure_failed', `The Secret ${plan.k8sName} is not there.`, false);
    }
    await Promise.all(this.#surroundings(plan).map((object) => this.#apply(object, signal)));
    const { metadata } = await this.#apply(statefulSetOf(plan, this.settings, { replicas: 1 }), signal);
    const generation = metadata?.generation ?? 0;
    await this.#clearTheWay(plan, generation, signal);
    await this.#demandWithin(
      this.settings.startSeconds,
      plan,
      (objects) => (isReady(objects, generation) ? true : undefined),
      diagnose,
      signal,
    );
    report?.({ done: 1, total: 1, unit: 'replicas' });
  }

  async endpoint(plan: InstancePlan, signal: AbortSignal): Promise<Endpoint> {
    signal.throwIfAborted();
    const service = await this.#find('Service', plan, signal);
    if (service === undefined) {
      throw new DataPlaneError('not_ready', 'The instance has no Service yet.', true);
    }
    const endpoint =
      service.spec?.type === 'LoadBalancer'
        ? await this.#publicEndpoint(plan, signal)
        : this.#innerEndpoint(plan, service);
    const { pod } = await this.#view.objectsOf(plan, signal);
    if (isPodReady(pod)) {
      const patience = AbortSignal.timeout(this.settings.addressSeconds * 1_000);
      await reachable(endpoint.ip ?? endpoint.host, endpoint.port, AbortSignal.any([signal, patience])).catch(() => {
        signal.throwIfAborted();
        throw new DataPlaneError('not_ready', `Nothing answers at ${endpoint.host}, though the server is ready.`, true);
      });
    }
    return endpoint;
  }

  async observe(ref: InstanceRef): Promise<Observation> {
    const objects = await this.#view.objectsOf(ref, AbortSignal.timeout(LOOK_TIMEOUT_MS));
    if (ownedOf(objects).length === 0) {
      return { status: 'absent', pid: null, fault: null };
    }
    if (isRunning(objects)) {
      return { status: 'running', pid: null, fault: await this.#faultOfRunning(ref, objects) };
    }
    if (!isWanted(objects)) {
      return { status: objects.pod === undefined ? 'stopped' : 'running', pid: null, fault: null };
    }
    const { code, reason } = await this.#inDetail(ref, diagnose(objects) ?? withoutReason(objects));
    return { status: 'exited', pid: null, fault: { code, reason } };
  }

  async stop(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if ((await this.#find('StatefulSet', ref, signal)) === undefined) {
      return;
    }
    const { metadata } = await patiently(() => this.#client.scale(ref.namespace, ref.k8sName, 0, signal), signal);
    const generation = metadata?.generation ?? 0;
    await this.#view.until(ref, (objects) => (isStopped(objects, generation) ? true : undefined), signal);
  }

  async release(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    await this.stop(ref, signal);
    await this.#deletion.delete(ref, RELEASED, signal);
  }

  async remove(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#deletion.delete(ref, OWNED_KINDS, signal);
    await this.#deletion.volumeGone(ref, signal);
  }

  /** The servers live in the cluster. */
  stopAll(): Promise<void> {
    return Promise.resolve();
  }

  async list(): Promise<readonly OwnedResource[]> {
    const all = await this.#view.all(AbortSignal.timeout(LOOK_TIMEOUT_MS));
    return all.flatMap(({ kind, object }) => {
      const resource = resourceOf({ kind, object });
      return resource === undefined ? [] : [resource];
    });
  }

  async measure({ instanceId, kind, name }: OwnedResource): Promise<Measure> {
    const found = (await this.#view.all(AbortSignal.timeout(LOOK_TIMEOUT_MS))).find((owned) => {
      const resource = resourceOf(owned);
      return resource?.kind === kind && resource.name === name && resource.instanceId === instanceId;
    });
    if (!found) {
      return { bytes: null, since: null };
    }
    const { creationTimestamp: since } = found.object.metadata ?? {};
    return { bytes: sizeOf(found), since: since === undefined ? null : new Date(since) };
  }

  async removeOwned({ instanceId, k8sName }: OwnedResource, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const own = (await this.#view.all(signal)).filter(({ object }) => instanceIdOf(object) === instanceId);
    for (const namespace of new Set(own.map(({ object }) => object.metadata?.namespace ?? ''))) {
      await this.remove({ instanceId, k8sName, namespace, postgresVersion: '' }, signal);
    }
  }

  async drift(plan: InstancePlan): Promise<readonly string[]> {
    const objects = await this.#view.objectsOf(plan, AbortSignal.timeout(LOOK_TIMEOUT_MS));
    const { statefulSet } = objects;
    // Where there is none, what belongs to it was released.
    if (statefulSet === undefined) {
      return [];
    }
    const replicas = statefulSet.spec?.replicas === 0 ? 0 : 1;
    const wanted = [...this.#surroundings(plan), statefulSetOf(plan, this.settings, { replicas })];
    // What comes from a list bears no kind of its own.
    const live = new Map(ownedOf(objects).map(({ kind, object }) => [kind as string, object]));
    return [
      ...wanted
        .filter(({ kind, apiVersion: _, ...fields }) => !hasApplied(fields, live.get(kind)))
        .map(({ kind }) => kind),
      ...(objects.secret === undefined ? ['Secret'] : []),
    ].map((kind) => `${kind}/${plan.k8sName}`);
  }

  async reapply(spec: InstanceSpec, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    await this.#demandData(spec, signal);
    const statefulSet = await this.#find('StatefulSet', spec, signal);
    await this.#apply(secretOf(spec, this.settings), signal);
    // Where there is none, what belongs to it was released.
    if (statefulSet !== undefined) {
      await Promise.all(this.#surroundings(spec).map((object) => this.#apply(object, signal)));
      const replicas = isWanted({ statefulSet }) ? 1 : 0;
      await this.#apply(statefulSetOf(spec, this.settings, { replicas }), signal);
    }
  }

  logs(ref: InstanceRef, query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>> {
    return this.#logs.open(ref, query, signal);
  }

  async watch(changed: (instanceId: string) => void, signal: AbortSignal): Promise<void> {
    const exits = new Map<string, number>();
    for (const { kind, object } of await this.#view.all(signal)) {
      if (kind === 'Pod') {
        exits.set(object.metadata?.uid ?? '', exitsOf(object) ?? 0);
      }
    }
    await this.#view.watch((instanceId, { kind, object }, gone) => {
      if (kind !== 'Pod') {
        return;
      }
      const uid = object.metadata?.uid ?? '';
      const before = exits.get(uid) ?? 0;
      const now = exitsOf(object) ?? before;
      if (gone) {
        exits.delete(uid);
      } else {
        exits.set(uid, now);
      }
      // Whoever scales a StatefulSet down, or deletes it, deletes its pod.
      const asked = object.metadata?.deletionTimestamp !== undefined;
      if (!asked && (gone || now > before)) {
        changed(instanceId);
      }
    }, signal);
  }

  /** What is there beside the server, and is made again at each start. */
  #surroundings(plan: InstancePlan): readonly Applied<unknown>[] {
    return [configMapOf(plan, this.settings), serviceOf(plan, this.settings), networkPolicyOf(plan, this.settings)];
  }

  #apply(object: Applied<unknown>, signal: AbortSignal): Promise<KubernetesObject> {
    return patiently(() => this.#client.apply(object, signal), signal);
  }

  /** An object of an instance as it is now; the view may not know yet what another worker has just made. */
  async #find<K extends OwnedKind>(kind: K, ref: InstanceRef, signal: AbortSignal): Promise<ObjectOf<K> | undefined> {
    const object = await patiently(() => this.#client.read(kind, ref.namespace, ref.k8sName, signal), signal);
    return object !== null && instanceIdOf(object) === ref.instanceId ? object : undefined;
  }

  /** @throws DataPlaneError `data_missing` */
  async #demandData(ref: InstanceRef, signal: AbortSignal): Promise<void> {
    const { k8sName } = ref;
    const claim = await this.#find('PersistentVolumeClaim', ref, signal);
    if (claim === undefined || claim.status?.phase === 'Lost') {
      throw new DataPlaneError('data_missing', `The claim ${k8sName} is not there, or its volume is not.`, false);
    }
  }

  /**
   * A pod of an older template that never came to life is not replaced by itself; one that the cluster has tried often would be tried again in
   * minutes, though what was in its way may be mended by now.
   */
  async #clearTheWay(ref: InstanceRef, generation: number, signal: AbortSignal): Promise<void> {
    const inTheWay = await this.#demandWithin(
      this.settings.startSeconds,
      ref,
      (objects) =>
        (objects.statefulSet?.status?.observedGeneration ?? 0) >= generation
          ? { is: isInTheWay(objects) || (diagnose(objects)?.hopeless ?? false) }
          : undefined,
      () => null,
      signal,
    );
    if (inTheWay.is) {
      await this.#deletion.delete(ref, ['Pod'], signal);
    }
  }

  /**
   * Waits for something that the cluster does by itself.
   *
   * @param seconds it may take; a diagnosis that says that waiting can't help ends it at once
   * @throws DataPlaneError with what was in the way, or `not_ready`; the reason of the signal
   */
  async #demandWithin<T>(
    seconds: number,
    ref: InstanceRef,
    look: (objects: InstanceObjects) => T | undefined,
    ask: (objects: InstanceObjects) => Diagnosis | null,
    signal: AbortSignal,
  ): Promise<T> {
    const patience = AbortSignal.timeout(seconds * 1_000);
    const seen: { last: Diagnosis | null } = { last: null };
    try {
      return await this.#view.until(
        ref,
        (objects) => {
          const result = look(objects);
          seen.last = result === undefined ? ask(objects) : null;
          if (seen.last?.hopeless === true) {
            throw new Hopeless();
          }
          return result;
        },
        AbortSignal.any([signal, patience]),
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Hopeless) && !patience.aborted) {
        throw error;
      }
      const { code, reason, hopeless, details } = await this.#inDetail(ref, seen.last ?? tooSlow(seconds));
      throw new DataPlaneError(code, reason, !hopeless, details);
    }
  }

  /** Why a server that runs can't go on: its node is away, or it is not ready because its volume is full. */
  async #faultOfRunning(ref: InstanceRef, { pod }: InstanceObjects): Promise<Observation['fault']> {
    if (isPodReady(pod)) {
      return null;
    }
    const away = ofNode(pod, await this.#nodeOf(pod));
    if (away) {
      return { code: away.code, reason: away.reason };
    }
    return saysVolumeFull(await this.#lastWords(ref)) ? VOLUME_FULL : null;
  }

  /** What the server itself said, where it has ended or does not get ready: a disk that is full is told by nothing else. */
  async #inDetail(ref: InstanceRef, diagnosis: Diagnosis): Promise<Diagnosis & { readonly details: string | null }> {
    if (diagnosis.code !== 'server_exited' && diagnosis.code !== 'not_ready') {
      return { ...diagnosis, details: null };
    }
    const { pod } = await this.#view.objectsOf(ref, AbortSignal.timeout(LOOK_TIMEOUT_MS));
    const away = ofNode(pod, await this.#nodeOf(pod));
    if (away) {
      return { ...away, details: null };
    }
    const log = await this.#lastWords(ref);
    const details = log.length === 0 ? null : log.join('\n');
    if (saysVolumeFull(log)) {
      return { ...VOLUME_FULL, hopeless: diagnosis.hopeless, details };
    }
    const words = diagnosis.code === 'server_exited' ? findLastWords(log) : null;
    return { ...diagnosis, ...(words !== null && { reason: `The server ended: ${words}.` }), details };
  }

  /** The end of its log; nothing where the node does not give it. What went wrong is said without it too. */
  async #lastWords(ref: InstanceRef): Promise<readonly string[]> {
    try {
      const lines = await this.#logs.read(ref, { tailLines: DETAIL_LINES }, AbortSignal.timeout(LOOK_TIMEOUT_MS));
      return lines.map(({ text }) => text);
    } catch {
      return [];
    }
  }

  /** @returns null where it is not known, or may not be looked at */
  async #nodeOf(pod: InstanceObjects['pod']): Promise<ObjectOf<'Node'> | null> {
    const name = pod?.spec?.nodeName;
    return name === undefined
      ? null
      : this.#client.read('Node', '', name, AbortSignal.timeout(LOOK_TIMEOUT_MS)).catch(() => null);
  }

  #innerEndpoint({ k8sName, namespace }: InstanceRef, { spec }: ObjectOf<'Service'>): Endpoint {
    const host = `${k8sName}.${namespace}.svc.${this.settings.clusterDomain}`;
    return { host, ip: spec?.clusterIP ?? null, port: POSTGRES_PORT };
  }

  async #publicEndpoint(plan: InstancePlan, signal: AbortSignal): Promise<Endpoint> {
    const { ip, hostname } = await this.#demandWithin(
      this.settings.addressSeconds,
      plan,
      (objects) => objects.service?.status?.loadBalancer?.ingress?.[0],
      diagnoseService,
      signal,
    );
    const region = await this.#regionOf(plan, signal);
    const name = region === null ? undefined : `${plan.dnsLabel}.${region}.${this.settings.dnsSuffix}`;
    return { host: name ?? hostname ?? ip ?? '', ip: ip ?? null, port: POSTGRES_PORT };
  }

  /** Region of a load balancer's name: as configured, else that of the node. */
  async #regionOf(ref: InstanceRef, signal: AbortSignal): Promise<string | null> {
    if (this.settings.region !== undefined) {
      return this.settings.region;
    }
    const { pod } = await this.#view.objectsOf(ref, signal);
    const nodeName = pod?.spec?.nodeName;
    if (nodeName === undefined) {
      return null;
    }
    const node = await patiently(() => this.#client.read('Node', '', nodeName, signal), signal);
    return node?.metadata?.labels?.['topology.kubernetes.io/region'] ?? null;
  }
}

const VOLUME_FULL = { code: 'disk_full', reason: 'The volume of the instance is full.' } as const;

function saysVolumeFull(log: readonly string[]): boolean {
  return log.some((line) => line.includes('No space left on device'));
}

/** Ends a wait; what is said is said outside. */
class Hopeless extends Error {}

function tooSlow(seconds: number): Diagnosis {
  return {
    code: 'not_ready',
    reason: `Nothing has gone wrong, but it is not there after ${String(seconds)} s.`,
    hopeless: false,
  };
}

function withoutReason({ pod }: InstanceObjects): Diagnosis {
  const reason = pod === undefined ? 'There is no pod.' : 'The container of the server does not run.';
  return { code: 'server_exited', reason, hopeless: false };
}

const newestFirst = (byMajor: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(byMajor).toSorted((a, b) => Number(b) - Number(a));

/** The release that a tag names, e.g. 18.1; else the major version. */
function releaseOf(major: string, { images }: KubernetesSettings): string {
  const [, tag = ''] = /:([\w.-]+)(?:@|$)/.exec(images[major] ?? '') ?? [];
  return new RegExp(`^${major}\\.\\d+`).exec(tag)?.[0] ?? major;
}
