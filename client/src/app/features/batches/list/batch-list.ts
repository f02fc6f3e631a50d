import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Router, RouterLink } from '@angular/router';
import type { BatchList as BatchPage } from '#sdk';
import { Format } from '../../../core/format';
import { TOYGRES } from '../../../core/toygres';
import { Viewport } from '../../../core/viewport';
import { liveQuery } from '../../../live/live-query';
import { shellText } from '../../../shell/shell.text';
import { type ChoiceFilter, ChoiceList, labelsOf } from '../../../ui/choice-list';
import { FilterButton } from '../../../ui/filter-button';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { Pager } from '../../../ui/pager';
import { Skeleton } from '../../../ui/skeleton';
import { statusText } from '../../../ui/ui.text';
import { OperationTabs } from '../../operations';
import { BATCH_STATUSES, batchKind } from '../batch-facts';
import { batchesText } from '../batches.text';
import { BatchCards } from './batch-cards';
import { type BatchFilters, filtersOf, PAGE_SIZE, patchPage } from './batch-query';
import { BatchTable } from './batch-table';

/** Every batch, the newest first. What is shown stands in the address. */
@Component({
  selector: 'tg-batch-list',
  imports: [
    BatchCards,
    BatchTable,
    ChoiceList,
    FilterButton,
    LoadError,
    MatButton,
    MatIcon,
    OperationTabs,
    PageHeader,
    Pager,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './batch-list.html',
  styleUrl: './batch-list.scss',
})
export class BatchList {
  // From the address.
  readonly status = input<string>();
  readonly page = input<string>();

  protected readonly text = batchesText;
  protected readonly title = shellText.operations;
  protected readonly viewport = inject(Viewport);
  protected readonly labelsOf = labelsOf;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly placeholders = Array.from({ length: 6 });
  readonly #toygres = inject(TOYGRES);
  readonly #router = inject(Router);
  readonly #format = inject(Format);

  protected readonly filters = computed(() => filtersOf({ status: this.status(), page: this.page() }));
  protected readonly choice = computed((): ChoiceFilter => ({
    id: 'status',
    label: batchesText.status,
    choices: BATCH_STATUSES.map((value) => ({ value, label: statusText[batchKind({ status: value })] })),
    chosen: this.filters().statuses,
    choose: (values) => this.filter({ status: values.join(',') || null }),
  }));
  protected readonly query = liveQuery<BatchFilters, BatchPage>({
    params: () => this.filters(),
    load: ({ statuses, page }, signal) =>
      this.#toygres.batches.list(
        { status: statuses.length > 0 ? [...statuses] : undefined, page, limit: PAGE_SIZE },
        { signal },
      ),
    patch: patchPage,
  });
  /** Rows of other filters are not left standing under an error: they would look like the answer. */
  protected readonly shown = computed(() =>
    this.query.error() !== undefined && this.query.outdated() ? undefined : this.query.value(),
  );
  protected readonly count = computed(() => {
    const total = this.shown()?.total;
    if (total === undefined) {
      return '';
    }
    return total === 1 ? batchesText.countOne : batchesText.count(this.#format.number(total));
  });

  protected filter(change: Readonly<Record<string, string | null>>): void {
    void this.#router.navigate([], { queryParams: { page: null, ...change }, queryParamsHandling: 'merge' });
  }

  protected turn(page: number): void {
    this.filter({ page: page === 1 ? null : String(page) });
  }
}
