import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { createToygres, type Toygres } from '#sdk';
import { ServerProcess } from '../support/server-process.js';
import { temporaryHome } from '../support/servers.js';
import { TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { TestNamespace } from './cluster.js';

/** Of an instance whose size does not matter. */
export const NEW = { password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10, use_load_balancer: true };

/** What something on a cluster may take at most. */
export const patient = (seconds = 180) => ({ signal: AbortSignal.timeout(seconds * 1_000) });

export interface ClusterSystemOptions {
  readonly workers?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the servers find the API server, when it is something between them. */
  readonly apiServer?: string;
}

/** A whole Toygres whose instances are on the cluster: `api` and `worker` as processes of their own, with the rights of Toygres and no others. */
export class ClusterSystem {
  readonly workers: ServerProcess[] = [];
  readonly toygres: Toygres;

  private constructor(
    readonly namespace: TestNamespace,
    readonly database: TestDatabase,
    readonly api: ServerProcess,
    private readonly home: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    this.toygres = createToygres({ baseUrl: api.url });
  }

  static async start({ workers = 2, environment, apiServer }: ClusterSystemOptions = {}): Promise<ClusterSystem> {
    const [namespace, database, home] = await Promise.all([
      TestNamespace.create(),
      TestDatabase.create(),
      temporaryHome('toygres-k8s-'),
    ]);
    const kubeConfig = join(home, 'kubeconfig');
    const exported = JSON.parse(namespace.kubeConfig.exportConfig()) as {
      clusters: { cluster: Record<string, unknown> }[];
    };
    if (apiServer !== undefined) {
      exported.clusters.forEach((entry) => (entry.cluster = { server: apiServer }));
    }
    await writeFile(kubeConfig, JSON.stringify(exported), { mode: 0o600 });
    const whole = {
      KUBECONFIG: kubeConfig,
      TOYGRES_HOME: home,
      TOYGRES_DATABASE_URL: database.url,
      TOYGRES_DATA_PLANE: 'kubernetes',
      TOYGRES_NAMESPACES: namespace.name,
      TOYGRES_REGION: 'test',
      TOYGRES_CPU_REQUEST: '10m',
      TOYGRES_MEMORY_REQUEST: '64Mi',
      TOYGRES_LEASE_SECONDS: '2',
      TOYGRES_SWEEP_SECONDS: '0.5',
      TOYGRES_HEALTH_INTERVAL_SECONDS: '1',
      TOYGRES_RECONCILE_SECONDS: '2',
      ...environment,
    };
    const system = new ClusterSystem(namespace, database, await ServerProcess.start('api', whole), home, whole);
    await Promise.all(Array.from({ length: workers }, () => system.startWorker()));
    return system;
  }

  get url(): string {
    return this.api.url;
  }

  /** A name that nobody else on the cluster has: load balancers share their DNS names. */
  unique(name: string): string {
    return `${name}-${this.namespace.name.slice(-8)}`;
  }

  async startWorker(entry?: readonly string[]): Promise<ServerProcess> {
    const worker = await ServerProcess.start('worker', this.environment, entry);
    this.workers.push(worker);
    return worker;
  }

  /** @param environment other than that of the system, of a command that runs to its end */
  command(name: string, environment: Readonly<Record<string, string>> = {}): ServerProcess {
    return ServerProcess.spawn(name, { ...this.environment, ...environment }, ['dist/server/src/main.js', name]);
  }

  /** Asks an instance something, with what the credentials route gives. */
  async query<Row extends object>(id: string, sql: string): Promise<Row[]> {
    const { ip_connection_string: url } = await this.toygres.instances.credentials(id);
    const client = new Client(url ?? '');
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Kinds of what there is of an instance. */
  async objects(id: string): Promise<string[]> {
    const selector = { namespace: this.namespace.name, labelSelector: `toygres.io/instance-id=${id}` };
    const { core } = this.namespace;
    const [pods, services, claims, secrets] = await Promise.all([
      core.listNamespacedPod(selector),
      core.listNamespacedService(selector),
      core.listNamespacedPersistentVolumeClaim(selector),
      core.listNamespacedSecret(selector),
    ]);
    const kinds = { pod: pods, service: services, claim: claims, secret: secrets };
    return Object.entries(kinds).flatMap(([kind, { items }]) => items.map(() => kind));
  }

  /** @throws Error when record and reality differ once nothing is under way any more */
  async expectConsistency(seconds = 60): Promise<void> {
    await until(
      'nothing is under way',
      async () =>
        (await this.toygres.orchestrations.list({ status: ['pending', 'running', 'compensating'] })).total === 0,
      seconds,
    );
    let findings: readonly unknown[] = [];
    await until(
      'record and reality agree',
      async () => {
        ({ findings } = await this.toygres.consistency());
        return findings.length === 0;
      },
      seconds,
    ).catch((error: unknown) => {
      throw new Error(`Record and reality differ: ${JSON.stringify(findings, null, 2)}`, { cause: error });
    });
  }

  async purge(id: string): Promise<void> {
    await this.toygres.instances.delete(id, { purge: true });
    await this.toygres.instances.waitUntil(id, 'purged', patient());
  }

  async stop(): Promise<void> {
    await Promise.all([this.api, ...this.workers].map((server) => server.stop()));
    await this.namespace.remove();
    await this.database.drop();
    await rm(this.home, { recursive: true });
  }
}
