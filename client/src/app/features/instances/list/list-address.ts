import { computed, inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router } from '@angular/router';
import { DEFAULT_QUERY, filterCount, type ListQuery, paramsOf, parseQuery } from './list-query';

/** The query of the list. It lives in the address, so that it can be shared, and the back button undoes a change. */
@Injectable()
export class ListAddress {
  readonly #route = inject(ActivatedRoute);
  readonly #router = inject(Router);
  readonly #params = toSignal(this.#route.queryParamMap, { requireSync: true });

  readonly query = computed(() => parseQuery(this.#params()));
  readonly filterCount = computed(() => filterCount(this.query()));

  /** Whatever changes, it is looked at from its first page on, unless the page is what changes. */
  change(part: Partial<ListQuery>, { replaceUrl = false } = {}): void {
    void this.#router.navigate([], {
      relativeTo: this.#route,
      queryParams: paramsOf({ ...this.query(), page: 1, ...part }),
      replaceUrl,
    });
  }

  clearFilters(): void {
    const { search, states, healths, versions, age, tags } = DEFAULT_QUERY;
    this.change({ search, states, healths, versions, age, tags });
  }
}
