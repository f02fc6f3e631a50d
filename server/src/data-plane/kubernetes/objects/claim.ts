import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { InstancePlan } from '../../data-plane.js';
import type { Applied } from '../json.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';
import { metadataOf } from './identity.js';

/** The volume of an instance: an object of its own, no template of the StatefulSet, so that it can grow, be kept and be adopted. */
export function claimOf(plan: InstancePlan, settings: KubernetesSettings): Applied<V1PersistentVolumeClaim> {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: metadataOf(plan, settings.installation),
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: `${String(plan.storageSizeGb)}G` } },
      ...(settings.storageClass !== undefined && { storageClassName: settings.storageClass }),
    },
  };
}
