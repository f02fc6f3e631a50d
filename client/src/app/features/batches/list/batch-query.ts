import type { BatchList, BatchStatus, TimelineEvent } from '#sdk';
import type { Change } from '../../../live/live-query';
import { patchBatches } from '../../../live/batch-patch';
import { BATCH_STATUSES } from '../batch-facts';

export const PAGE_SIZE = 20;

/** What the address asks for. */
export interface BatchFilters {
  readonly statuses: readonly BatchStatus[];
  /** From 1. */
  readonly page: number;
}

/** Reads the filters out of the parameters of the address; what makes no sense there is passed over. */
export function filtersOf(given: Readonly<Record<'status' | 'page', string | undefined>>): BatchFilters {
  const statuses = given.status?.split(',') ?? [];
  return { statuses: BATCH_STATUSES.filter((status) => statuses.includes(status)), page: pageOf(given.page) };
}

/** A page in an address, from 1. */
export function pageOf(given: string | undefined): number {
  const page = Number(given);
  return Number.isSafeInteger(page) && page > 0 ? Math.min(page, 1_000_000) : 1;
}

/** Moves what is shown; what is new, or may not match the filter any more, is read anew. */
export function patchPage(
  list: BatchList,
  event: TimelineEvent,
  { statuses }: BatchFilters,
): Change<BatchList> | undefined {
  const change = patchBatches(list.batches, event);
  if (!change) {
    return undefined;
  }
  const moved = change.value.some(({ status }, index) => status !== list.batches[index]?.status);
  return {
    value: { ...list, batches: [...change.value] },
    reload: change.reload === true || (moved && statuses.length > 0),
  };
}
