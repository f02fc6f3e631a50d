import type {
  FailureCode,
  InstanceCheck,
  InstanceState,
  InstanceSummary,
  OrchestrationProgress,
  TimelineEvent,
} from '#sdk';
import type { Change } from './live-query';

/** What `data` of the events holds; see the timeline in docs/architecture.md. */
interface EventData {
  readonly state?: InstanceState;
  readonly failure_code?: FailureCode | null;
  readonly failure_reason?: string | null;
  readonly health_status?: InstanceSummary['health_status'];
  readonly code?: FailureCode | null;
  readonly reason?: string | null;
  readonly response_time_ms?: number | null;
  readonly activity?: string;
  readonly position?: number;
  readonly phase?: 'forward' | 'compensation';
  readonly status?: string;
  readonly tags?: InstanceSummary['tags'];
  readonly deletion_protection?: boolean;
}

/** Brings an event into an instance. Events carry what a row shows; what they don't carry is read anew. */
export function patchInstance<T extends InstanceSummary>(instance: T, event: TimelineEvent): Change<T> | undefined {
  if (event.instance_id !== instance.id) {
    return undefined;
  }
  const data = event.data as EventData;
  switch (event.type) {
    case 'instance.created':
      return { value: instance, reload: true };
    case 'instance.state_changed':
      return {
        value: {
          ...instance,
          state: data.state ?? instance.state,
          failure_code: data.failure_code ?? null,
          failure_reason: data.failure_reason ?? null,
          purge_at: data.state === 'deleted' ? instance.purge_at : null,
          updated_at: event.created_at,
        },
        reload: true,
      };
    case 'instance.health_changed':
      return { value: withHealth(instance, data, event.created_at) };
    case 'instance.endpoint_changed':
      return { value: 'endpoint' in instance ? { ...instance, endpoint: event.data } : instance, reload: true };
    case 'instance.updated':
      return {
        value: {
          ...instance,
          tags: data.tags ?? instance.tags,
          deletion_protection: data.deletion_protection ?? instance.deletion_protection,
          updated_at: event.created_at,
        },
        // Whoever changes it next needs its revision.
        reload: 'revision' in instance,
      };
    case 'orchestration.progress':
      return instance.orchestration?.id === event.orchestration_id
        ? { value: { ...instance, orchestration: advance(instance.orchestration, data) } }
        : { value: instance, reload: true };
    case 'orchestration.cancel_requested':
      return instance.orchestration?.id === event.orchestration_id
        ? {
            value: {
              ...instance,
              orchestration: { ...instance.orchestration, cancel_requested: true, cancellable: false },
            },
          }
        : undefined;
    case 'orchestration.compensating':
      return { value: instance, reload: true };
    case 'orchestration.succeeded':
    case 'orchestration.failed':
      return instance.orchestration?.id === event.orchestration_id
        ? { value: { ...instance, orchestration: null } }
        : undefined;
    // Another one may have taken its place, or may have waited for it.
    case 'orchestration.cancelled':
      return { value: withoutOrchestration(instance, event), reload: true };
    default:
      return undefined;
  }
}

/** Brings a health check into an instance. Whether the instance is healthy is for the control plane to say: one check decides nothing. */
export function checkInstance<T extends InstanceSummary>(instance: T, check: InstanceCheck): Change<T> | undefined {
  const { instance_id: id, ...seen } = check;
  return id === instance.id ? { value: { ...instance, last_health_check: seen } } : undefined;
}

/** The same for instances in a list; undefined when none of them was checked. */
export function checkInstances<T extends InstanceSummary>(
  instances: readonly T[],
  check: InstanceCheck,
): T[] | undefined {
  return instances.some(({ id }) => id === check.instance_id)
    ? instances.map((instance) => checkInstance(instance, check)?.value ?? instance)
    : undefined;
}

function withoutOrchestration<T extends InstanceSummary>(instance: T, { orchestration_id: id }: TimelineEvent): T {
  return instance.orchestration?.id === id ? { ...instance, orchestration: null } : instance;
}

function withHealth<T extends InstanceSummary>(instance: T, data: EventData, at: string): T {
  const { health_status: health } = data;
  if (health === undefined) {
    return instance;
  }
  return {
    ...instance,
    health_status: health,
    last_health_check:
      health === 'unknown'
        ? instance.last_health_check
        : {
            status: health,
            checked_at: at,
            response_time_ms: data.response_time_ms ?? null,
            code: data.code ?? null,
            reason: data.reason ?? null,
          },
  };
}

function advance(progress: OrchestrationProgress | null, data: EventData): OrchestrationProgress | null {
  if (!progress || data.phase !== 'forward' || data.position === undefined) {
    return progress;
  }
  const done = data.status === 'succeeded' ? data.position + 1 : data.position;
  return {
    ...progress,
    status: 'running',
    completed: Math.max(progress.completed, Math.min(done, progress.total)),
    activity: data.activity ?? progress.activity,
  };
}
