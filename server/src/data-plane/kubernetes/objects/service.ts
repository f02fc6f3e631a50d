import type { V1Service } from '@kubernetes/client-node';
import type { InstancePlan } from '../../data-plane.js';
import type { Applied } from '../json.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';
import { INSTANCE_LABEL, metadataOf } from './identity.js';

export const POSTGRES_PORT = 5432;

/** With it the load balancers of Azure give their address a name: `<label>.<region>.cloudapp.azure.com`. */
export const DNS_LABEL_ANNOTATION = 'service.beta.kubernetes.io/azure-dns-label-name';

/** Where clients connect: through a load balancer with a name of its own, or inside the cluster. */
export function serviceOf(plan: InstancePlan, settings: KubernetesSettings): Applied<V1Service> {
  const metadata = metadataOf(plan, settings.installation);
  const common = {
    selector: { [INSTANCE_LABEL]: plan.instanceId },
    ports: [{ name: 'postgresql', port: POSTGRES_PORT, targetPort: 'postgresql', protocol: 'TCP' }],
  };
  if (!plan.useLoadBalancer) {
    return { apiVersion: 'v1', kind: 'Service', metadata, spec: { type: 'ClusterIP', ...common } };
  }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, annotations: { [DNS_LABEL_ANNOTATION]: plan.dnsLabel } },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: settings.externalTrafficPolicy,
      ...(settings.sourceRanges.length > 0 && { loadBalancerSourceRanges: [...settings.sourceRanges] }),
      ...common,
    },
  };
}
