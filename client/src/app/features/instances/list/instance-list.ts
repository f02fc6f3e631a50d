import { BreakpointObserver } from '@angular/cdk/layout';
import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, effect, ElementRef, inject, untracked } from '@angular/core';
import { takeUntilDestroyed, toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import { map } from 'rxjs';
import { type InstanceList as InstancePageOf, ToygresError } from '#sdk';
import { Capabilities } from '../../../core/capabilities';
import { TOYGRES } from '../../../core/toygres';
import { Viewport } from '../../../core/viewport';
import { checkInstances } from '../../../live/instance-patch';
import { liveQuery } from '../../../live/live-query';
import { shellText } from '../../../shell/shell.text';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { Pager } from '../../../ui/pager';
import { Skeleton } from '../../../ui/skeleton';
import { InstanceRequests, withAccepted } from '../actions/instance-requests';
import { announceChanges } from './announce-changes';
import { BulkBar } from './bulk-bar';
import { FilterBar } from './filters/filter-bar';
import { ListFilters } from './filters/list-filters';
import { InstanceCard } from './instance-card';
import { listText } from './instance-list.text';
import { InstanceTable } from './instance-table';
import { ListAddress } from './list-address';
import { LIMITS, type ListQuery, requestOf } from './list-query';
import { patchList } from './patch-list';
import { Selection } from './selection';

/** All instances, page by page. */
@Component({
  selector: 'tg-instance-list',
  imports: [
    BulkBar,
    FilterBar,
    InstanceCard,
    InstanceTable,
    LoadError,
    MatButton,
    MatIcon,
    NgTemplateOutlet,
    PageHeader,
    Pager,
    RouterLink,
    Skeleton,
  ],
  templateUrl: './instance-list.html',
  styleUrl: './instance-list.scss',
  providers: [ListAddress, ListFilters, Selection],
})
export class InstanceList {
  protected readonly text = listText;
  protected readonly title = shellText.instances;
  protected readonly viewport = inject(Viewport);
  protected readonly address = inject(ListAddress);
  protected readonly selection = inject(Selection);
  readonly #toygres = inject(TOYGRES);
  protected readonly filters = inject(ListFilters);
  readonly #capabilities = inject(Capabilities);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  /** The navigation takes its room from the table. */
  protected readonly narrow = toSignal(
    inject(BreakpointObserver)
      .observe('(max-width: 1119px)')
      .pipe(map(({ matches }) => matches)),
    { requireSync: true },
  );
  protected readonly query = liveQuery<ListQuery, InstancePageOf>({
    params: () => this.address.query(),
    load: (query, signal) => this.#toygres.instances.list(requestOf(query, new Date()), { signal }),
    patch: patchList,
    check: (list, check) => {
      const instances = checkInstances(list.instances, check);
      return instances && { value: { ...list, instances } };
    },
  });
  protected readonly rows = computed(() => this.query.value()?.instances);
  /** Undefined while it is not known of what is asked for now; null when it can't be read. */
  protected readonly total = computed(() => {
    if (this.query.outdated()) {
      return undefined;
    }
    return this.query.value()?.total ?? (this.query.error() === undefined ? undefined : null);
  });
  protected readonly limits = LIMITS;
  protected readonly places = [1, 2, 3, 4];

  protected readonly lead = computed(() => {
    const offer = this.#capabilities.value();
    const region = offer?.regions[0];
    return region === undefined ? listText.onMachine : listText.inRegion(region);
  });
  protected readonly view = computed((): 'loading' | 'denied' | 'error' | 'empty' | 'no-match' | 'rows' => {
    const list = this.query.value();
    const error = this.query.error();
    if (error instanceof ToygresError && (error.status === 401 || error.status === 403)) {
      return 'denied';
    }
    // Rows of other filters would be wrong under an error.
    if (!list || (error !== undefined && this.query.outdated())) {
      return error === undefined ? 'loading' : 'error';
    }
    if (list.total > 0) {
      return 'rows';
    }
    if (this.query.outdated()) {
      return 'loading';
    }
    return this.address.filterCount() > 0 ? 'no-match' : 'empty';
  });

  constructor() {
    announceChanges(() => this.rows() ?? []);
    effect(() => {
      const rows = this.rows() ?? [];
      untracked(() => this.selection.refresh(rows));
    });
    effect(() => {
      const list = this.query.value();
      // The last rows of a page beyond may have been deleted, or the link is old.
      if (list && !this.query.outdated() && list.page > Math.max(1, list.pages)) {
        untracked(() => this.address.change({ page: Math.max(1, list.pages) }, { replaceUrl: true }));
      }
    });
    let page = this.address.query().page;
    effect(() => {
      const now = this.query.value()?.page ?? page;
      if (now !== page) {
        page = now;
        this.#host.scrollIntoView({ block: 'start' });
      }
    });
    inject(InstanceRequests)
      .accepted.pipe(takeUntilDestroyed())
      .subscribe((accepted) => {
        this.query.update((list) => ({
          ...list,
          instances: list.instances.map((row) => withAccepted(row, accepted)),
        }));
      });
  }

  protected focusTitle(): void {
    this.#host.querySelector('h1')?.focus({ preventScroll: true });
  }
}
