import type { Batch, BatchDetails, BatchItem, BatchItemStatus, BatchStatus, TimelineEvent } from '#sdk';
import type { Change } from './live-query';

const ITEM_STATUSES = ['pending', 'running', 'succeeded', 'failed', 'cancelled'] as const;

/** How many items are in which status. */
export type BatchCounts = Readonly<Record<BatchItemStatus, number>>;

/** What `data` of a `batch.changed` holds. */
interface BatchChanged extends BatchCounts {
  readonly status: BatchStatus;
  readonly cancel_requested: boolean;
  /** The item that has changed, where that is known. */
  readonly item?: BatchItem;
}

function changeOf(batch: Pick<Batch, 'id'>, { type, data }: TimelineEvent): BatchChanged | undefined {
  return type === 'batch.changed' && data['batch_id'] === batch.id ? (data as unknown as BatchChanged) : undefined;
}

/** Brings an event into a batch, which the event says everything about; undefined when it is about something else. */
export function patchBatch<T extends Batch>(batch: T, event: TimelineEvent): T | undefined {
  const change = changeOf(batch, event);
  if (!change) {
    return undefined;
  }
  const { status, cancel_requested, pending, running, succeeded, failed, cancelled } = change;
  return {
    ...batch,
    ...{ status, cancel_requested, pending, running, succeeded, failed, cancelled },
    finished_at: status === 'running' ? null : (batch.finished_at ?? event.created_at),
  };
}

/** Brings an event into batches; `undefined` when it is about none at all. What is new is read. */
export function patchBatches<T extends Batch>(
  batches: readonly T[],
  event: TimelineEvent,
): Change<readonly T[]> | undefined {
  if (event.type !== 'batch.changed') {
    return undefined;
  }
  const value = batches.map((batch) => patchBatch(batch, event) ?? batch);
  return { value, reload: value.every((batch, index) => batch === batches[index]) };
}

/** The status of an item whose operation has ended. */
const ENDS: Readonly<Partial<Record<TimelineEvent['type'], BatchItemStatus>>> = {
  'orchestration.succeeded': 'succeeded',
  'orchestration.failed': 'failed',
  'orchestration.cancelled': 'cancelled',
};

/** Brings an event into a batch and its items. Where the items do not add up to what the event counts, they are read anew. */
export function patchBatchDetails(batch: BatchDetails, event: TimelineEvent): Change<BatchDetails> | undefined {
  const end = ENDS[event.type];
  if (end !== undefined && event.orchestration_id !== null) {
    return endItem(batch, event, end);
  }
  const patched = patchBatch(batch, event);
  if (!patched) {
    return undefined;
  }
  const item = changeOf(batch, event)?.item;
  const items = item ? batch.items.map((known) => (known.position === item.position ? item : known)) : batch.items;
  return { value: { ...patched, items }, reload: !addUp(items, patched) };
}

function endItem(batch: BatchDetails, event: TimelineEvent, status: BatchItemStatus): Change<BatchDetails> | undefined {
  const { error_code: code, error } = event.data as { readonly error_code?: string; readonly error?: string };
  const isIt = (item: BatchItem): boolean => item.orchestration_id === event.orchestration_id;
  if (!batch.items.some(isIt)) {
    return undefined;
  }
  const items = batch.items.map((item) =>
    isIt(item) ? { ...item, status, error_code: code ?? null, error: error ?? null } : item,
  );
  return { value: { ...batch, items } };
}

function addUp(items: readonly BatchItem[], counts: BatchCounts): boolean {
  return ITEM_STATUSES.every((status) => items.filter((item) => item.status === status).length === counts[status]);
}
