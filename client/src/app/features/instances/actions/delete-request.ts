import type { BatchAccepted, InstanceSummary, OperationAccepted } from '#sdk';

/** What the dialog for one is opened with. */
export interface DeleteRequest {
  readonly instance: InstanceSummary;
  /** Nothing is to be kept. */
  readonly purge: boolean;
  /** To be told when the server has accepted it. */
  readonly begun: (answer: OperationAccepted) => void;
}

/** What the dialog for several is opened with. */
export interface DeleteManyRequest {
  readonly instances: readonly InstanceSummary[];
  /** To be told when the server has accepted it, with those that it was asked for. */
  readonly begun: (instances: readonly InstanceSummary[], answer: BatchAccepted) => void;
}
