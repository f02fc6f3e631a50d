import type {
  CoreV1Event,
  V1ConfigMap,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolume,
  V1PersistentVolumeClaim,
  V1Pod,
  V1Secret,
  V1Service,
  V1StatefulSet,
} from '@kubernetes/client-node';
import type { Json } from './json.js';

interface Types {
  readonly ConfigMap: V1ConfigMap;
  readonly Event: CoreV1Event;
  readonly NetworkPolicy: V1NetworkPolicy;
  readonly Node: V1Node;
  readonly PersistentVolume: V1PersistentVolume;
  readonly PersistentVolumeClaim: V1PersistentVolumeClaim;
  readonly Pod: V1Pod;
  readonly Secret: V1Secret;
  readonly Service: V1Service;
  readonly StatefulSet: V1StatefulSet;
}

/** Every kind of object that Toygres reads or writes. */
export type Kind = keyof Types;

/** An object of a kind, as its JSON has it. */
export type ObjectOf<K extends Kind> = Json<Types[K]>;

export const KINDS: Readonly<
  Record<Kind, { readonly group: string; readonly resource: string; readonly namespaced: boolean }>
> = {
  ConfigMap: { group: '/api/v1', resource: 'configmaps', namespaced: true },
  Event: { group: '/api/v1', resource: 'events', namespaced: true },
  NetworkPolicy: { group: '/apis/networking.k8s.io/v1', resource: 'networkpolicies', namespaced: true },
  Node: { group: '/api/v1', resource: 'nodes', namespaced: false },
  PersistentVolume: { group: '/api/v1', resource: 'persistentvolumes', namespaced: false },
  PersistentVolumeClaim: { group: '/api/v1', resource: 'persistentvolumeclaims', namespaced: true },
  Pod: { group: '/api/v1', resource: 'pods', namespaced: true },
  Secret: { group: '/api/v1', resource: 'secrets', namespaced: true },
  Service: { group: '/api/v1', resource: 'services', namespaced: true },
  StatefulSet: { group: '/apis/apps/v1', resource: 'statefulsets', namespaced: true },
};

/** What an instance consists of. */
export const OWNED_KINDS = [
  'StatefulSet',
  'Pod',
  'Service',
  'NetworkPolicy',
  'ConfigMap',
  'Secret',
  'PersistentVolumeClaim',
] as const satisfies readonly Kind[];
export type OwnedKind = (typeof OWNED_KINDS)[number];
