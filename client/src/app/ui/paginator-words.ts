import { inject, Injectable } from '@angular/core';
import { MatPaginatorIntl } from '@angular/material/paginator';
import { Format } from '../core/format';
import { paginatorText } from './ui.text';

/** What a paginator says: `providers: [{ provide: MatPaginatorIntl, useClass: PaginatorWords }]`. */
@Injectable()
export class PaginatorWords extends MatPaginatorIntl {
  readonly #format = inject(Format);
  override itemsPerPageLabel = paginatorText.rows;
  override nextPageLabel = paginatorText.next;
  override previousPageLabel = paginatorText.previous;
  override firstPageLabel = paginatorText.first;
  override lastPageLabel = paginatorText.last;

  override getRangeLabel = (page: number, pageSize: number, length: number): string => {
    const number = (value: number): string => this.#format.number(value);
    return length === 0
      ? paginatorText.none
      : paginatorText.range(
          number(page * pageSize + 1),
          number(Math.min(length, (page + 1) * pageSize)),
          number(length),
        );
  };
}
