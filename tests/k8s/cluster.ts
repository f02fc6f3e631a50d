import { randomBytes, randomUUID } from 'node:crypto';
import { type EventEmitter, once } from 'node:events';
import { Writable } from 'node:stream';
import {
  CoreV1Api,
  Exec,
  KubeConfig,
  KubernetesObjectApi,
  loadAllYaml,
  RbacAuthorizationV1Api,
  Watch,
} from '@kubernetes/client-node';
import { loadConfig } from '../../server/src/config/config.js';
import type { DataPlane, InstanceSpec } from '../../server/src/data-plane/data-plane.js';
import { rolesYaml } from '../../server/src/data-plane/kubernetes/access.js';
import { KubernetesDataPlane } from '../../server/src/data-plane/kubernetes/kubernetes-data-plane.js';
import { type KubernetesSettings, settingsOf } from '../../server/src/data-plane/kubernetes/kubernetes-settings.js';
import type { ObjectOf } from '../../server/src/data-plane/kubernetes/kinds.js';
import { podNameOf } from '../../server/src/data-plane/kubernetes/objects/identity.js';
import { PATHS } from '../../server/src/data-plane/kubernetes/objects/scripts.js';
import { SERVER_CONTAINER } from '../../server/src/data-plane/kubernetes/objects/stateful-set.js';
import { scramVerifier } from '../../server/src/platform/crypto/scram.js';
import { until } from '../support/until.js';

/** Makes an instance and starts it. */
export async function bringUp(plane: DataPlane, spec: InstanceSpec): Promise<void> {
  const never = new AbortController().signal;
  await plane.prepareVolume(spec, never);
  await plane.configure(spec, never);
  await plane.start(spec, never);
}

interface Role {
  readonly kind: string;
  readonly metadata: { name: string; namespace?: string };
  readonly roleRef?: { name: string };
  readonly subjects?: { name: string; namespace: string }[];
}

/**
 * A namespace of the test's own on the cluster that KUBECONFIG names. It admits nothing but what the restricted Pod Security Standard allows,
 * and what is tested in it has no rights but those of `k8s/server/rbac.yaml`.
 */
export class TestNamespace {
  readonly #planes: KubernetesDataPlane[] = [];
  readonly #roles: Role[] = [];
  #account: KubeConfig | undefined;

  private constructor(
    readonly name: string,
    /** Of whoever may do everything: the test itself. */
    readonly admin: KubeConfig,
    readonly core: CoreV1Api,
  ) {}

  /** Of the account that Toygres has. */
  get kubeConfig(): KubeConfig {
    if (!this.#account) {
      throw new Error('The namespace has no account yet.');
    }
    return this.#account;
  }

  static async create(): Promise<TestNamespace> {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromDefault();
    const core = kubeConfig.makeApiClient(CoreV1Api);
    const name = `toygres-test-${randomBytes(4).toString('hex')}`;
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
    await core.createNamespace({ body: { metadata: { name, labels } } });
    // It may lack its service account for a moment.
    await until('the namespace can be used', async () => {
      const { items } = await core.listNamespacedServiceAccount({ namespace: name });
      return items.length > 0;
    });
    const namespace = new TestNamespace(name, kubeConfig, core);
    await namespace.#grant();
    return namespace;
  }

  async #grant(): Promise<void> {
    this.#account = await this.account('toygres');
    const objects = KubernetesObjectApi.makeApiClient(this.admin);
    for (const role of loadAllYaml(rolesYaml()) as Role[]) {
      if (role.kind.startsWith('Cluster')) {
        role.metadata.name = this.name;
      } else {
        role.metadata.namespace = this.name;
      }
      if (role.roleRef) {
        role.roleRef.name = role.kind.startsWith('Cluster') ? this.name : role.roleRef.name;
        role.subjects?.forEach((subject) => (subject.namespace = this.name));
      }
      await objects.create(role);
      this.#roles.push(role);
    }
  }

  settings(changes: Partial<KubernetesSettings> = {}): KubernetesSettings {
    const small = { TOYGRES_CPU_REQUEST: '10m', TOYGRES_MEMORY_REQUEST: '64Mi', TOYGRES_START_SECONDS: '120' };
    return { ...settingsOf(loadConfig({ ...small, TOYGRES_HOME: '/nonexistent' })), ...changes };
  }

  /** @param kubeConfig of somebody else, such as an account with fewer rights */
  plane(changes: Partial<KubernetesSettings> = {}, kubeConfig: KubeConfig = this.kubeConfig): KubernetesDataPlane {
    const plane = new KubernetesDataPlane(kubeConfig, [this.name], this.settings(changes));
    this.#planes.push(plane);
    return plane;
  }

  /** Of an instance in this namespace. */
  async newSpec(changes: Partial<InstanceSpec> = {}): Promise<InstanceSpec> {
    const k8sName = `test-${randomBytes(4).toString('hex')}`;
    return {
      instanceId: randomUUID(),
      k8sName,
      namespace: this.name,
      postgresVersion: '18',
      storageSizeGb: 10,
      useLoadBalancer: false,
      dnsLabel: k8sName,
      tags: {},
      imageType: 'stock',
      image: null,
      superuserVerifier: await scramVerifier('password'),
      monitoringVerifier: await scramVerifier('password'),
      ...changes,
    };
  }

  /** An account of the namespace that has no rights yet. */
  async account(name: string): Promise<KubeConfig> {
    await this.core.createNamespacedServiceAccount({ namespace: this.name, body: { metadata: { name } } });
    const { status } = await this.core.createNamespacedServiceAccountToken({
      namespace: this.name,
      name,
      body: { spec: { audiences: [], expirationSeconds: 3_600 } },
    });
    const cluster = this.admin.getCurrentCluster();
    const config = new KubeConfig();
    config.loadFromClusterAndUser(cluster!, { name, token: status?.token ?? '' });
    return config;
  }

  /** Address that a load balancer has got. */
  addressOf(name: string): Promise<string> {
    return until('there is an address', async () => {
      const { status } = await this.core.readNamespacedService({ namespace: this.name, name });
      return status?.loadBalancer?.ingress?.[0]?.ip;
    });
  }

  /** Takes a verb on a resource from the account, e.g. `list` of `pods`. */
  async forbid(resource: string, verb: string): Promise<void> {
    const rbac = this.admin.makeApiClient(RbacAuthorizationV1Api);
    const at = { name: 'toygres', namespace: this.name };
    const body = await rbac.readNamespacedRole(at);
    for (const rule of body.rules ?? []) {
      if (rule.resources?.includes(resource)) {
        rule.verbs = rule.verbs.filter((given) => given !== verb);
      }
    }
    body.rules = body.rules?.filter(({ verbs }) => verbs.length > 0) ?? [];
    await rbac.replaceNamespacedRole({ ...at, body });
  }

  /** Runs a command beside a server, and resolves when it has ended. @returns what it writes to its standard output */
  async run(k8sName: string, command: readonly string[]): Promise<string> {
    let output = '';
    const keep = new Writable({
      write: (chunk, _encoding, done) => {
        output += String(chunk);
        done();
      },
    });
    const ended = Promise.withResolvers<true>();
    const socket = await new Exec(this.admin).exec(
      this.name,
      podNameOf({ k8sName }),
      SERVER_CONTAINER,
      [...command],
      keep,
      keep,
      null,
      false,
      () => ended.resolve(true),
    );
    // A pod that goes away ends the connection and nothing else.
    await Promise.race([ended.promise, once(socket as unknown as EventEmitter, 'close')]);
    return output;
  }

  /** Runs a command with the volume of a server that is stopped, at `/volume`. */
  async withVolume(k8sName: string, command: readonly string[]): Promise<void> {
    const at = { namespace: this.name, name: `${k8sName}-helper` };
    await this.core.createNamespacedPod({
      namespace: this.name,
      body: {
        metadata: { name: at.name },
        spec: {
          restartPolicy: 'Never',
          securityContext: { runAsNonRoot: true, runAsUser: 999, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'helper',
              image: this.settings().images['18'] ?? '',
              command: [...command],
              securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
              volumeMounts: [{ name: 'volume', mountPath: '/volume' }],
            },
          ],
          volumes: [{ name: 'volume', persistentVolumeClaim: { claimName: k8sName } }],
        },
      },
    });
    await until('it is done', async () => (await this.core.readNamespacedPod(at)).status?.phase === 'Succeeded');
    await this.core.deleteNamespacedPod(at);
  }

  /** Calls back with every state of every pod, until the signal aborts. */
  async followPods(changed: (pod: ObjectOf<'Pod'>) => void, signal: AbortSignal): Promise<void> {
    const ended = Promise.withResolvers<true>();
    const watch = await new Watch(this.admin).watch(
      `/api/v1/namespaces/${this.name}/pods`,
      {},
      (_, pod: ObjectOf<'Pod'>) => changed(pod),
      () => ended.resolve(true),
    );
    signal.addEventListener('abort', () => watch.abort());
    await ended.promise;
  }

  /** Ends a server without a checkpoint, and waits until its container has ended with it. */
  async kill(k8sName: string): Promise<void> {
    const before = await this.#restarts(k8sName);
    await this.run(k8sName, ['pg_ctl', 'stop', '--mode=immediate', '--no-wait', `--pgdata=${PATHS.data}`]);
    await until('its container was started again', async () => (await this.#restarts(k8sName)) > before);
  }

  async #restarts(k8sName: string): Promise<number> {
    const { status } = await this.core.readNamespacedPod({ namespace: this.name, name: podNameOf({ k8sName }) });
    return status?.containerStatuses?.find(({ name }) => name === SERVER_CONTAINER)?.restartCount ?? 0;
  }

  /** Removes the namespace and all that is in it. */
  async remove(): Promise<void> {
    for (const plane of this.#planes) {
      plane.close();
    }
    const objects = KubernetesObjectApi.makeApiClient(this.admin);
    await Promise.all(this.#roles.filter(({ kind }) => kind.startsWith('Cluster')).map((role) => objects.delete(role)));
    await this.core.deleteNamespace({ name: this.name });
  }
}
