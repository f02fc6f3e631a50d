/** What a batch does with each of its instances. */
export const BATCH_KINDS = ['create', 'delete', 'purge'] as const;
export type BatchKind = (typeof BATCH_KINDS)[number];

export const BATCH_STATUSES = ['running', 'succeeded', 'failed', 'cancelled'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

export const BATCH_ITEM_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;
export type BatchItemStatus = (typeof BATCH_ITEM_STATUSES)[number];

/** How many items are in which status. */
export type BatchCounts = Readonly<Record<BatchItemStatus, number>>;

/** It fails when an item has failed, is cancelled when one was, and runs as long as one has not ended. */
export function batchStatus({ pending, running, failed, cancelled }: BatchCounts): BatchStatus {
  if (pending + running > 0) {
    return 'running';
  }
  if (failed > 0) {
    return 'failed';
  }
  return cancelled > 0 ? 'cancelled' : 'succeeded';
}
