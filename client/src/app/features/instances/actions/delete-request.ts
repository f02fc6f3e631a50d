import type { InstanceSummary } from '#sdk';

/** What the dialogs are opened with. */
export interface DeleteRequest {
  readonly instances: readonly InstanceSummary[];
  /** To be told of each deletion that the server has accepted. */
  readonly begun: (instance: InstanceSummary) => void;
}

/** Whether a deletion can be asked for; protection may still forbid it. */
export const isDeletable = ({ state }: InstanceSummary): boolean => state !== 'deleting' && state !== 'deleted';
