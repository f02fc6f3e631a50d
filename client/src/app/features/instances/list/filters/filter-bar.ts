import { BreakpointObserver } from '@angular/cdk/layout';
import { Component, computed, inject, input, ViewContainerRef } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatBottomSheet } from '@angular/material/bottom-sheet';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { map } from 'rxjs';
import { Format } from '../../../../core/format';
import { Viewport } from '../../../../core/viewport';
import { ChoiceList, labelsOf } from '../../../../ui/choice-list';
import { FilterButton } from '../../../../ui/filter-button';
import { filterText, listText, sortText } from '../instance-list.text';
import { ListAddress } from '../list-address';
import { ListFilters, SORTS } from './list-filters';
import { DEFAULT_QUERY } from '../list-query';
import { SearchField } from './search-field';
import { TagList } from './tag-list';

/** Search, filters and order of the list. Where there is little room, the filters are in a sheet. */
@Component({
  selector: 'tg-filter-bar',
  imports: [ChoiceList, FilterButton, MatButton, MatIcon, MatMenu, MatMenuItem, MatMenuTrigger, SearchField, TagList],
  templateUrl: './filter-bar.html',
  styleUrl: './filter-bar.scss',
})
export class FilterBar {
  /** How many instances match; undefined while that is not known, null when it can't be. */
  readonly total = input.required<number | null | undefined>();
  /** The last filters are in the sheet, too. */
  readonly narrow = input(false);

  protected readonly text = filterText;
  protected readonly labelsOf = labelsOf;
  protected readonly sorts = SORTS;
  protected readonly sortText = sortText;
  protected readonly viewport = inject(Viewport);
  protected readonly address = inject(ListAddress);
  readonly #filters = inject(ListFilters);
  readonly #format = inject(Format);
  readonly #sheet = inject(MatBottomSheet);
  readonly #view = inject(ViewContainerRef);
  /** There is no room for all of them when some are set. */
  readonly #medium = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 1439px)')
      .pipe(map(({ matches }) => matches)),
    { requireSync: true },
  );

  /** Those that stand side by side here. */
  protected readonly shown = computed(() => {
    const choices = this.#filters.choices();
    if (this.viewport.phone()) {
      return [];
    }
    if (this.all()) {
      return choices;
    }
    return choices.filter(({ id }) => id === 'state' || id === 'health' || (id === 'version' && !this.narrow()));
  });
  protected readonly all = computed(() => !this.viewport.phone() && !this.#medium());
  /** The heads of the columns say by what the rows are sorted, so that no word is needed. */
  protected readonly usualOrder = computed(() => this.all() && this.address.query().sort === DEFAULT_QUERY.sort);
  /** Stands in the place of the count, which is below the rows, too. Where filters are in a sheet, it is there. */
  protected readonly clearable = computed(
    () => this.address.filterCount() > 1 && !this.narrow() && !this.viewport.phone(),
  );
  protected readonly tags = computed(() => this.address.query().tags);
  /** Filters that are set in the sheet, where nobody sees them. */
  protected readonly hidden = computed(() => {
    const { search } = this.address.query();
    const shown = this.shown().filter(({ chosen }) => chosen.length > 0).length;
    return this.address.filterCount() - shown - (search === '' ? 0 : 1);
  });
  protected readonly count = computed(() => {
    const total = this.total();
    if (total === undefined) {
      return listText.loading;
    }
    if (total === null) {
      return '';
    }
    return total === 1 ? listText.one : listText.count(this.#format.number(total));
  });

  /** On phones there is room for the number alone. */
  protected readonly shortCount = computed(() => {
    const total = this.total();
    return this.viewport.phone() && total != null ? this.#format.number(total) : undefined;
  });

  protected openSheet(): void {
    void import('./filter-sheet').then(({ FilterSheet }) =>
      this.#sheet.open(FilterSheet, {
        viewContainerRef: this.#view,
        data: this.total,
        ariaLabel: filterText.filters,
        autoFocus: 'first-heading',
      }),
    );
  }
}
