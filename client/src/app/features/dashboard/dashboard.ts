import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import type { Batch, Stats } from '#sdk';
import { Format } from '../../core/format';
import { Viewport } from '../../core/viewport';
import { TOYGRES } from '../../core/toygres';
import { patchBatches } from '../../live/batch-patch';
import { Fleet } from '../../live/fleet';
import { liveQuery } from '../../live/live-query';
import { shellText } from '../../shell/shell.text';
import { LoadError } from '../../ui/load-error';
import { PageHeader } from '../../ui/page-header';
import { Skeleton } from '../../ui/skeleton';
import { Capacity } from './capacity';
import { dashboardText } from './dashboard.text';
import { FindingsLine } from './findings-line';
import { FirstRun } from './first-run';
import { FleetHealth } from './fleet-health';
import { InProgress } from './in-progress';
import { MetricCards } from './metric-cards';
import { NeedsAttention } from './needs-attention';
import { RecentInstances } from './recent-instances';
import { TimeToCreate } from './time-to-create';

const BATCHES_READ = 10;

/** How all instances are, what needs somebody, and what is under way. */
@Component({
  selector: 'tg-dashboard',
  imports: [
    Capacity,
    FindingsLine,
    FirstRun,
    FleetHealth,
    InProgress,
    LoadError,
    MatButton,
    MatIcon,
    MetricCards,
    NeedsAttention,
    PageHeader,
    RecentInstances,
    RouterLink,
    Skeleton,
    TimeToCreate,
  ],
  templateUrl: './dashboard.html',
  styleUrl: './dashboard.scss',
})
export class Dashboard {
  protected readonly text = dashboardText;
  protected readonly title = shellText.dashboard;
  protected readonly query = inject(Fleet).stats;
  protected readonly stats = this.query.value;
  protected readonly viewport = inject(Viewport);
  /** On phones, as many as there usually are. */
  protected readonly metricPlaceholders = computed(() => Array.from({ length: this.viewport.phone() ? 4 : 5 }));
  readonly #format = inject(Format);
  readonly #toygres = inject(TOYGRES);

  /** How many findings are open; none while that is not known. */
  readonly #findings = liveQuery<true, number>({
    params: () => true,
    load: async (_, signal) => (await this.#toygres.findings.list({ limit: 1 }, { signal })).total,
    patch: (value, { type }) => (type === 'findings.changed' ? { value, reload: true } : undefined),
  });
  protected readonly findings = computed(() => this.#findings.value() ?? 0);
  /** Batches that are under way. */
  protected readonly batches = liveQuery<true, readonly Batch[]>({
    params: () => true,
    load: async (_, signal) =>
      (await this.#toygres.batches.list({ status: ['running'], limit: BATCHES_READ }, { signal })).batches,
    patch: (batches, event) => {
      const change = patchBatches(batches, event);
      return change && { ...change, value: change.value.filter(({ status }) => status === 'running') };
    },
  });

  protected readonly sentence = computed(() => {
    const stats = this.stats();
    return stats && stats.total > 0 ? `${this.#total(stats)} ${this.#concerns(stats)}`.trim() : '';
  });

  #total({ total }: Stats): string {
    return total === 1 ? dashboardText.totalOne : dashboardText.total(this.#format.number(total));
  }

  #concerns({ by_state: { failed }, by_health: { unhealthy } }: Stats): string {
    const failedPart = failed === 1 ? dashboardText.failedOne : dashboardText.failedMany(this.#format.number(failed));
    const many = dashboardText.unhealthyMany(this.#format.number(unhealthy));
    if (failed > 0 && unhealthy > 0) {
      return dashboardText.both(failedPart, unhealthy === 1 ? dashboardText.andUnhealthyOne : many);
    }
    if (failed > 0) {
      return dashboardText.sentence(failedPart);
    }
    if (unhealthy > 0) {
      return dashboardText.sentence(unhealthy === 1 ? dashboardText.unhealthyOne : many);
    }
    return this.findings() > 0 ? '' : dashboardText.allWell;
  }
}
