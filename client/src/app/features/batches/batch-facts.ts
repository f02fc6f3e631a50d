import { inject, Injectable } from '@angular/core';
import type { Batch, BatchStatus } from '#sdk';
import { Clock } from '../../core/clock';
import { Format } from '../../core/format';
import { orchestrationKind, type StatusKind } from '../../ui/status';
import { batchesText, batchTitle, donePart } from './batches.text';

export const BATCH_STATUSES: readonly BatchStatus[] = ['running', 'succeeded', 'failed', 'cancelled'];

export const batchKind = ({ status }: Pick<Batch, 'status'>): StatusKind => orchestrationKind(status);

/** What rows, cards and the page of a batch say about it in figures. */
@Injectable({ providedIn: 'root' })
export class BatchFacts {
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);

  /** "Create 12 instances" */
  title(batch: Batch): string {
    return batchTitle(batch, this.#format.number(batch.total));
  }

  /** "4 of 12" */
  done(batch: Batch): string {
    return batchesText.doneOf(this.#format.number(doneOf(batch)), this.#format.number(batch.total));
  }

  /** "4 of 12 done" */
  headline(batch: Batch): string {
    return batchesText.isDoneOf(this.#format.number(doneOf(batch)), this.#format.number(batch.total));
  }

  percent(batch: Batch): number {
    return (doneOf(batch) / Math.max(1, batch.total)) * 100;
  }

  /** "9 created, 1 failed, 2 called off"; what there is none of is left out. */
  result(batch: Batch): string {
    const { succeeded, failed, cancelled } = batch;
    const number = (count: number): string => this.#format.number(count);
    return [
      ...(succeeded > 0 || failed + cancelled === 0 ? [donePart(batch, number(succeeded))] : []),
      ...(failed > 0 ? [batchesText.failedPart(number(failed))] : []),
      ...(cancelled > 0 ? [batchesText.cancelledPart(number(cancelled))] : []),
    ].join(', ');
  }

  /** How long it took, or has taken so far. */
  took({ created_at: from, finished_at: to }: Batch): string {
    const start = new Date(from).getTime();
    return to === null
      ? this.#format.elapsed(this.#clock.now().getTime() - start)
      : this.#format.duration(new Date(to).getTime() - start);
  }
}

/** How many instances have come to an end, one way or another. */
const doneOf = ({ succeeded, failed, cancelled }: Batch): number => succeeded + failed + cancelled;
