import type { InstanceState } from '../../instances/domain/instance.js';

/** What data planes list, and what they apply. */
export const RESOURCE_KINDS = [
  'directory',
  'process',
  'port',
  'claim',
  'pod',
  'service',
  'object',
  'configuration',
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Something that a data plane found under our label. */
export interface FoundResource {
  readonly instanceId: string;
  readonly k8sName: string;
  readonly kind: Exclude<ResourceKind, 'configuration'>;
  /** Path, process id, port or name of an object. */
  readonly name: string;
}

/** An instance as the rows have it. */
export interface RecordedInstance {
  readonly id: string;
  readonly name: string;
  readonly k8sName: string;
  readonly dataPlane: 'local' | 'kubernetes';
  readonly state: InstanceState;
  /** Whether it has something that could be started. */
  readonly hasData: boolean;
  /** Whether an orchestration is at it: then what is there changes. */
  readonly busy: boolean;
}

/**
 * `unknown_resource`: it belongs to no instance. `left_over`: its instance should have none. `missing_resource`: its instance should have one
 * and hasn't. `drifted`: what was applied to it is not so any more.
 */
export const FINDING_CODES = ['unknown_resource', 'left_over', 'missing_resource', 'drifted'] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

export interface Finding {
  readonly code: FindingCode;
  readonly instanceId: string;
  /** Null where no row knows it. */
  readonly instanceName: string | null;
  readonly k8sName: string;
  readonly state: InstanceState | null;
  readonly kind: ResourceKind;
  /** Null where it is missing. */
  readonly resource: string | null;
}

type Expectation = 'present' | 'absent' | 'either';
/** What a resource is to its instance. */
type Role = 'data' | 'server' | 'address' | 'other';
type Expected = Readonly<Record<Role, Expectation>>;

const ROLES: Readonly<Record<FoundResource['kind'], Role>> = {
  directory: 'data',
  claim: 'data',
  process: 'server',
  pod: 'server',
  port: 'address',
  service: 'address',
  object: 'other',
};

/** What plays a role on a data plane, where something has to. */
const PLAYERS: Readonly<
  Record<RecordedInstance['dataPlane'], Readonly<Record<Exclude<Role, 'other'>, FoundResource['kind']>>>
> = {
  local: { data: 'directory', server: 'process', address: 'port' },
  kubernetes: { data: 'claim', server: 'pod', address: 'service' },
};

const NOTHING: Expected = { data: 'absent', server: 'absent', address: 'absent', other: 'absent' };
const SERVER: Expected = { data: 'present', server: 'present', address: 'present', other: 'either' };
const STOPPED: Expected = { data: 'present', server: 'absent', address: 'present', other: 'either' };
/** A start that failed, or a stop of what can't be reached: the server may be there. */
const FAILED: Expected = { data: 'present', server: 'either', address: 'present', other: 'either' };

/** On a cluster the address of what is deleted is given back, and made again when it is brought back. */
const withoutAddress = (expected: Expected, { dataPlane }: RecordedInstance): Expected =>
  dataPlane === 'kubernetes' ? { ...expected, address: 'either' } : expected;

/** What a state implies; undefined while it is being changed. */
export function expectedOf(instance: RecordedInstance): Expected | undefined {
  const { state, hasData, busy } = instance;
  if (busy) {
    return undefined;
  }
  switch (state) {
    case 'running':
      return SERVER;
    case 'stopped':
      return STOPPED;
    case 'deleted':
      return withoutAddress(STOPPED, instance);
    case 'failed':
      return hasData ? withoutAddress(FAILED, instance) : NOTHING;
    case 'purged':
      return NOTHING;
    default:
      return undefined;
  }
}

/** Compares what is recorded with what is there, both ways. */
export function compare(instances: readonly RecordedInstance[], found: readonly FoundResource[]): readonly Finding[] {
  const byInstance = Map.groupBy(found, ({ instanceId }) => instanceId);
  const findings: Finding[] = [];
  for (const instance of instances) {
    const own = byInstance.get(instance.id) ?? [];
    byInstance.delete(instance.id);
    const expected = expectedOf(instance);
    if (!expected) {
      continue;
    }
    const { id: instanceId, name: instanceName, k8sName, state, dataPlane } = instance;
    const about = { instanceId, instanceName, k8sName, state };
    for (const [role, kind] of Object.entries(PLAYERS[dataPlane]) as [
      Exclude<Role, 'other'>,
      FoundResource['kind'],
    ][]) {
      if (expected[role] === 'present' && !own.some((resource) => resource.kind === kind)) {
        findings.push({ ...about, code: 'missing_resource', kind, resource: null });
      }
    }
    for (const { kind, name } of own) {
      if (expected[ROLES[kind]] === 'absent') {
        findings.push({ ...about, code: 'left_over', kind, resource: name });
      }
    }
  }
  for (const { instanceId, k8sName, kind, name } of [...byInstance.values()].flat()) {
    findings.push({
      code: 'unknown_resource',
      instanceId,
      instanceName: null,
      k8sName,
      state: null,
      kind,
      resource: name,
    });
  }
  return findings;
}

/** What is to be compared with what was applied: whatever has data and is not being changed. */
export function canDrift(instance: RecordedInstance): boolean {
  return expectedOf(instance)?.data === 'present';
}

/**
 * What can be done about a finding. `automatic`: it only makes reality what the state says, and loses nothing. `on_request`: it removes
 * something, so somebody has to ask for it. `none`: what is missing can't be made out of nothing.
 */
export const REPAIRS = ['automatic', 'on_request', 'none'] as const;
export type Repair = (typeof REPAIRS)[number];

export function repairOf({ code, kind, state }: Pick<Finding, 'code' | 'kind' | 'state'>): Repair {
  switch (code) {
    case 'drifted':
      return 'automatic';
    case 'missing_resource':
      return isServer(kind) ? 'automatic' : 'none';
    case 'left_over':
      return isServer(kind) && (state === 'stopped' || state === 'deleted') ? 'automatic' : 'on_request';
    case 'unknown_resource':
      return 'on_request';
  }
}

const isServer = (kind: ResourceKind): boolean => kind !== 'configuration' && ROLES[kind] === 'server';

/** What makes two findings the same. */
export function findingKey({
  code,
  instanceId,
  kind,
  resource,
}: Omit<Finding, 'instanceName' | 'k8sName' | 'state'>): string {
  return JSON.stringify([code, instanceId, kind, resource]);
}

/** Findings of one look that another one has confirmed: what only was under way is gone by then. */
export function confirmed(first: readonly Finding[], second: readonly Finding[]): readonly Finding[] {
  const seen = new Set(first.map(findingKey));
  return second.filter((finding) => seen.has(findingKey(finding)));
}
