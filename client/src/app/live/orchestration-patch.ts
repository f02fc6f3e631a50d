import type { ActivityRecord, OrchestrationRecord, TimelineEvent } from '#sdk';
import type { Change } from './live-query';

interface ProgressData {
  readonly activity?: string;
  readonly phase?: ActivityRecord['phase'];
  readonly status?: ActivityRecord['status'];
  readonly attempt?: number;
  readonly error?: string | null;
  readonly next_attempt_at?: string | null;
}

/** Brings an event into an orchestration and its activities. */
export function patchOrchestration(
  orchestration: OrchestrationRecord,
  event: TimelineEvent,
): Change<OrchestrationRecord> | undefined {
  if (event.orchestration_id !== orchestration.id) {
    return whenOvertaken(orchestration, event);
  }
  const at = event.created_at;
  switch (event.type) {
    case 'orchestration.progress': {
      const data = event.data as ProgressData;
      const activities = orchestration.activities.map((activity) =>
        activity.name === data.activity && activity.phase === data.phase ? advance(activity, data, at) : activity,
      );
      return {
        value: { ...orchestration, activities, started_at: orchestration.started_at ?? at },
        // What failed, and what is undone, has more to say than the event does.
        reload: data.error != null || data.phase === 'compensation',
      };
    }
    case 'orchestration.cancel_requested':
      return { value: { ...orchestration, cancel_requested: true, cancellable: false } };
    case 'orchestration.compensating':
      return { value: { ...orchestration, status: 'compensating', cancellable: false }, reload: true };
    case 'orchestration.succeeded':
      return { value: ended(orchestration, 'succeeded', at), reload: true };
    case 'orchestration.failed':
      return { value: ended(orchestration, 'failed', at), reload: true };
    case 'orchestration.cancelled':
      return { value: ended(orchestration, 'cancelled', at), reload: true };
    case 'instance.state_changed':
      // One that has ended and moves its instance all the same is gone on with.
      return orchestration.finished_at === null ? undefined : { value: orchestration, reload: true };
    default:
      return undefined;
  }
}

function ended(
  orchestration: OrchestrationRecord,
  status: OrchestrationRecord['status'],
  at: string,
): OrchestrationRecord {
  return { ...orchestration, status, finished_at: at, cancellable: false };
}

/** Only the last one of an instance can be gone on with, and only as long as the instance is failed. */
function whenOvertaken(
  orchestration: OrchestrationRecord,
  { type, instance_id: of }: TimelineEvent,
): Change<OrchestrationRecord> | undefined {
  return orchestration.retryable && of === orchestration.instance_id && type === 'instance.state_changed'
    ? { value: { ...orchestration, retryable: false }, reload: true }
    : undefined;
}

function advance(activity: ActivityRecord, data: ProgressData, at: string): ActivityRecord {
  const status = data.status ?? activity.status;
  const ended = status === 'succeeded' || status === 'failed';
  return {
    ...activity,
    status,
    attempt: data.attempt ?? activity.attempt,
    started_at: activity.started_at ?? at,
    attempt_started_at: status === 'running' ? at : (activity.attempt_started_at ?? at),
    finished_at: ended ? at : null,
    next_attempt_at: data.next_attempt_at ?? null,
    error: data.error ?? null,
  };
}

/** Activities of the way forward, and how many of them are done. */
export function progressOf({ activities }: OrchestrationRecord): { readonly done: number; readonly total: number } {
  const forward = activities.filter(({ phase }) => phase === 'forward');
  return { done: forward.filter(({ status }) => status === 'succeeded').length, total: forward.length };
}

/** The activity that an orchestration is at, or undefined when it is at none. */
export function currentActivity({ status, activities }: OrchestrationRecord): ActivityRecord | undefined {
  const phase = status === 'compensating' ? 'compensation' : 'forward';
  const open = activities.filter((activity) => activity.phase === phase);
  return (
    open.find((activity) => activity.status === 'running' || activity.status === 'waiting') ??
    open.find((activity) => activity.status === 'pending')
  );
}
