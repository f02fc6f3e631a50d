import type { Config } from '../../config/config.js';

/** What the configuration says about the objects of instances; see `docs/kubernetes.md`. */
export interface KubernetesSettings {
  /** Name of this Toygres among those that share the cluster; a label value. */
  readonly installation: string;
  /** Image by major version, e.g. `18` → `docker.io/library/postgres:18@sha256:…`. */
  readonly images: Readonly<Record<string, string>>;
  /** Image with pg_durable by major version; empty where that is not offered. */
  readonly durableImages: Readonly<Record<string, string>>;
  readonly pullSecrets: readonly string[];
  /** Undefined: the default class of the cluster. */
  readonly storageClass: string | undefined;
  readonly resources: Resources;
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: Config['tolerations'];
  /** Region of the DNS names of load balancers. Undefined: that of the node. */
  readonly region: string | undefined;
  /** What follows label and region in a DNS name, e.g. `cloudapp.azure.com`. */
  readonly dnsSuffix: string;
  /** Domain of the cluster's own names, e.g. `cluster.local`. */
  readonly clusterDomain: string;
  readonly externalTrafficPolicy: 'Cluster' | 'Local';
  /** Who may connect, as CIDRs; empty: everybody. */
  readonly sourceRanges: readonly string[];
  /** How long a server may take to accept connections, in seconds. */
  readonly startSeconds: number;
  /** How long a load balancer may take to get an address, in seconds. */
  readonly addressSeconds: number;
  /** How long a server may take to shut down, in seconds. */
  readonly stopSeconds: number;
}

/** Quantities as Kubernetes writes them, e.g. `250m` and `512Mi`. */
export interface Resources {
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

/** What the environment says, in the words of objects. */
export function settingsOf(config: Config): KubernetesSettings {
  const limits = { cpu: config.cpuLimit, memory: config.memoryLimit };
  return {
    ...config,
    resources: {
      requests: { cpu: config.cpuRequest, memory: config.memoryRequest },
      limits: Object.fromEntries(
        Object.entries(limits).flatMap(([name, quantity]) => (quantity === undefined ? [] : [[name, quantity]])),
      ),
    },
  };
}
