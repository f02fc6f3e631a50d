import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { request as forward } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import type * as ClientModule from '../../server/src/data-plane/kubernetes/cluster-client.js';
import type * as PlaneModule from '../../server/src/data-plane/kubernetes/kubernetes-data-plane.js';
import type * as SettingsModule from '../../server/src/data-plane/kubernetes/kubernetes-settings.js';
import type { InstanceSpec } from '../../server/src/data-plane/data-plane.js';
import type { Applied } from '../../server/src/data-plane/kubernetes/json.js';
import type * as ClaimModule from '../../server/src/data-plane/kubernetes/objects/claim.js';
import type * as ConfigMapModule from '../../server/src/data-plane/kubernetes/objects/config-map.js';
import type * as NetworkPolicyModule from '../../server/src/data-plane/kubernetes/objects/network-policy.js';
import type * as SecretModule from '../../server/src/data-plane/kubernetes/objects/secret.js';
import type * as ServiceModule from '../../server/src/data-plane/kubernetes/objects/service.js';
import type * as StatefulSetModule from '../../server/src/data-plane/kubernetes/objects/stateful-set.js';
import type { Cleanup } from './cleanup.ts';
import { PASSWORD, POSTGRES_VERSION } from './instance-parts.ts';
import { loadConfig, loadServerCode, scramVerifier } from './server-code.ts';

const KUBERNETES = 'data-plane/kubernetes';
const { ClusterClient } = (await loadServerCode(`${KUBERNETES}/cluster-client.js`)) as typeof ClientModule;
const { KubernetesDataPlane } = (await loadServerCode(`${KUBERNETES}/kubernetes-data-plane.js`)) as typeof PlaneModule;
const { settingsOf } = (await loadServerCode(`${KUBERNETES}/kubernetes-settings.js`)) as typeof SettingsModule;
const { claimOf } = (await loadServerCode(`${KUBERNETES}/objects/claim.js`)) as typeof ClaimModule;
const { configMapOf } = (await loadServerCode(`${KUBERNETES}/objects/config-map.js`)) as typeof ConfigMapModule;
const { networkPolicyOf } = (await loadServerCode(
  `${KUBERNETES}/objects/network-policy.js`,
)) as typeof NetworkPolicyModule;
const { secretOf } = (await loadServerCode(`${KUBERNETES}/objects/secret.js`)) as typeof SecretModule;
const { serviceOf } = (await loadServerCode(`${KUBERNETES}/objects/service.js`)) as typeof ServiceModule;
const { statefulSetOf } = (await loadServerCode(`${KUBERNETES}/objects/stateful-set.js`)) as typeof StatefulSetModule;

export type AppliedObject = Applied<unknown>;

const NEVER = new AbortController().signal;

/** As small as the test machine wants them. */
export const SMALL = { TOYGRES_CPU_REQUEST: '10m', TOYGRES_MEMORY_REQUEST: '64Mi', TOYGRES_REGION: 'bench' };

const SETTINGS = settingsOf(loadConfig({ ...SMALL, TOYGRES_INSTALLATION: 'bench' }));
const VERIFIER = await scramVerifier(PASSWORD);

/** The adapter, with what the bench configures. */
export function dataPlaneOf(kubeConfig: KubeConfig, namespace: string): InstanceType<typeof KubernetesDataPlane> {
  return new KubernetesDataPlane(kubeConfig, [namespace], SETTINGS);
}

/** All that Toygres applies for an instance behind a load balancer. */
export function objectsOf(name: string, namespace: string): readonly AppliedObject[] {
  const spec: InstanceSpec = {
    instanceId: randomUUID(),
    k8sName: name,
    namespace,
    postgresVersion: POSTGRES_VERSION,
    storageSizeGb: 10,
    useLoadBalancer: true,
    dnsLabel: name,
    tags: {},
    imageType: 'stock',
    image: null,
    superuserVerifier: VERIFIER,
    monitoringVerifier: VERIFIER,
  };
  return [
    secretOf(spec, SETTINGS),
    configMapOf(spec, SETTINGS),
    claimOf(spec, SETTINGS),
    networkPolicyOf(spec, SETTINGS),
    serviceOf(spec, SETTINGS),
    statefulSetOf(spec, SETTINGS, { replicas: 1 }),
  ];
}

/** A namespace of the bench's own on the cluster of KUBECONFIG. */
export class BenchCluster {
  readonly namespace: string;
  readonly core: CoreV1Api;
  readonly #kubeConfig: KubeConfig;
  readonly #client: InstanceType<typeof ClusterClient>;

  private constructor(namespace: string, kubeConfig: KubeConfig) {
    this.namespace = namespace;
    this.core = kubeConfig.makeApiClient(CoreV1Api);
    this.#kubeConfig = kubeConfig;
    this.#client = new ClusterClient(kubeConfig);
  }

  static async create(cleanup: Cleanup): Promise<BenchCluster> {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromDefault();
    const name = `toygres-bench-${randomBytes(4).toString('hex')}`;
    const cluster = new BenchCluster(name, kubeConfig);
    await cluster.core.createNamespace({ body: { metadata: { name } } });
    cleanup.add(async () => {
      await cluster.core.deleteNamespace({ name });
    });
    return cluster;
  }

  /**
   * Applies the very objects of an instance, all at once, as `kubectl apply --server-side` does, and waits until it has an address and a
   * server that accepts connections.
   *
   * @returns where that is
   */
  async apply(): Promise<{ readonly host: string; readonly name: string }> {
    const name = `floor-${randomBytes(4).toString('hex')}`;
    const objects = objectsOf(name, this.namespace);
    await Promise.all(objects.map((object) => this.#client.apply(object, NEVER)));
    const [host] = await Promise.all([this.#addressOf(name), this.#readyOf(name)]);
    return { host, name };
  }

  async discard(name: string): Promise<void> {
    for (const kind of [
      'StatefulSet',
      'Service',
      'NetworkPolicy',
      'ConfigMap',
      'Secret',
      'PersistentVolumeClaim',
    ] as const) {
      const object = await this.#client.read(kind, this.namespace, name, NEVER);
      if (object !== null) {
        await this.#client.delete(kind, object, NEVER);
      }
    }
  }

  /** A way to the API server that counts. @param home where its KUBECONFIG is written */
  async countRequests(cleanup: Cleanup, home: string): Promise<RequestCount> {
    const cluster = this.#kubeConfig.getCurrentCluster();
    const user = this.#kubeConfig.getCurrentUser();
    const target = new URL(cluster?.server ?? '');
    const decoded = (data: string | undefined) => (data === undefined ? undefined : Buffer.from(data, 'base64'));
    const identity = {
      ca: decoded(cluster?.caData),
      cert: decoded(user?.certData),
      key: decoded(user?.keyData),
    };
    const count = { asked: 0, watches: 0 };
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', target);
      count[url.searchParams.get('watch') === 'true' ? 'watches' : 'asked'] += 1;
      const headers = { ...request.headers, host: target.host };
      const onward = forward(url, { method: request.method ?? 'GET', headers, ...identity }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      request.pipe(onward);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanup.add(() => {
      server.closeAllConnections();
      server.close();
      return Promise.resolve();
    });
    const config = new KubeConfig();
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    config.loadFromClusterAndUser(
      { name: 'counted', server: address, skipTLSVerify: true },
      { name: 'bench', ...(user?.token !== undefined && { token: user.token }) },
    );
    const path = join(home, 'kubeconfig');
    await writeFile(path, config.exportConfig());
    await chmod(path, 0o600);
    return { count, path };
  }

  #addressOf(name: string): Promise<string> {
    return this.#until('Service', name, ({ status }) => status?.loadBalancer?.ingress?.[0]?.ip);
  }

  #readyOf(name: string): Promise<true> {
    return this.#until('Pod', `${name}-0`, ({ status }) =>
      status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true ? true : undefined,
    );
  }

  async #until<K extends 'Service' | 'Pod', Value>(
    kind: K,
    name: string,
    look: (object: WatchedObject<K>) => Value | undefined,
  ): Promise<Value> {
    const selector = { fieldSelector: `metadata.name=${name}` };
    const position = { resourceVersion: '0', seconds: 300 };
    for await (const { object } of this.#client.watch(kind, this.namespace, selector, position, NEVER)) {
      const value = look(object);
      if (value !== undefined) {
        return value;
      }
    }
    throw new Error(`${kind} ${name} did not come about.`);
  }
}

type WatchedObject<K extends 'Service' | 'Pod'> = NonNullable<
  Awaited<ReturnType<InstanceType<typeof ClusterClient>['read']>>
> & { readonly status?: K extends 'Service' ? ServiceStatus : PodStatus };

interface ServiceStatus {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] };
}

interface PodStatus {
  readonly conditions?: readonly { readonly type: string; readonly status: string }[];
}

/** How often the API server was asked so far, and the KUBECONFIG that leads by the count. */
export interface RequestCount {
  readonly count: { readonly asked: number; readonly watches: number };
  readonly path: string;
}
