import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../config/config.js';
import { deriveK8sName } from '#rules';
import { DataPlaneError, type InstanceSpec } from '../../data-plane.js';
import { hasApplied } from '../drift.js';
import { type KubernetesSettings, settingsOf } from '../kubernetes-settings.js';
import { claimOf } from './claim.js';
import { configMapOf } from './config-map.js';
import { podNameOf } from './identity.js';
import { networkPolicyOf } from './network-policy.js';
import { secretOf } from './secret.js';
import { serviceOf } from './service.js';
import { statefulSetOf } from './stateful-set.js';

const VERIFIER = `SCRAM-SHA-256$4096:c2FsdA==$${'A'.repeat(43)}=:${'B'.repeat(43)}=`;
const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const SPEC: InstanceSpec = {
  instanceId: '7b0ed4a4-5c7e-4a0f-9a52-6d6f1b0f4a11',
  k8sName: 'proddb-7b0ed4a4',
  namespace: 'databases',
  postgresVersion: '18',
  storageSizeGb: 50,
  useLoadBalancer: true,
  dnsLabel: 'proddb',
  tags: { team: 'backend' },
  imageType: 'stock',
  image: null,
  superuserVerifier: VERIFIER,
  monitoringVerifier: VERIFIER,
};

const settings = (environment: NodeJS.ProcessEnv = {}): KubernetesSettings => settingsOf(loadConfig(environment));

const everyObject = (spec: InstanceSpec, of: KubernetesSettings) => [
  secretOf(spec, of),
  configMapOf(spec, of),
  claimOf(spec, of),
  statefulSetOf(spec, of, { replicas: 1 }),
  serviceOf(spec, of),
  networkPolicyOf(spec, of),
];

describe('the objects of an instance', () => {
  it.each(everyObject(SPEC, settings()).map((object) => [object.kind, object] as const))(
    'are as they are written down: %s',
    async (kind, object) => {
      await expect(`${JSON.stringify(object, null, 2)}\n`).toMatchFileSnapshot(`./golden/${kind}.json`);
    },
  );

  it('bear the labels by which they are found again, and the tags of people under a prefix of their own', () => {
    for (const { metadata } of everyObject(SPEC, settings({ TOYGRES_INSTALLATION: 'staging' }))) {
      expect(metadata).toMatchObject({
        name: 'proddb-7b0ed4a4',
        namespace: 'databases',
        labels: {
          'app.kubernetes.io/managed-by': 'toygres',
          'toygres.io/installation': 'staging',
          'toygres.io/instance-id': SPEC.instanceId,
          'tags.toygres.io/team': 'backend',
        },
      });
    }
  });

  it('never hold a password: a plain one is refused', () => {
    const spec = { ...SPEC, superuserVerifier: 'canary' };
    expect(() => secretOf(spec, settings())).toThrow(DataPlaneError);
    expect(() => secretOf(spec, settings())).not.toThrow(/canary/);
  });

  it('have legal names, whatever the instance is called', () => {
    const name = fc.stringMatching(/^[a-z][-a-z0-9]{1,61}[a-z0-9]$/);
    const suffix = fc.stringMatching(/^[0-9a-f]{8}$/);
    fc.assert(
      fc.property(name, suffix, (user, end) => {
        const k8sName = deriveK8sName(user, end);
        for (const { metadata } of everyObject({ ...SPEC, k8sName, dnsLabel: user }, settings())) {
          expect(metadata.name).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
          // The label with the revision of a StatefulSet is its name and 11 characters.
          expect(metadata.name.length).toBeLessThanOrEqual(52);
        }
        expect(podNameOf({ k8sName }).length).toBeLessThanOrEqual(63);
      }),
    );
  });

  it('change nothing when they are applied a second time', () => {
    const [first, second] = [everyObject(SPEC, settings()), everyObject(SPEC, settings())];
    expect(second).toEqual(first);
  });
});

describe('the objects of an instance with pg_durable', () => {
  const DURABLE: InstanceSpec = { ...SPEC, imageType: 'pg_durable' };
  const OF = {
    TOYGRES_PG_DURABLE_IMAGES: `18=registry.example.com/pg_durable@${DIGEST}`,
    TOYGRES_PULL_SECRETS: 'registry',
  };
  const configOf = (spec: InstanceSpec) => configMapOf(spec, settings(OF)).data ?? {};
  const serverOf = (spec: InstanceSpec) =>
    statefulSetOf(spec, settings(OF), { replicas: 1 }).spec?.template.spec?.containers[0];

  /** What pg_hba.conf says, a line each, without comments. */
  const rulesOf = (spec: InstanceSpec): string[][] =>
    (configOf(spec)['pg_hba.conf'] ?? '')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split(/\s+/));

  it.each(everyObject(DURABLE, settings(OF)).map((object) => [object.kind, object] as const))(
    'are as they are written down: %s',
    async (kind, object) => {
      await expect(`${JSON.stringify(object, null, 2)}\n`).toMatchFileSnapshot(`./golden/pg_durable/${kind}.json`);
    },
  );

  it('trust nobody but what comes from inside the pod', () => {
    const trusting = rulesOf(DURABLE).filter((rule) => rule.at(-1) === 'trust');
    expect(trusting.map(([type, , , address]) => [type, address])).toEqual([
      ['host', '127.0.0.1/32'],
      ['host', '::1/128'],
    ]);
    // The first line that matches decides: everybody else meets the last one.
    expect(rulesOf(DURABLE).at(-1)).toEqual(['host', 'all', 'all', 'all', 'scram-sha-256']);
  });

  it.each([
    ['an official image', SPEC],
    ['a runtime image', { ...SPEC, image: `registry.example.com/postgis@${DIGEST}` }],
  ])('are the only ones that trust anybody: %s does not', (_what, spec) => {
    expect(rulesOf(spec)).toEqual([
      ['local', 'all', 'postgres', 'peer'],
      ['host', 'all', 'all', 'all', 'scram-sha-256'],
    ]);
    expect(JSON.stringify(everyObject(spec, settings(OF)))).not.toMatch(/pg_durable|PGHOST|trust/);
  });

  it('start the worker with the server, by settings that ALTER SYSTEM does not reach', () => {
    const { args = [], env = [] } = serverOf(DURABLE) ?? {};
    expect(args).toEqual(
      expect.arrayContaining([
        'shared_preload_libraries=pg_durable',
        'pg_durable.database=postgres',
        'pg_durable.worker_role=postgres',
        'pg_durable.enable_superuser_instances=on',
      ]),
    );
    expect(env).toContainEqual({ name: 'PGHOST', value: '127.0.0.1' });
  });

  it('make the extension before the initialisation counts as done, through the socket', () => {
    const script = configOf(DURABLE)['initialise.sh'] ?? '';
    const order = ['unset PGHOST', 'roles.sql', 'CREATE EXTENSION IF NOT EXISTS pg_durable', 'mv '].map((part) =>
      script.indexOf(part),
    );
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(order.every((at) => at >= 0)).toBe(true);
    // The script that the image brings along would ask at PGHOST, where nobody listens yet.
    expect(serverOf(DURABLE)?.volumeMounts).toContainEqual({
      name: 'initialise',
      mountPath: '/docker-entrypoint-initdb.d',
      readOnly: true,
    });
  });

  it('are not made without an image of the version', () => {
    const make = (environment: NodeJS.ProcessEnv) =>
      statefulSetOf({ ...DURABLE, postgresVersion: '17' }, settings(environment), { replicas: 1 });
    expect(() => make(OF)).toThrow('pg_durable on PostgreSQL 17 is not available; available: 18.');
    expect(() => make({})).toThrow(/TOYGRES_PG_DURABLE_IMAGES/);
  });
});

describe('the StatefulSet', () => {
  const podOf = (environment: NodeJS.ProcessEnv = {}) =>
    statefulSetOf(SPEC, settings(environment), { replicas: 1 }).spec?.template.spec;

  it('satisfies the restricted Pod Security Standard', () => {
    const pod = podOf();
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: 999, fsGroup: 999, seccompProfile: { type: 'RuntimeDefault' } },
    });
    for (const container of [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])]) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
      });
    }
  });

  it('keeps its data below a folder of the volume, beside a lost+found', () => {
    const [server] = podOf()?.containers ?? [];
    const mount = server?.volumeMounts?.find(({ name }) => name === 'data')?.mountPath;
    const data = server?.env?.find(({ name }) => name === 'PGDATA')?.value;
    expect(data?.startsWith(`${String(mount)}/`)).toBe(true);
  });

  it('has what the configuration says of nodes, images and limits', () => {
    const pod = podOf({
      TOYGRES_IMAGES: '18=registry.example.com/postgres:18.1@sha256:abc',
      TOYGRES_PULL_SECRETS: 'registry',
      TOYGRES_NODE_SELECTOR: 'agentpool=databases',
      TOYGRES_TOLERATIONS: '[{"key":"kubernetes.azure.com/scalesetpriority","operator":"Exists"}]',
      TOYGRES_CPU_LIMIT: '2',
      TOYGRES_MEMORY_LIMIT: '4Gi',
    });
    expect(pod).toMatchObject({
      imagePullSecrets: [{ name: 'registry' }],
      nodeSelector: { agentpool: 'databases' },
      tolerations: [{ key: 'kubernetes.azure.com/scalesetpriority', operator: 'Exists' }],
      containers: [
        {
          image: 'registry.example.com/postgres:18.1@sha256:abc',
          resources: { limits: { cpu: '2', memory: '4Gi' } },
        },
      ],
    });
  });

  it('is made of the image that the instance was pinned to, in both containers, whatever the configuration says', () => {
    const image = `registry.example.com/team/postgis:18-3.6@${DIGEST}`;
    for (const TOYGRES_IMAGES of ['18=registry.example.com/postgres:18.1', '17=registry.example.com/postgres:17']) {
      const made = statefulSetOf({ ...SPEC, image }, settings({ TOYGRES_IMAGES }), { replicas: 1 });
      const { initContainers = [], containers = [] } = made.spec?.template.spec ?? {};
      expect([...initContainers, ...containers].map((container) => container.image)).toEqual([image, image]);
    }
  });

  it('differs in nothing else from that of an official image', () => {
    const [official, own] = [null, `registry.example.com/postgis@${DIGEST}`].map((image) =>
      JSON.stringify(everyObject({ ...SPEC, image }, settings())),
    );
    expect(own?.replaceAll(`registry.example.com/postgis@${DIGEST}`, 'docker.io/library/postgres:18')).toBe(official);
  });

  it('is not made of a version that there is no image of', () => {
    const make = () => statefulSetOf({ ...SPEC, postgresVersion: '9' }, settings(), { replicas: 1 });
    expect(make).toThrow('PostgreSQL 9 is not available; available: 15, 16, 17, 18.');
  });
});

describe('the Service', () => {
  it('is inside the cluster only where no load balancer is asked for', () => {
    const { spec, metadata } = serviceOf({ ...SPEC, useLoadBalancer: false }, settings());
    expect(spec).toMatchObject({ type: 'ClusterIP' });
    expect(metadata).not.toHaveProperty('annotations');
  });

  it('lets in only those that may come', () => {
    const { spec } = serviceOf(SPEC, settings({ TOYGRES_SOURCE_RANGES: '203.0.113.0/24' }));
    expect(spec).toMatchObject({ type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24'] });
  });
});

describe('the NetworkPolicy', () => {
  const from = (environment: NodeJS.ProcessEnv, useLoadBalancer: boolean) =>
    networkPolicyOf({ ...SPEC, useLoadBalancer }, settings({ TOYGRES_SOURCE_RANGES: '203.0.113.0/24', ...environment }))
      .spec?.ingress?.[0]?.from;

  it('names who may come where it can see who comes', () => {
    const ranges = [{ ipBlock: { cidr: '203.0.113.0/24' } }];
    expect(from({}, false)).toEqual(ranges);
    expect(from({ TOYGRES_EXTERNAL_TRAFFIC_POLICY: 'Local' }, true)).toEqual(ranges);
  });

  it('leaves that to a load balancer that hides who comes', () => {
    expect(from({}, true)).toBeUndefined();
  });
});

describe('drift', () => {
  it('is seen in every field that was applied, and in no other', () => {
    const applied = statefulSetOf(SPEC, settings(), { replicas: 1 });
    const live = structuredClone(applied) as Record<string, unknown> & { spec: Record<string, unknown> };
    Object.assign(live, { status: { replicas: 1 } });
    Object.assign(live.spec, { persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain' } });
    expect(hasApplied(applied, live)).toBe(true);
    expect(hasApplied(applied, { ...live, spec: { ...live.spec, replicas: 0 } })).toBe(false);
    expect(hasApplied(applied, undefined)).toBe(false);
  });

  it('is seen in an item more, less or other of a list', () => {
    expect(hasApplied({ a: [1, 2] }, { a: [1, 2], b: 3 })).toBe(true);
    for (const a of [[1], [1, 2, 3], [2, 1], null]) {
      expect(hasApplied({ a: [1, 2] }, { a })).toBe(false);
    }
  });
});
