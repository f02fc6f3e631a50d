import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Router } from '@angular/router';
import type { Consistency, FindingList, TimelineEvent } from '#sdk';
import { Format } from '../../core/format';
import { Notify } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { liveQuery } from '../../live/live-query';
import { shellText } from '../../shell/shell.text';
import { LoadError } from '../../ui/load-error';
import { PageHeader } from '../../ui/page-header';
import { PageTabs } from '../../ui/page-tabs';
import { Pager } from '../../ui/pager';
import { Skeleton } from '../../ui/skeleton';
import { FindingRow } from './finding-row';
import { findingsText } from './findings.text';

const PAGE_SIZE = 20;

interface Wanted {
  readonly resolved: boolean;
  /** From 1. */
  readonly page: number;
}

/** What the comparison of record and reality has found: what is open, or what is resolved. */
@Component({
  selector: 'tg-findings',
  imports: [FindingRow, LoadError, MatButton, MatIcon, PageHeader, PageTabs, Pager, Skeleton],
  templateUrl: './findings.html',
  styleUrl: './findings.scss',
})
export class Findings {
  // From the address.
  readonly resolved = input<string>();
  readonly page = input<string>();

  protected readonly text = findingsText;
  protected readonly title = shellText.findings;
  protected readonly back = { link: '/', label: shellText.dashboard };
  protected readonly pageSize = PAGE_SIZE;
  protected readonly placeholders = Array.from({ length: 3 });
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);
  readonly #router = inject(Router);
  readonly #format = inject(Format);

  protected readonly wanted = computed((): Wanted => {
    const page = Number(this.page());
    return { resolved: this.resolved() === 'true', page: Number.isSafeInteger(page) && page > 0 ? page : 1 };
  });
  protected readonly tabs = computed(() => {
    const { resolved } = this.wanted();
    return [
      { label: findingsText.open, link: '/findings', active: !resolved },
      { label: findingsText.resolved, link: '/findings', params: { resolved: true }, active: resolved },
    ];
  });
  protected readonly query = liveQuery<Wanted, FindingList>({
    params: () => this.wanted(),
    load: ({ resolved, page }, signal) => this.#toygres.findings.list({ resolved, page, limit: PAGE_SIZE }, { signal }),
    // It does not say what has changed.
    patch: (value, { type }: TimelineEvent) => (type === 'findings.changed' ? { value, reload: true } : undefined),
  });
  /** What is resolved is not left standing where what is open belongs. */
  protected readonly shown = computed(() => (this.query.outdated() ? undefined : this.query.value()));

  protected readonly checking = signal(false);
  protected readonly checked = signal<Consistency | undefined>(undefined);
  /** What the last comparison that was asked for has found. */
  protected readonly verdict = computed(() => {
    const checked = this.checked();
    if (!checked) {
      return undefined;
    }
    const time = this.#format.clock(checked.checked_at);
    const count = checked.findings.length;
    if (checked.consistent) {
      return findingsText.agreed(time);
    }
    return count === 1 ? findingsText.differsOne(time) : findingsText.differs(this.#format.number(count), time);
  });

  protected async check(): Promise<void> {
    if (this.checking()) {
      return;
    }
    this.checking.set(true);
    await this.#notify.attempt(async () => {
      this.checked.set(await this.#toygres.consistency());
      this.query.reload();
    });
    this.checking.set(false);
  }

  protected turn(page: number): void {
    void this.#router.navigate([], {
      queryParams: { page: page === 1 ? null : page },
      queryParamsHandling: 'merge',
    });
  }
}
