import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { KubeConfig } from '@kubernetes/client-node';
import type { Benchmark } from '../support/benchmark.ts';
import { dataPlaneOf, objectsOf } from '../support/cluster.ts';

const INSTANCES = 5_000;
/** What a worker may use; it takes about 155 MB without a cluster. */
const GOAL_MB = 200;
const NAMESPACE = 'bench';

/** What the watches of a worker hold of so many instances, each with its seven objects as a cluster gives them. */
export const view: Benchmark = {
  name: 'view',
  async run({ cleanup }) {
    const lists = makeLists();
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      response.writeHead(200, { 'Content-Type': 'application/json' });
      if (url.searchParams.get('watch') === 'true') {
        response.flushHeaders();
        return;
      }
      const all = lists.get(url.pathname.split('/').at(-1) ?? '') ?? [];
      const from = Number(url.searchParams.get('continue') ?? 0);
      const to = from + Number(url.searchParams.get('limit') ?? all.length);
      const more = to < all.length ? String(to) : '';
      response.end(
        `{"metadata":{"resourceVersion":"1","continue":"${more}"},"items":[${all.slice(from, to).join(',')}]}`,
      );
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    cleanup.add(() => {
      server.closeAllConnections();
      server.close();
      return Promise.resolve();
    });
    const kubeConfig = new KubeConfig();
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    kubeConfig.loadFromClusterAndUser({ name: 'bench', server: address, skipTLSVerify: true }, { name: 'bench' });

    const before = heapMb();
    const plane = dataPlaneOf(kubeConfig, NAMESPACE);
    const begun = performance.now();
    const listed = await plane.list();
    const seconds = (performance.now() - begun) / 1_000;
    const used = heapMb() - before;
    plane.close();
    return {
      lines: [
        {
          work: `what is watched of ${INSTANCES.toLocaleString('en')} instances, ${listed.length.toLocaleString('en')} objects`,
          subject: `${used.toFixed(0)} MB`,
          floor: 'none',
          ratio: null,
          goal: `≤ ${String(GOAL_MB)} MB`,
          met: used <= GOAL_MB,
        },
        {
          work: 'until all of it was read once',
          subject: `${seconds.toFixed(1)} s`,
          floor: 'none',
          ratio: null,
          goal: 'none',
          met: true,
        },
      ],
      data: { used, seconds, objects: listed.length },
    };
  },
};

/** Objects as texts, by resource. */
function makeLists(): ReadonlyMap<string, readonly string[]> {
  const lists = new Map([...Object.values(RESOURCES), 'pods'].map((resource): [string, string[]] => [resource, []]));
  for (let index = 0; index < INSTANCES; index += 1) {
    const name = `bench-${String(index)}`;
    const given = { uid: randomUUID(), resourceVersion: String(index), creationTimestamp: '2026-01-01T00:00:00Z' };
    for (const object of objectsOf(name, NAMESPACE)) {
      const managedFields = [{ manager: 'toygres', operation: 'Apply', fieldsV1: fieldsOf(object) }];
      const live = { ...object, metadata: { ...object.metadata, ...given, managedFields } };
      lists.get(RESOURCES[object.kind] ?? '')?.push(JSON.stringify(live));
      if (object.kind === 'StatefulSet') {
        const { template } = (object as unknown as { readonly spec: { readonly template: Template } }).spec;
        const metadata = { ...template.metadata, ...given, name: `${name}-0`, namespace: NAMESPACE, managedFields };
        lists.get('pods')?.push(JSON.stringify({ metadata, spec: template.spec, status: POD_STATUS }));
      }
    }
  }
  return lists;
}

interface Template {
  readonly metadata: object;
  readonly spec: object;
}

const RESOURCES: Readonly<Record<string, string>> = {
  Secret: 'secrets',
  ConfigMap: 'configmaps',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  NetworkPolicy: 'networkpolicies',
  Service: 'services',
  StatefulSet: 'statefulsets',
};

const POD_STATUS = {
  phase: 'Running',
  podIP: '10.0.0.1',
  conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({ type, status: 'True' })),
  containerStatuses: [
    { name: 'postgresql', ready: true, restartCount: 0, state: { running: { startedAt: '2026-01-01T00:00:00Z' } } },
  ],
};

/** Which fields an object has, as a cluster notes for each who has set it. */
function fieldsOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [`f:${name}`, fieldsOf(inner)]))
    : {};
}

/** What is held after what is not needed has been given back. */
function heapMb(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed / 1e6;
}
