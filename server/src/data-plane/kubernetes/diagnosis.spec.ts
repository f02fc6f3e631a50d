import { describe, expect, it } from 'vitest';
import { diagnose, diagnoseService, ofNode, refusal } from './diagnosis.js';
import type { InstanceObjects } from './instance-objects.js';

type Pod = NonNullable<InstanceObjects['pod']>;
type Warning = InstanceObjects['warnings'][number];

const metadata = (uid: string) => ({ name: 'proddb-a1b2c3d4', namespace: 'toygres', uid });

const warning = (uid: string, reason: string, message: string): Warning => ({
  metadata: metadata(`event-${uid}`),
  involvedObject: { uid, name: 'proddb-a1b2c3d4' },
  reason,
  message,
});

const objects = (changes: Partial<InstanceObjects>): InstanceObjects => ({
  statefulSet: { metadata: metadata('set') },
  pod: undefined,
  service: {
    metadata: { ...metadata('service'), annotations: { 'service.beta.kubernetes.io/azure-dns-label-name': 'proddb' } },
  },
  networkPolicy: undefined,
  configMap: undefined,
  secret: undefined,
  claim: { metadata: metadata('claim'), status: { phase: 'Bound' } },
  warnings: [],
  ...changes,
});

const pod = (status: Pod['status']): Pod => ({
  metadata: metadata('pod'),
  spec: { containers: [], nodeName: 'node-1' },
  status: status!,
});

const container = (state: object, more: object = {}) => ({
  name: 'postgresql',
  image: 'postgres:18',
  imageID: '',
  ready: false,
  restartCount: 0,
  state,
  ...more,
});

describe('why an instance does not run', () => {
  it('is not known where nothing is wrong', () => {
    expect(diagnose(objects({}))).toBeNull();
    expect(diagnose(objects({ pod: pod({ phase: 'Pending' }) }))).toBeNull();
    const creating = container({ waiting: { reason: 'ContainerCreating' } });
    expect(diagnose(objects({ pod: pod({ containerStatuses: [creating] }) }))).toBeNull();
  });

  it.each([
    ['exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1', 'quota_exceeded'],
    ['admission webhook "policy.example.com" denied the request: no', 'admission_refused'],
    ['violates PodSecurity "restricted:latest": runAsNonRoot != true', 'admission_refused'],
    ['User "toygres" cannot create resource "pods" in API group "" in the namespace "x"', 'cluster_forbidden'],
  ])('is read in what a controller was refused: %s', (message, code) => {
    expect(refusal(message)).toMatchObject({ code });
    expect(diagnose(objects({ warnings: [warning('set', 'FailedCreate', message)] }))).toMatchObject({
      code,
      hopeless: false,
    });
  });

  it.each([
    ['0/3 nodes are available: 3 Insufficient memory.', 'unschedulable'],
    ['0/3 nodes are available: 3 node(s) had volume node affinity conflict.', 'volume_node_conflict'],
    ["0/1 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity.", 'volume_node_conflict'],
  ])('is read in what the scheduler says: %s', (message, code) => {
    const conditions = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message }];
    expect(diagnose(objects({ pod: pod({ conditions }) }))).toMatchObject({ code, hopeless: false });
  });

  it('is the volume, where that is what the scheduler waits for', () => {
    const conditions = [
      { type: 'PodScheduled', status: 'False', message: 'pod has unbound immediate PersistentVolumeClaims' },
    ];
    const claim = { metadata: metadata('claim'), status: { phase: 'Pending' } };
    const warnings = [warning('claim', 'ProvisioningFailed', 'storageclass.storage.k8s.io "fast" not found')];
    expect(diagnose(objects({ pod: pod({ conditions }), claim, warnings }))).toEqual({
      code: 'volume_pending',
      reason: 'The volume can not be made: storageclass.storage.k8s.io "fast" not found.',
      hopeless: false,
    });
  });

  it.each([
    [container({ waiting: { reason: 'ErrImagePull', message: 'not found' } }), 'image_pull_failed', false],
    [container({ waiting: { reason: 'ImagePullBackOff', message: 'Back-off' } }), 'image_pull_failed', true],
    [container({ waiting: { reason: 'InvalidImageName', message: 'no' } }), 'image_pull_failed', true],
    [container({ terminated: { exitCode: 1, reason: 'Error' } }), 'server_exited', false],
    [
      container(
        { waiting: { reason: 'CrashLoopBackOff' } },
        { restartCount: 3, lastState: { terminated: { exitCode: 1 } } },
      ),
      'server_exited',
      true,
    ],
    [container({ terminated: { exitCode: 137, reason: 'OOMKilled' } }), 'out_of_memory', false],
  ] as const)('is read in its container: %j', (status, code, hopeless) => {
    expect(diagnose(objects({ pod: pod({ containerStatuses: [status] }) }))).toMatchObject({ code, hopeless });
  });

  it('is no container that runs again', () => {
    const again = container({ running: {} }, { restartCount: 1, lastState: { terminated: { exitCode: 1 } } });
    expect(diagnose(objects({ pod: pod({ containerStatuses: [again] }) }))).toBeNull();
  });

  it.each([
    ['Unknown', 'node_lost'],
    ['False', 'node_lost'],
    ['True', undefined],
  ])('is read in the node where the pod says nothing: ready %s', (status, code) => {
    const node = { metadata: {}, status: { conditions: [{ type: 'Ready', status }] } };
    expect(ofNode(pod({ conditions: [{ type: 'Ready', status: 'False' }] }), node)?.code).toBe(code);
  });

  it('is the node that gave it up, or is not heard of', () => {
    const ended = pod({ phase: 'Succeeded', containerStatuses: [container({ terminated: { exitCode: 0 } })] });
    const evicted = warning('pod', 'Evicted', 'Usage of EmptyDir volume "tmp" exceeds the limit "512Mi".');
    expect(diagnose(objects({ pod: ended, warnings: [evicted] }))).toMatchObject({ code: 'evicted' });
    expect(diagnose(objects({ pod: ended }))).toMatchObject({ code: 'server_exited' });
    expect(
      diagnose(objects({ pod: pod({ phase: 'Failed', reason: 'Evicted', message: 'low on memory' }) })),
    ).toMatchObject({
      code: 'evicted',
    });
    const conditions = [{ type: 'Ready', status: 'False', reason: 'NodeNotReady' }];
    expect(diagnose(objects({ pod: pod({ phase: 'Running', conditions }) }))).toMatchObject({
      code: 'node_lost',
      reason: 'Nothing is heard from the node node-1.',
    });
  });
});

describe('why a load balancer has no address', () => {
  it('is not known at first', () => {
    expect(diagnoseService(objects({}))).toBeNull();
  });

  it('is a name that somebody else has: waiting does not help', () => {
    const warnings = [warning('service', 'DnsRecordInUse', 'DNS record proddb is already used by another public IP')];
    expect(diagnoseService(objects({ warnings }))).toEqual({
      code: 'dns_label_taken',
      reason: 'The DNS label "proddb" is taken in this region by something that is not of this Toygres.',
      hopeless: true,
    });
  });

  it('is what its controller says', () => {
    const warnings = [warning('service', 'SyncLoadBalancerFailed', 'PublicIPCountLimitReached.')];
    expect(diagnoseService(objects({ warnings }))).toMatchObject({
      code: 'load_balancer_failed',
      reason: 'The load balancer gives no address: PublicIPCountLimitReached.',
    });
  });
});
