/** Lifecycle of an instance, moved by the control plane alone. */
export const INSTANCE_STATES = ['creating', 'running', 'deleting', 'deleted', 'failed'] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** What probes saw; never moves the state. */
export const HEALTH_STATUSES = ['healthy', 'unhealthy', 'unknown'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** The one table of legal moves. */
export const TRANSITIONS: Readonly<Record<InstanceState, readonly InstanceState[]>> = {
  creating: ['running', 'failed', 'deleting'],
  running: ['failed', 'deleting'],
  failed: ['deleting'],
  deleting: ['deleted', 'failed'],
  deleted: [],
};

/** States in which something is under way; each ends by itself, at the latest at the deadline of its orchestration. */
export const TRANSITIONAL_STATES: readonly InstanceState[] = ['creating', 'deleting'];

/** A move that the table does not know: a defect of the control plane, never a user's mistake. */
export class IllegalTransitionError extends Error {
  constructor(
    readonly from: InstanceState,
    readonly to: InstanceState,
  ) {
    super(`An instance can not go from "${from}" to "${to}".`);
    this.name = 'IllegalTransitionError';
  }
}

/** @throws IllegalTransitionError */
export function assertTransition(from: InstanceState, to: InstanceState): void {
  if (!TRANSITIONS[from].includes(to)) {
    throw new IllegalTransitionError(from, to);
  }
}

/** Superuser of every instance, and the database that connection strings lead to. */
export const SUPERUSER = 'postgres';
export const DEFAULT_DATABASE = 'postgres';

/** What stands in place of a password wherever it is not asked for. */
export const MASK = '***';

/**
 * A connection string that every PostgreSQL client takes.
 *
 * @param password undefined = masked
 */
export function connectionString(host: string, port: number, password?: string): string {
  const shown = password === undefined ? MASK : encodeURIComponent(password);
  const address = host.includes(':') ? `[${host}]` : host;
  return `postgresql://${SUPERUSER}:${shown}@${address}:${String(port)}/${DEFAULT_DATABASE}`;
}

/** Id of an orchestration of an instance; a kind that may come again adds a number. */
export function orchestrationId(kind: string, k8sName: string): string {
  return `${kind}-${k8sName}`;
}
