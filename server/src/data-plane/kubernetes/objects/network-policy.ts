import type { V1NetworkPolicy } from '@kubernetes/client-node';
import type { InstancePlan } from '../../data-plane.js';
import type { Applied } from '../json.js';
import type { KubernetesSettings } from '../kubernetes-settings.js';
import { INSTANCE_LABEL, metadataOf } from './identity.js';

/**
 * Lets clients reach the port of PostgreSQL and nothing else. Whether the ranges hold for what comes through the load balancer depends on
 * whether it hides who comes: then it is the load balancer that keeps the others out, and here the nodes must be let in.
 */
export function networkPolicyOf(plan: InstancePlan, settings: KubernetesSettings): Applied<V1NetworkPolicy> {
  const seesClients = !plan.useLoadBalancer || settings.externalTrafficPolicy === 'Local';
  const from = seesClients && settings.sourceRanges.length > 0 ? sources(settings.sourceRanges) : undefined;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: metadataOf(plan, settings.installation),
    spec: {
      podSelector: { matchLabels: { [INSTANCE_LABEL]: plan.instanceId } },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 'postgresql', protocol: 'TCP' }], ...(from && { from }) }],
    },
  };
}

const sources = (ranges: readonly string[]) => ranges.map((cidr) => ({ ipBlock: { cidr } }));
