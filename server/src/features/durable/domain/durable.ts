/** What has become of a durable function instance, as the extension says it. */
export const DURABLE_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type DurableStatus = (typeof DURABLE_STATUSES)[number];

/** A durable function instance in a list. */
export interface DurableInstance {
  readonly id: string;
  readonly label: string | null;
  readonly functionName: string | null;
  /** One of {@link DURABLE_STATUSES}, or what a later release of the extension says. */
  readonly status: string;
  readonly executionCount: number;
  /** Cut where it is long. */
  readonly output: string | null;
  readonly createdAt: Date | null;
  readonly completedAt: Date | null;
}

export interface DurableExecution {
  readonly id: number;
  readonly status: string;
  readonly eventCount: number;
  readonly durationMs: number | null;
  readonly output: string | null;
}

/** A step of the graph that a function is made of. */
export interface DurableNode {
  readonly id: string;
  readonly type: string;
  readonly query: string | null;
  readonly resultName: string | null;
  readonly left: string | null;
  readonly right: string | null;
  readonly status: string;
  readonly result: string | null;
  readonly statusDetails: string | null;
}

export interface DurableInstanceDetails {
  readonly id: string;
  readonly label: string | null;
  readonly functionName: string | null;
  readonly functionVersion: string | null;
  readonly currentExecutionId: number | null;
  readonly status: string;
  readonly output: string | null;
  readonly executions: readonly DurableExecution[];
  readonly nodes: readonly DurableNode[];
}

export interface DurableMetrics {
  readonly totalInstances: number;
  readonly runningInstances: number;
  readonly completedInstances: number;
  readonly failedInstances: number;
  readonly totalExecutions: number;
  readonly totalEvents: number;
}

export interface DurableQuery {
  readonly status: string | undefined;
  /** The label, to the letter. */
  readonly label: string | undefined;
  readonly limit: number;
  /** Where the page before has ended. */
  readonly cursor: string | undefined;
}

export interface DurablePage {
  readonly instances: readonly DurableInstance[];
  /** Leads to the next page; null on the last one. */
  readonly nextCursor: string | null;
}
