import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, effect, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Router, RouterLink } from '@angular/router';
import { type Batch, type BatchDetails, type BatchItemStatus, ToygresError } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { Notify } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { patchBatchDetails } from '../../../live/batch-patch';
import { liveQuery } from '../../../live/live-query';
import { Ask } from '../../../ui/ask';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { Pager } from '../../../ui/pager';
import { Skeleton } from '../../../ui/skeleton';
import { orchestrationKind, Status } from '../../../ui/status';
import { operationTabsText } from '../../operations';
import { BatchFacts, batchKind } from '../batch-facts';
import { batchesText } from '../batches.text';
import { pageOf } from '../list/batch-query';
import { BatchItems } from './batch-items';

const PAGE_SIZE = 50;
/** What has ended, in the order of the bar. */
const ENDED = ['succeeded', 'failed', 'cancelled'] as const satisfies readonly BatchItemStatus[];
/** What may need somebody comes first. */
const STATUSES: readonly BatchItemStatus[] = ['failed', 'running', 'pending', 'succeeded', 'cancelled'];

/** One batch: how far it is, and what has become of each of its instances. */
@Component({
  selector: 'tg-batch-details',
  imports: [BatchItems, LoadError, MatButton, MatIcon, PageHeader, Pager, RouterLink, Skeleton, Status],
  templateUrl: './batch-details.html',
  styleUrl: './batch-details.scss',
})
export class BatchDetailsPage {
  // From the address.
  readonly id = input.required<string>();
  readonly status = input<string>();
  readonly page = input<string>();

  protected readonly text = batchesText;
  protected readonly back = { link: '/batches', label: operationTabsText.batches };
  protected readonly placeholders = Array.from({ length: 6 });
  protected readonly pageSize = PAGE_SIZE;
  protected readonly facts = inject(BatchFacts);
  protected readonly kindOf = batchKind;
  protected readonly itemKind = orchestrationKind;
  readonly #format = inject(Format);
  readonly #clock = inject(Clock);
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);
  readonly #ask = inject(Ask);
  readonly #router = inject(Router);

  protected readonly query = liveQuery<string, BatchDetails>({
    params: () => this.id(),
    load: (id, signal) => this.#toygres.batches.get(id, { signal }),
    patch: patchBatchDetails,
  });
  /** Never the batch of another address. */
  protected readonly batch = computed(() => {
    const batch = this.query.value();
    return batch?.id === this.id() ? batch : undefined;
  });
  /** As long as something is not begun. */
  protected readonly cancellable = computed(() => {
    const batch = this.batch();
    return batch && batch.pending > 0 ? batch : undefined;
  });
  protected readonly notFound = computed(() => {
    const error = this.query.error();
    return error instanceof ToygresError && error.status === 404;
  });
  protected readonly title = computed(() => {
    const batch = this.batch();
    return batch ? this.facts.title(batch) : batchesText.batch;
  });
  protected readonly lead = computed(() => {
    const batch = this.batch();
    return batch
      ? batchesText.startedLead(batch.started_by, this.#format.relative(batch.created_at, this.#clock.now()))
      : '';
  });
  protected readonly headline = computed(() => {
    const batch = this.batch();
    return batch && (batch.status === 'running' ? this.facts.headline(batch) : this.facts.result(batch));
  });
  /** How much of the bar each outcome takes, in percent. */
  protected readonly parts = computed(() => {
    const batch = this.batch();
    return ENDED.map((status) => ({ status, percent: batch ? (batch[status] / batch.total) * 100 : 0 }));
  });
  /** What follows from it. */
  protected readonly note = computed(() => {
    const batch = this.batch();
    if (batch?.status === 'running') {
      return batch.cancel_requested ? batchesText.calledOffRuns : batchesText.goesOn;
    }
    return batch && batch.failed > 0 ? batchesText.failedHint : undefined;
  });

  protected readonly wanted = computed(() => STATUSES.find((status) => status === this.status()));
  /** Counts that lead to what they count; what there is none of is left out, unless it is what is shown. */
  protected readonly filters = computed(() => {
    const batch = this.batch();
    return STATUSES.filter((status) => batch && (batch[status] > 0 || status === this.wanted())).map((status) => ({
      status,
      count: this.#format.number(batch?.[status] ?? 0),
    }));
  });
  protected readonly total = computed(() => this.#format.number(this.batch()?.total ?? 0));
  readonly #items = computed(() => {
    const status = this.wanted();
    const items = this.batch()?.items ?? [];
    return status === undefined ? items : items.filter((item) => item.status === status);
  });
  protected readonly pages = computed(() => Math.max(1, Math.ceil(this.#items().length / PAGE_SIZE)));
  protected readonly pageNumber = computed(() => Math.min(pageOf(this.page()), this.pages()));
  protected readonly count = computed(() => this.#items().length);
  protected readonly items = computed(() => {
    const from = (this.pageNumber() - 1) * PAGE_SIZE;
    return this.#items().slice(from, from + PAGE_SIZE);
  });

  constructor() {
    const announcer = inject(LiveAnnouncer);
    let running: string | undefined;
    effect(() => {
      const batch = this.batch();
      if (batch && batch.id === running && batch.status !== 'running') {
        void announcer.announce(batchesText.ended(this.facts.title(batch), this.facts.result(batch)));
      }
      running = batch?.status === 'running' ? batch.id : undefined;
    });
  }

  protected cancel({ id, pending }: Batch): Promise<void> {
    return this.#ask.ask({
      title: batchesText.cancelTitle,
      meaning: [
        pending === 1 ? batchesText.cancelOne : batchesText.cancelMany(this.#format.number(pending)),
        batchesText.cancelKeeps,
      ],
      submit: batchesText.cancelSubmit,
      keep: batchesText.cancelKeep,
      icon: 'cancel',
      run: async () => {
        await this.#toygres.batches.cancel(id);
        this.#notify.say(batchesText.saidCancel);
      },
    });
  }

  protected turn(page: number): void {
    void this.#router.navigate([], {
      queryParams: { page: page === 1 ? null : page },
      queryParamsHandling: 'merge',
    });
  }
}
