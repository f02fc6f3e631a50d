import type { HealthStatus } from '../../instances/domain/instance.js';

/** What one health check saw. */
export interface CheckResult {
  readonly status: 'healthy' | 'unhealthy';
  /** Milliseconds from the beginning of the connection to the first answer; null when there was none. */
  readonly responseTimeMs: number | null;
  /** Why it failed, as a failure code; null when it did not. */
  readonly code: string | null;
  /** Why it failed, in plain words; null when it did not. */
  readonly reason: string | null;
  /** e.g. "PostgreSQL 18.4" */
  readonly postgresVersion: string | null;
  readonly usage: Usage | null;
  /** The data plane says that the server is gone: no further check is needed to be sure, and it is to be brought back. */
  readonly certain: boolean;
}

export interface Usage {
  readonly dataBytes: number;
  readonly databases: number;
  readonly connections: number;
}

export interface HealthThresholds {
  readonly unhealthyAfter: number;
  readonly healthyAfter: number;
}

/**
 * The status after a check: it moves only when enough checks in a row agree, or when one is certain.
 *
 * @param consecutive checks in a row with this result, this one included
 */
export function nextHealth(
  current: HealthStatus,
  result: Pick<CheckResult, 'status' | 'certain'>,
  consecutive: number,
  thresholds: HealthThresholds,
): HealthStatus {
  const needed = result.status === 'healthy' ? thresholds.healthyAfter : thresholds.unhealthyAfter;
  return result.certain || consecutive >= needed ? result.status : current;
}
