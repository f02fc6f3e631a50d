import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Router, RouterLink } from '@angular/router';
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
import { OperationTabs } from '../operation-tabs';
import { operationsText } from '../operations.text';
import { OperationCards } from './operation-cards';
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
    ChoiceList,
    FilterButton,
    LoadError,
    MatButton,
    MatIcon,
    MatIconButton,
    NgTemplateOutlet,
    OperationCards,
    OperationTable,
    OperationTabs,
    PageHeader,
    Pager,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './operation-list.html',
  styleUrl: './operation-list.scss',
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
  protected readonly labelsOf = labelsOf;
  protected readonly pageSize = PAGE_SIZE;
  protected readonly placeholders = Array.from({ length: 8 });
  readonly #toygres = inject(TOYGRES);
  readonly #router = inject(Router);
  readonly #format = inject(Format);

  protected readonly filters = computed(() =>
    filtersOf({ kind: this.kind(), status: this.status(), instance: this.instance(), page: this.page() }),
  );
  protected readonly choices = computed((): readonly ChoiceFilter[] => {
    const { kinds, statuses } = this.filters();
    return [
      {
        id: 'kind',
        label: operationsText.kind,
        choices: KIND_OPTIONS,
        chosen: kinds,
        choose: (values) => this.filter({ kind: values.join(',') || null }),
      },
      {
        id: 'status',
        label: operationsText.status,
        choices: STATUS_OPTIONS,
        chosen: statuses,
        choose: (values) => this.filter({ status: values.join(',') || null }),
      },
    ];
  });
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
    const { instance } = this.filters();
    return operationsText.noMatchHint(
      this.#format.list([
        ...this.choices().flatMap((filter) =>
          labelsOf(filter).map((value) => operationsText.isChosen(filter.label, value)),
        ),
        ...(instance === '' ? [] : [operationsText.isChosen(operationsText.instance, instance)]),
      ]),
    );
  });

  protected filter(change: Readonly<Record<string, string | null>>): void {
    void this.#router.navigate([], { queryParams: { page: null, ...change }, queryParamsHandling: 'merge' });
  }

  protected turn(page: number): void {
    this.filter({ page: page === 1 ? null : String(page) });
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
