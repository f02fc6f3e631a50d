import { Component, computed, inject, type Signal } from '@angular/core';
import { MAT_BOTTOM_SHEET_DATA, MatBottomSheetRef } from '@angular/material/bottom-sheet';
import { MatButton } from '@angular/material/button';
import { Format } from '../../../../core/format';
import { filterText, listText } from '../instance-list.text';
import { ListAddress } from '../list-address';
import { Viewport } from '../../../../core/viewport';
import { ChoiceList } from '../../../../ui/choice-list';
import { ListFilters } from './list-filters';
import { TagList } from './tag-list';

/** All filters, where there is no room for them side by side. A choice works at once, behind the sheet. */
@Component({
  selector: 'tg-filter-sheet',
  imports: [ChoiceList, MatButton, TagList],
  template: `
    <header>
      <h2 id="sheet-title">{{ text.filters }}</h2>
      <button matButton type="button" [disabled]="address.filterCount() === 0" (click)="address.clearFilters()">
        {{ text.clearAll }}
      </button>
    </header>
    @for (filter of filters.choices(); track filter.id) {
      <section>
        <h3>{{ filter.label }}</h3>
        <tg-choice-list [filter]="filter" />
      </section>
    }
    <section>
      <h3>{{ text.tag }}</h3>
      <tg-tag-list />
    </section>
    @if (!viewport.phone()) {
      <section>
        <h3>{{ text.sort }}</h3>
        <tg-choice-list [filter]="filters.order()" />
      </section>
    }
    <footer>
      <button matButton="filled" type="button" (click)="close()">{{ show() }}</button>
    </footer>
  `,
  styles: `
    :host {
      display: block;
    }
    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
    }
    section {
      padding: 10px 0;
      border-top: 1px solid var(--tg-border);
    }
    footer {
      position: sticky;
      /* Over the padding of the sheet. */
      bottom: -8px;
      padding: 12px 0 16px;
      border-top: 1px solid var(--tg-border);
      background: var(--tg-card);
    }
    footer button {
      width: 100%;
      height: 44px;
    }
  `,
})
export class FilterSheet {
  protected readonly text = filterText;
  protected readonly address = inject(ListAddress);
  protected readonly filters = inject(ListFilters);
  protected readonly viewport = inject(Viewport);
  readonly #format = inject(Format);
  readonly #ref = inject<MatBottomSheetRef<FilterSheet>>(MatBottomSheetRef);
  /** How many instances match; undefined while that is not known, null when it can't be. */
  readonly #total = inject<Signal<number | null | undefined>>(MAT_BOTTOM_SHEET_DATA);

  protected readonly show = computed(() => {
    const total = this.#total();
    if (total === undefined) {
      return listText.loading;
    }
    if (total === null) {
      return listText.tableLabel;
    }
    return total === 1 ? filterText.showOne : filterText.show(this.#format.number(total));
  });

  protected close(): void {
    this.#ref.dismiss();
  }
}
