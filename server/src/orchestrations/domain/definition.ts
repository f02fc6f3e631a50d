/** One step of an orchestration: one job, one idempotent handler. */
export interface ActivityDefinition {
  /** Unique among all activities, e.g. `instance.prepare-volume`. */
  readonly name: string;
  /** What happens, for people. */
  readonly title: string;
  /** How often it is tried before the orchestration fails. */
  readonly attempts: number;
  /** Wait before the second attempt, in milliseconds; it doubles with each further one, less a random part of up to a half. */
  readonly backoffMs: number;
  /** Milliseconds after which an attempt is aborted. */
  readonly timeoutMs: number;
  /** The activity that undoes this one. It runs when this one was begun, finished or not. */
  readonly compensation?: ActivityDefinition;
}

/** What an orchestration of a kind consists of. Pure data: the API lists it, the worker finds handlers by name. */
export interface OrchestrationDefinition {
  readonly kind: string;
  /** Goes up when the activities change; rows carry the version that they were made with. */
  readonly version: number;
  /** Milliseconds after its start, or after its last measured progress, at which an orchestration that is still open is ended and undone. */
  readonly deadlineMs: number;
  readonly activities: readonly ActivityDefinition[];
  /** Whether it can be called off while it is under way; what was begun is undone then. */
  readonly cancellable: boolean;
  /** Begun by Toygres itself, to make reality what the state of an instance says. It gives way to people and is not retried by them. */
  readonly upkeep?: boolean;
}

/** How far a running activity has come, as measured. Only progress that has grown moves its timeout and the deadline on. */
export interface Progress {
  readonly done: number;
  /** Null when the end is not known. */
  readonly total: number | null;
  readonly unit: ProgressUnit;
}

export const PROGRESS_UNITS = ['bytes', 'replicas'] as const;
export type ProgressUnit = (typeof PROGRESS_UNITS)[number];

export const ORCHESTRATION_STATUSES = [
  'pending',
  'running',
  'compensating',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type OrchestrationStatus = (typeof ORCHESTRATION_STATUSES)[number];

export const ACTIVITY_PHASES = ['forward', 'compensation'] as const;
export type ActivityPhase = (typeof ACTIVITY_PHASES)[number];

export const ACTIVITY_STATUSES = ['pending', 'running', 'waiting', 'succeeded', 'failed', 'skipped'] as const;
export type ActivityStatus = (typeof ACTIVITY_STATUSES)[number];

/** Statuses in which an orchestration still has something to do. */
export const OPEN_STATUSES = ['pending', 'running', 'compensating'] as const satisfies readonly OrchestrationStatus[];

/** What the engine itself ends orchestrations with. */
export const ENGINE_FAILURE_CODES = ['activity_timeout', 'deadline_exceeded', 'cancelled', 'internal_error'] as const;
export type EngineFailureCode = (typeof ENGINE_FAILURE_CODES)[number];

/** A failure as it is kept and shown: a stable code, a sentence, and what the failing part itself said. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly details: string | null;
}

/** The longest wait between two attempts, in milliseconds. */
const MAXIMUM_BACKOFF_MS = 30_000;

/**
 * Wait before the next attempt: exponential, less a random part of up to a half so that many that failed together don't come back together.
 *
 * @param failedAttempts how many attempts have failed, at least 1
 * @param random in [0, 1)
 * @returns milliseconds
 */
export function backoffMs(
  definition: Pick<ActivityDefinition, 'backoffMs'>,
  failedAttempts: number,
  random: number,
): number {
  const full = Math.min(definition.backoffMs * 2 ** (failedAttempts - 1), MAXIMUM_BACKOFF_MS);
  return Math.round(full * (1 - random / 2));
}
