import { AuthorizationV1Api, dumpYaml, type KubeConfig } from '@kubernetes/client-node';
import { type Kind, KINDS } from './kinds.js';

type Verb = 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';

/** Something that Toygres does in the cluster. */
interface Access {
  readonly kind: Kind;
  readonly subresource?: 'log';
  readonly verbs: readonly Verb[];
  /** What does not work without it, where everything else does. */
  readonly without?: string;
}

const OWN: readonly Verb[] = ['get', 'list', 'watch', 'create', 'patch', 'delete'];

/** What is needed in each namespace that instances are made in. */
export const NAMESPACED_ACCESS: readonly Access[] = [
  { kind: 'StatefulSet', verbs: OWN },
  { kind: 'Service', verbs: OWN },
  { kind: 'ConfigMap', verbs: OWN },
  { kind: 'Secret', verbs: OWN },
  { kind: 'PersistentVolumeClaim', verbs: OWN },
  { kind: 'NetworkPolicy', verbs: OWN },
  { kind: 'Pod', verbs: ['get', 'list', 'watch', 'delete'] },
  { kind: 'Pod', subresource: 'log', verbs: ['get'] },
  { kind: 'Event', verbs: ['list', 'watch'] },
];

/** What belongs to no namespace, and is only read. */
export const CLUSTER_ACCESS: readonly Access[] = [
  {
    kind: 'PersistentVolume',
    verbs: ['get', 'list', 'watch'],
    without: 'a purge ends with the claim, and does not wait for its disk',
  },
  {
    kind: 'Node',
    verbs: ['get'],
    without: 'TOYGRES_REGION has to be set where load balancers have names, and a node that is away is not told',
  },
];

/** A right that is missing. */
export interface MissingAccess {
  /** Null: in the whole cluster. */
  readonly namespace: string | null;
  readonly verb: Verb;
  /** E.g. `pods/log`. */
  readonly resource: string;
  readonly without: string | undefined;
}

/** Asks the cluster for each right that Toygres needs whether this account has it. */
export async function missingAccess(
  kubeConfig: KubeConfig,
  namespaces: readonly string[],
): Promise<readonly MissingAccess[]> {
  const api = kubeConfig.makeApiClient(AuthorizationV1Api);
  const wanted = [
    ...namespaces.flatMap((namespace) => NAMESPACED_ACCESS.map((access) => ({ namespace, access }))),
    ...CLUSTER_ACCESS.map((access) => ({ namespace: null, access })),
  ].flatMap(({ namespace, access }) => access.verbs.map((verb) => ({ namespace, access, verb })));
  const answers = await Promise.all(
    wanted.map(async ({ namespace, access, verb }) => {
      const { resource } = KINDS[access.kind];
      const { status } = await api.createSelfSubjectAccessReview({
        body: {
          spec: {
            resourceAttributes: {
              ...(namespace !== null && { namespace }),
              ...(access.subresource && { subresource: access.subresource }),
              group: groupOf(access.kind),
              resource,
              verb,
            },
          },
        },
      });
      return { namespace, verb, resource: nameOf(access), without: access.without, allowed: status?.allowed === true };
    }),
  );
  return answers.filter(({ allowed }) => !allowed).map(({ allowed: _, ...missing }) => missing);
}

/** The roles that hold exactly what is needed, as `k8s/server/rbac.yaml` has them. */
export function rolesYaml(): string {
  const role = (kind: 'Role' | 'ClusterRole', accesses: readonly Access[]) => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'toygres' },
    rules: accesses.map((access) => ({
      apiGroups: [groupOf(access.kind)],
      resources: [nameOf(access)],
      verbs: [...access.verbs],
    })),
  });
  const subjects = [{ kind: 'ServiceAccount', name: 'toygres', namespace: 'toygres-system' }];
  const binding = (kind: 'Role' | 'ClusterRole') => ({
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: `${kind}Binding`,
    metadata: { name: 'toygres' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name: 'toygres' },
    subjects,
  });
  return [
    '# Generated from server/src/data-plane/kubernetes/access.ts. Role and RoleBinding go into each namespace of TOYGRES_NAMESPACES.\n',
    ...[
      role('Role', NAMESPACED_ACCESS),
      binding('Role'),
      role('ClusterRole', CLUSTER_ACCESS),
      binding('ClusterRole'),
    ].map((object) => dumpYaml(object)),
  ].join('---\n');
}

/** "apps", or "" for the core group. */
function groupOf(kind: Kind): string {
  return /^\/apis\/([^/]+)\//.exec(`${KINDS[kind].group}/`)?.[1] ?? '';
}

function nameOf({ kind, subresource }: Access): string {
  const { resource } = KINDS[kind];
  return subresource === undefined ? resource : `${resource}/${subresource}`;
}
