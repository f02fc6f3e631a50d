import type { V1ContainerStatus } from '@kubernetes/client-node';
import type { DataPlaneErrorCode } from '../data-plane.js';
import type { InstanceObjects } from './instance-objects.js';
import type { Json } from './json.js';
import type { ObjectOf } from './kinds.js';
import { DNS_LABEL_ANNOTATION } from './objects/service.js';
import { SERVER_CONTAINER } from './objects/stateful-set.js';

/** What keeps an instance from running, in plain words. */
export interface Diagnosis {
  readonly code: DataPlaneErrorCode;
  readonly reason: string;
  /** Whether waiting can't help: nothing will change by itself, or it has been tried often enough. */
  readonly hopeless: boolean;
}

/** A container that has ended so often will not run the next time either. */
const CRASHES = 3;

/**
 * Why the server of an instance does not run, or can't go on; null when nothing is known to be wrong. Looks at what comes first in the order
 * in which a pod comes to life: may it be made, where can it run, are its volume and its image there, does it run.
 */
export function diagnose(objects: InstanceObjects): Diagnosis | null {
  return objects.pod === undefined
    ? withoutPod(objects)
    : (ofVolume(objects) ?? ofScheduling(objects) ?? ofContainers(objects));
}

function withoutPod({ statefulSet, warnings }: InstanceObjects): Diagnosis | null {
  const refused = warnings.findLast(
    ({ involvedObject, reason }) => involvedObject.uid === statefulSet?.metadata?.uid && reason === 'FailedCreate',
  );
  return refused?.message === undefined ? null : { ...refusal(refused.message), hopeless: false };
}

/** What the API server says when it refuses to make something, in the words of the catalogue. */
export function refusal(message: string): Pick<Diagnosis, 'code' | 'reason'> {
  if (message.includes('exceeded quota')) {
    return { code: 'quota_exceeded', reason: `A quota of the namespace is used up: ${essence(message)}.` };
  }
  if (/cannot \w+ resource/.test(message)) {
    return { code: 'cluster_forbidden', reason: `Toygres may not do this in the cluster: ${essence(message)}.` };
  }
  return { code: 'admission_refused', reason: `The cluster does not admit this: ${essence(message)}.` };
}

/** Why a load balancer has no address; null when nothing is known to be wrong. */
export function diagnoseService({ service, warnings }: InstanceObjects): Diagnosis | null {
  const complaint = warnings.findLast(({ involvedObject }) => involvedObject.uid === service?.metadata?.uid);
  if (complaint?.message === undefined) {
    return null;
  }
  const label = service?.metadata?.annotations?.[DNS_LABEL_ANNOTATION] ?? '';
  return /DnsRecordInUse|is already used by another resource|DNS record .* in use/i.test(
    `${complaint.reason ?? ''} ${complaint.message}`,
  )
    ? {
        code: 'dns_label_taken',
        reason: `The DNS label "${label}" is taken in this region by something that is not of this Toygres.`,
        hopeless: true,
      }
    : {
        code: 'load_balancer_failed',
        reason: `The load balancer gives no address: ${essence(complaint.message)}.`,
        hopeless: false,
      };
}

function ofVolume({ claim, pod, warnings }: InstanceObjects): Diagnosis | null {
  const ofClaim = warnings.findLast(({ involvedObject }) => involvedObject.uid === claim?.metadata?.uid);
  if (claim?.status?.phase === 'Pending' && ofClaim?.message !== undefined) {
    const message = essence(ofClaim.message);
    return ofClaim.message.includes('quota')
      ? { code: 'quota_exceeded', reason: `The volume can not be made: ${message}.`, hopeless: false }
      : { code: 'volume_pending', reason: `The volume can not be made: ${message}.`, hopeless: false };
  }
  const ofPod = warnings.findLast(
    ({ involvedObject, reason }) =>
      involvedObject.uid === pod?.metadata?.uid && ['FailedMount', 'FailedAttachVolume'].includes(reason ?? ''),
  );
  if (ofPod?.message !== undefined && isWaiting(pod?.status?.containerStatuses)) {
    return { code: 'volume_pending', reason: `The volume is not there: ${essence(ofPod.message)}.`, hopeless: false };
  }
  return null;
}

function ofScheduling({ pod }: InstanceObjects): Diagnosis | null {
  const scheduled = pod?.status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.status !== 'False') {
    return null;
  }
  const message = scheduled.message ?? '';
  // As the schedulers of different releases say it.
  if (/volume node affinity conflict|didn't match PersistentVolume's node affinity/.test(message)) {
    const reason = 'Its volume lies in another zone than every node that has room for it.';
    return { code: 'volume_node_conflict', reason, hopeless: false };
  }
  return { code: 'unschedulable', reason: `No node can run it: ${essence(message)}.`, hopeless: false };
}

function ofContainers({ pod, warnings }: InstanceObjects): Diagnosis | null {
  const { status, metadata } = pod ?? {};
  const eviction = evictionOf(pod, warnings);
  if (eviction !== undefined) {
    return { code: 'evicted', reason: `The node has evicted it: ${essence(eviction)}.`, hopeless: false };
  }
  const away = ofNode(pod);
  if (away) {
    return away;
  }
  if (metadata?.deletionTimestamp !== undefined) {
    return null;
  }
  for (const container of [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]) {
    const diagnosis = ofContainer(container);
    if (diagnosis) {
      return diagnosis;
    }
  }
  return null;
}

/** What the kubelet said; of a server that has shut down in time, only an event says that it was told to. */
function evictionOf(pod: InstanceObjects['pod'], warnings: InstanceObjects['warnings']): string | undefined {
  const { status, metadata } = pod ?? {};
  if (status?.reason === 'Evicted') {
    return status.message ?? '';
  }
  return status?.phase === 'Failed' || status?.phase === 'Succeeded'
    ? warnings.findLast(({ involvedObject, reason }) => involvedObject.uid === metadata?.uid && reason === 'Evicted')
        ?.message
    : undefined;
}

/**
 * Whether nothing is heard of the node that a pod is on; what runs there may run on.
 *
 * @param node where it was looked at: newer clusters say of the pod only that it is not ready
 */
export function ofNode(pod: InstanceObjects['pod'], node: ObjectOf<'Node'> | null = null): Diagnosis | null {
  const ready = node?.status?.conditions?.find(({ type }) => type === 'Ready');
  if (pod?.status?.reason !== 'NodeLost' && !isNodeAway(pod) && (ready === undefined || ready.status === 'True')) {
    return null;
  }
  const name = pod?.spec?.nodeName ?? 'its node';
  return { code: 'node_lost', reason: `Nothing is heard from the node ${name}.`, hopeless: false };
}

function ofContainer({ state, lastState, restartCount, image, name }: Json<V1ContainerStatus>): Diagnosis | null {
  const { reason = '', message = '' } = state?.waiting ?? {};
  if (['ImagePullBackOff', 'ErrImagePull', 'InvalidImageName', 'ErrImageNeverPull'].includes(reason)) {
    // The second word is that it waits before it tries again.
    const hopeless = reason === 'ImagePullBackOff' || reason === 'InvalidImageName';
    return { code: 'image_pull_failed', reason: `The image ${image} can not be had: ${essence(message)}.`, hopeless };
  }
  if (reason === 'CreateContainerConfigError' || reason === 'CreateContainerError' || reason === 'RunContainerError') {
    return { code: 'server_exited', reason: `The container can not be made: ${essence(message)}.`, hopeless: false };
  }
  const ended = state?.terminated ?? (state?.running ? undefined : lastState?.terminated);
  if (!ended || (ended.exitCode === 0 && name !== SERVER_CONTAINER)) {
    return null;
  }
  const hopeless = restartCount >= CRASHES;
  if (ended.reason === 'OOMKilled') {
    return {
      code: 'out_of_memory',
      reason: 'It has used more memory than its limit allows, and was killed.',
      hopeless,
    };
  }
  return { code: 'server_exited', reason: `The server ended with exit code ${String(ended.exitCode)}.`, hopeless };
}

function isWaiting(containers: readonly Json<V1ContainerStatus>[] | undefined): boolean {
  return containers === undefined || containers.some(({ state }) => state?.waiting !== undefined);
}

/** The node controller says so when a node has not been heard of for a while. */
function isNodeAway(pod: InstanceObjects['pod']): boolean {
  const ready = pod?.status?.conditions?.find(({ type }) => type === 'Ready');
  return ready?.reason === 'NodeNotReady' || (ready?.status === 'Unknown' && pod?.status?.phase === 'Running');
}

/** One sentence, without its full stop. */
function essence(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim().replace(/\.+$/, '');
}
