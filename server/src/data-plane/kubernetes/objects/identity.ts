import type { InstancePlan, InstanceRef } from '../../data-plane.js';

/** Owner of the fields that Toygres applies, by server-side apply. */
export const FIELD_MANAGER = 'toygres';

/** UUID of the instance that an object belongs to. */
export const INSTANCE_LABEL = 'toygres.io/instance-id';

/** Tells the objects of one Toygres from those of another one on the same cluster. */
export const INSTALLATION_LABEL = 'toygres.io/installation';

/** Name of a person's tag as a label; a prefix of its own, so that no tag becomes a label that means something. */
const TAG_PREFIX = 'tags.toygres.io/';

/** What selects everything of an installation. */
export const selectorOf = (installation: string): string =>
  `app.kubernetes.io/managed-by=${FIELD_MANAGER},${INSTALLATION_LABEL}=${installation}`;

/** What selects everything of one instance. */
export const selectorOfInstance = (installation: string, instanceId: string): string =>
  `${selectorOf(installation)},${INSTANCE_LABEL}=${instanceId}`;

/** Labels of everything that belongs to an instance. */
export function labelsOf(ref: InstanceRef, installation: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': 'postgresql',
    'app.kubernetes.io/instance': ref.k8sName,
    'app.kubernetes.io/version': ref.postgresVersion,
    'app.kubernetes.io/managed-by': FIELD_MANAGER,
    [INSTALLATION_LABEL]: installation,
    [INSTANCE_LABEL]: ref.instanceId,
  };
}

/** Metadata of an object of an instance. Tags are on the objects, not on their pods: a tag must not restart a server. */
export function metadataOf(plan: InstancePlan, installation: string): ObjectMetadata {
  const tags = Object.entries(plan.tags).map(([key, value]) => [`${TAG_PREFIX}${key}`, value] as const);
  return {
    name: plan.k8sName,
    namespace: plan.namespace,
    labels: { ...labelsOf(plan, installation), ...Object.fromEntries(tags) },
  };
}

export interface ObjectMetadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

/** The one pod of an instance. */
export const podNameOf = ({ k8sName }: Pick<InstanceRef, 'k8sName'>): string => `${k8sName}-0`;
