import type { InstanceSummary, OperationAccepted } from '#sdk';

/** What the dialogs are opened with. */
export interface DeleteRequest {
  readonly instances: readonly InstanceSummary[];
  /** Nothing is to be kept. */
  readonly purge: boolean;
  /** To be told of each deletion that the server has accepted. */
  readonly begun: (instance: InstanceSummary, answer: OperationAccepted) => void;
}
