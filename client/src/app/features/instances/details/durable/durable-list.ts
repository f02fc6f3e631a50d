import { Component, computed, inject, input, linkedSignal, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Router, RouterLink } from '@angular/router';
import type { DurableInstance, DurableInstanceList, DurableMetrics } from '#sdk';
import { Format } from '../../../../core/format';
import { Notify } from '../../../../core/notify';
import { TOYGRES } from '../../../../core/toygres';
import { liveQuery } from '../../../../live/live-query';
import { Ago } from '../../../../ui/ago';
import { type ChoiceFilter, ChoiceList, labelsOf } from '../../../../ui/choice-list';
import { FilterButton } from '../../../../ui/filter-button';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { durableText, durableWord } from './durable.text';
import { DURABLE_STATUSES, DurableStatus, type DurableStatusName } from './durable-status';

const PAGE_SIZE = 20;

interface Wanted {
  readonly instanceId: string;
  readonly status: DurableStatusName | undefined;
}

interface Seen {
  readonly list: DurableInstanceList;
  readonly metrics: DurableMetrics;
  readonly at: string;
}

/**
 * Durable function instances, the newest first. What happens inside an instance is told to nobody: this is how it was when it was read, and is
 * read again when somebody asks.
 */
@Component({
  selector: 'tg-durable-list',
  imports: [Ago, ChoiceList, DurableStatus, FilterButton, LoadError, MatButton, MatIcon, RouterLink, Skeleton],
  templateUrl: './durable-list.html',
  styleUrl: './durable-list.scss',
})
export class DurableList {
  readonly instanceId = input.required<string>();
  /** From the address. */
  readonly status = input<string>();

  protected readonly text = durableText;
  protected readonly labelsOf = labelsOf;
  protected readonly example = `SELECT df.start('SELECT 1' ~> 'SELECT 2', 'first');`;
  protected readonly placeholders = Array.from({ length: 4 });
  readonly #toygres = inject(TOYGRES);
  readonly #router = inject(Router);
  readonly #format = inject(Format);
  readonly #notify = inject(Notify);

  protected readonly wanted = computed((): Wanted => ({
    instanceId: this.instanceId(),
    status: DURABLE_STATUSES.find((status) => status === this.status()),
  }));
  protected readonly query = liveQuery<Wanted, Seen>({
    params: () => this.wanted(),
    load: async ({ instanceId, status }, abort) => {
      const [list, metrics] = await Promise.all([
        this.#toygres.durable.list(instanceId, { status, limit: PAGE_SIZE }, { signal: abort }),
        this.#toygres.durable.metrics(instanceId, { signal: abort }),
      ]);
      return { list, metrics, at: new Date().toISOString() };
    },
  });
  protected readonly shown = computed(() =>
    this.query.outdated() && this.query.error() !== undefined ? undefined : this.query.value(),
  );
  /** The first page, and those that were asked for after it. */
  readonly #pages = linkedSignal<Seen | undefined, readonly DurableInstanceList[]>({
    source: this.shown,
    computation: (seen) => (seen ? [seen.list] : []),
  });
  protected readonly instances = computed(() => this.#pages().flatMap(({ instances }) => instances));
  protected readonly next = computed(() => this.#pages().at(-1)?.next_cursor ?? null);
  protected readonly reading = signal(false);

  protected readonly asOf = computed(() => {
    const at = this.shown()?.at;
    return at === undefined ? '' : durableText.asOf(this.#format.clock(at));
  });
  protected readonly figures = computed(() => {
    const metrics = this.shown()?.metrics;
    const figure = (label: string, count: number | undefined) => ({
      label,
      count: count === undefined ? undefined : this.#format.number(count),
    });
    return [
      figure(durableText.total, metrics?.total_instances),
      figure(durableText.running, metrics?.running_instances),
      figure(durableText.completed, metrics?.completed_instances),
      figure(durableText.failed, metrics?.failed_instances),
    ];
  });
  protected readonly choice = computed((): ChoiceFilter => {
    const { status } = this.wanted();
    return {
      id: 'durable-status',
      label: durableText.status,
      single: true,
      choices: DURABLE_STATUSES.map((value) => ({ value, label: durableWord(value) })),
      chosen: status === undefined ? [] : [status],
      choose: ([value = '']) => this.filter(value),
    };
  });

  protected executions({ execution_count: count }: DurableInstance): string | undefined {
    return count > 1 ? durableText.executionsOf(this.#format.number(count)) : undefined;
  }

  /** @param status the empty one: any */
  protected filter(status: string): void {
    void this.#router.navigate([], {
      queryParams: { status: status === '' ? null : status },
      queryParamsHandling: 'merge',
    });
  }

  protected async older(): Promise<void> {
    const cursor = this.next();
    if (cursor === null || this.reading()) {
      return;
    }
    const { instanceId, status } = this.wanted();
    this.reading.set(true);
    await this.#notify.attempt(async () => {
      const first = this.#pages()[0];
      const page = await this.#toygres.durable.list(instanceId, { status, limit: PAGE_SIZE, cursor });
      // Unless the list was read anew meanwhile.
      this.#pages.update((pages) => (pages[0] === first ? [...pages, page] : pages));
    });
    this.reading.set(false);
  }
}
