import type { OwnedResource } from '../data-plane.js';
import type { KubernetesObject } from './json.js';
import { type ObjectOf, OWNED_KINDS, type OwnedKind } from './kinds.js';
import { INSTANCE_LABEL } from './objects/identity.js';
import { parseQuantity } from './quantity.js';
import { SERVER_CONTAINER } from './objects/stateful-set.js';

/** What there is of an instance. */
export interface InstanceObjects {
  readonly statefulSet: ObjectOf<'StatefulSet'> | undefined;
  readonly pod: ObjectOf<'Pod'> | undefined;
  readonly service: ObjectOf<'Service'> | undefined;
  readonly networkPolicy: ObjectOf<'NetworkPolicy'> | undefined;
  readonly configMap: ObjectOf<'ConfigMap'> | undefined;
  readonly secret: ObjectOf<'Secret'> | undefined;
  readonly claim: ObjectOf<'PersistentVolumeClaim'> | undefined;
  /** What the cluster has complained of, the oldest first; empty unless somebody waits. */
  readonly warnings: readonly ObjectOf<'Event'>[];
}

/** Something that belongs to an instance. */
export interface OwnedObject {
  readonly kind: OwnedKind;
  readonly object: KubernetesObject;
}

/** Which instance an object belongs to, by its label. */
export function instanceIdOf(object: KubernetesObject | undefined): string | undefined {
  return object?.metadata?.labels?.[INSTANCE_LABEL];
}

/** An object in the words of the data plane; undefined when it is of no instance. */
export function resourceOf({ kind, object }: OwnedObject): OwnedResource | undefined {
  const instanceId = instanceIdOf(object);
  if (instanceId === undefined) {
    return undefined;
  }
  const { name = '', labels = {} } = object.metadata ?? {};
  const k8sName = labels['app.kubernetes.io/instance'] ?? '';
  const known = RESOURCE_KINDS[kind];
  return { instanceId, k8sName, kind: known ?? 'object', name: known === undefined ? `${kind}/${name}` : name };
}

const RESOURCE_KINDS: Readonly<Partial<Record<OwnedKind, OwnedResource['kind']>>> = {
  Pod: 'pod',
  Service: 'service',
  PersistentVolumeClaim: 'claim',
};

/** All that there is of an instance. */
export function ownedOf(objects: InstanceObjects): readonly OwnedObject[] {
  const byKind: Readonly<Record<OwnedKind, KubernetesObject | undefined>> = {
    StatefulSet: objects.statefulSet,
    Pod: objects.pod,
    Service: objects.service,
    NetworkPolicy: objects.networkPolicy,
    ConfigMap: objects.configMap,
    Secret: objects.secret,
    PersistentVolumeClaim: objects.claim,
  };
  return OWNED_KINDS.flatMap((kind) => {
    const object = byKind[kind];
    return object === undefined ? [] : [{ kind, object }];
  });
}

/** Whether a server is to run. */
export function isWanted({ statefulSet }: Pick<InstanceObjects, 'statefulSet'>): boolean {
  return (
    statefulSet !== undefined &&
    statefulSet.metadata?.deletionTimestamp === undefined &&
    statefulSet.spec?.replicas !== 0
  );
}

/** Whether the server container runs, ready or not. */
export function isRunning({ pod }: Pick<InstanceObjects, 'pod'>): boolean {
  return serverOf(pod)?.state?.running !== undefined;
}

/** Whether the pod accepts connections and is what was applied. @param generation of the StatefulSet that was applied */
export function isReady({ statefulSet, pod }: InstanceObjects, generation: number): boolean {
  const { status, metadata } = statefulSet ?? {};
  return (
    (metadata?.generation ?? 0) >= generation &&
    status?.observedGeneration === metadata?.generation &&
    pod?.metadata?.deletionTimestamp === undefined &&
    pod?.metadata?.labels?.['controller-revision-hash'] === status?.updateRevision &&
    isPodReady(pod)
  );
}

/** Whether a pod says that its server accepts connections. */
export function isPodReady(pod: InstanceObjects['pod']): boolean {
  return pod?.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true;
}

/** Whether the controller has seen that there is to be no pod, and there is none. @param generation of the StatefulSet that was scaled down */
export function isStopped({ statefulSet, pod }: InstanceObjects, generation: number): boolean {
  const { status } = statefulSet ?? {};
  return (
    pod === undefined &&
    (statefulSet === undefined || ((status?.observedGeneration ?? 0) >= generation && (status?.replicas ?? 0) === 0))
  );
}

/**
 * A pod of a former template that never became ready: the controller waits for it before it makes the new one, so that it has to go first.
 */
export function isInTheWay({ statefulSet, pod }: InstanceObjects): boolean {
  return (
    pod !== undefined &&
    pod.metadata?.deletionTimestamp === undefined &&
    statefulSet?.status?.observedGeneration === statefulSet?.metadata?.generation &&
    pod.metadata?.labels?.['controller-revision-hash'] !== statefulSet?.status?.updateRevision &&
    !isPodReady(pod)
  );
}

/** How often the server of a pod has ended; undefined while the pod has none. */
export function exitsOf(pod: ObjectOf<'Pod'>): number | undefined {
  const server = serverOf(pod);
  return server && server.restartCount + (server.state?.terminated ? 1 : 0);
}

/** A run of the server: no other container has its id. */
export interface ServerRun {
  readonly pod: string;
  readonly container: string;
  /** Whether it has not ended yet. */
  readonly running: boolean;
}

/** The run of the server that a log is of: the present one, or the last one when it has ended. Undefined before the first. */
export function runOf({ pod }: Pick<InstanceObjects, 'pod'>): ServerRun | undefined {
  const { state, lastState, containerID } = serverOf(pod) ?? {};
  const container = (state?.waiting ? lastState?.terminated?.containerID : undefined) ?? containerID;
  return container === undefined || container === ''
    ? undefined
    : { pod: pod?.metadata?.uid ?? '', container, running: state?.running !== undefined };
}

/** Size of a claim in bytes, else null. */
export function sizeOf({ kind, object }: OwnedObject): number | null {
  const storage =
    kind === 'PersistentVolumeClaim' ? (object as ObjectOf<typeof kind>).status?.capacity?.['storage'] : undefined;
  return storage === undefined ? null : parseQuantity(storage);
}

function serverOf(pod: ObjectOf<'Pod'> | undefined) {
  return pod?.status?.containerStatuses?.find(({ name }) => name === SERVER_CONTAINER);
}
