/** Lifecycle of an instance, moved by the control plane alone. */
export const INSTANCE_STATES = [
  'creating',
  'running',
  'stopping',
  'stopped',
  'starting',
  'restarting',
  'failed',
  'deleting',
  'deleted',
  'purging',
  'purged',
] as const;
export type InstanceState = (typeof INSTANCE_STATES)[number];

/** What probes saw; never moves the state. */
export const HEALTH_STATUSES = ['healthy', 'unhealthy', 'unknown'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/**
 * The one table of legal moves. "deleted" keeps the data and the name until it is purged; "purged" is gone and holds nothing.
 * A move back, such as "stopping" to "running", is that of an orchestration that was undone.
 */
export const TRANSITIONS: Readonly<Record<InstanceState, readonly InstanceState[]>> = {
  creating: ['running', 'failed', 'purging'],
  running: ['stopping', 'restarting', 'deleting', 'purging'],
  stopping: ['stopped', 'running', 'deleting', 'purging'],
  stopped: ['starting', 'deleting', 'purging'],
  starting: ['running', 'stopped', 'deleted', 'failed', 'deleting', 'purging'],
  restarting: ['running', 'failed', 'deleting', 'purging'],
  failed: ['creating', 'starting', 'restarting', 'deleting', 'purging'],
  // Straight to "purged" is for a deletion that a former build has begun: that one removed the data.
  deleting: ['deleted', 'failed', 'purging', 'purged'],
  deleted: ['starting', 'purging'],
  purging: ['purged', 'failed'],
  purged: [],
};

/** States in which something is under way; each ends by itself, at the latest at the deadline of its orchestration. */
export const TRANSITIONAL_STATES: readonly InstanceState[] = [
  'creating',
  'stopping',
  'starting',
  'restarting',
  'deleting',
  'purging',
];

/** States that a list leaves out unless they are asked for. */
export const HIDDEN_STATES = ['deleted', 'purged'] as const satisfies readonly InstanceState[];

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

/**
 * Id of an orchestration of an instance.
 *
 * @param number which of its kind it is, from 1; shown from 2 on
 */
export function orchestrationId(kind: string, k8sName: string, number = 1): string {
  return number === 1 ? `${kind}-${k8sName}` : `${kind}-${k8sName}-${String(number)}`;
}
