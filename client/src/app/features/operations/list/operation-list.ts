import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatPaginator, MatPaginatorIntl, type PageEvent } from '@angular/material/paginator';
import { Router, RouterLink } from '@angular/router';
import { Format } from '../../../core/format';
import { TOYGRES } from '../../../core/toygres';
import { Viewport } from '../../../core/viewport';
import { liveQuery } from '../../../live/live-query';
import { shellText } from '../../../shell/shell.text';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { PaginatorWords } from '../../../ui/paginator-words';
import { Skeleton } from '../../../ui/skeleton';
import { operationsText } from '../operations.text';
import { OperationCards } from './operation-cards';
import { OperationFilter } from './operation-filter';
import {
  filtersOf,
  KIND_OPTIONS,
  loadOperations,
  type OperationFilters,
  type OperationPage,
  PAGE_SIZE,
  patchOperations,
  STATUS_OPTIONS,
} from './operation-query';
import { OperationTable } from './operation-table';

/** Every operation, the newest first. What is shown stands in the address. */
@Component({
  selector: 'tg-operation-list',
  imports: [
    LoadError,
    MatButton,
    MatIcon,
    MatIconButton,
    MatPaginator,
    NgTemplateOutlet,
    OperationCards,
    OperationFilter,
    OperationTable,
    PageHeader,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './operation-list.html',
  styleUrl: './operation-list.scss',
  providers: [{ provide: MatPaginatorIntl, useClass: PaginatorWords }],
})
export class OperationList {
  // From the address.
  readonly kind = input<string>();
  readonly status = input<string>();
  readonly instance = input<string>();
  readonly page = input<string>();

  protected readonly text = operationsText;
  protected readonly title = shellText.operations;
  protected readonly viewport = inject(Viewport);
  protected readonly kindOptions = KIND_OPTIONS;
  protected readonly statusOptions = STATUS_OPTIONS;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly placeholders = Array.from({ length: 8 });
  readonly #toygres = inject(TOYGRES);
  readonly #router = inject(Router);
  readonly #format = inject(Format);

  protected readonly filters = computed(() =>
    filtersOf({ kind: this.kind(), status: this.status(), instance: this.instance(), page: this.page() }),
  );
  protected readonly query = liveQuery<OperationFilters, OperationPage>({
    params: () => this.filters(),
    load: (filters, signal) => loadOperations(this.#toygres, filters, signal),
    patch: patchOperations,
  });
  /** Rows of other filters are not left standing under an error: they would look like the answer. */
  protected readonly shown = computed(() => {
    return this.query.error() !== undefined && this.query.outdated() ? undefined : this.query.value();
  });
  protected readonly expanded = signal<ReadonlySet<string>>(new Set());
  protected readonly filtered = computed(() => {
    const { kinds, statuses, instance } = this.filters();
    return kinds.length > 0 || statuses.length > 0 || instance !== '';
  });
  protected readonly count = computed(() => {
    const total = this.shown()?.total;
    if (total === undefined) {
      return '';
    }
    return total === 1 ? operationsText.countOne : operationsText.count(this.#format.number(total));
  });
  /** "Kind Create, State Failed" */
  protected readonly filterSentence = computed(() => {
    const { kinds, statuses, instance } = this.filters();
    const named = (label: string, options: typeof KIND_OPTIONS, values: readonly string[]): readonly string[] =>
      options.filter(({ value }) => values.includes(value)).map((option) => `${label} “${option.label}”`);
    return operationsText.noMatchHint(
      this.#format.list([
        ...named(operationsText.kind, KIND_OPTIONS, kinds),
        ...named(operationsText.status, STATUS_OPTIONS, statuses),
        ...(instance === '' ? [] : [`${operationsText.instance} “${instance}”`]),
      ]),
    );
  });

  protected filter(change: Readonly<Record<string, string | null>>): void {
    void this.#router.navigate([], { queryParams: { page: null, ...change }, queryParamsHandling: 'merge' });
  }

  protected turn({ pageIndex }: PageEvent): void {
    this.filter({ page: pageIndex === 0 ? null : String(pageIndex + 1) });
  }

  protected toggle(id: string): void {
    this.expanded.update((ids) => {
      const changed = new Set(ids);
      if (!changed.delete(id)) {
        changed.add(id);
      }
      return changed;
    });
  }
}
