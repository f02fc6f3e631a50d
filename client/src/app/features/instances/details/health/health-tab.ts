import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Format } from '../../../../core/format';
import { HealthTable } from '../../../../ui/health-table';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { InstancePage } from '../instance-page';
import { HealthChart } from './health-chart';
import { HealthMetrics } from './health-metrics';
import { dailyHealth, healthIncidents, healthSeries } from './health-queries';
import { rangeOf } from './health-window';
import { healthText } from './health.text';
import { IncidentList } from './incident-list';
import { NextCheck } from './next-check';
import { RangePicker } from './range-picker';
import { RecentChecks } from './recent-checks';

/** How an instance answered: figures, a chart, what went wrong, the latest checks. */
@Component({
  selector: 'tg-health-tab',
  imports: [
    HealthChart,
    HealthMetrics,
    HealthTable,
    IncidentList,
    LoadError,
    MatButton,
    MatIcon,
    NextCheck,
    RangePicker,
    RecentChecks,
    Skeleton,
  ],
  templateUrl: './health-tab.html',
  styleUrl: './health-tab.scss',
})
export class HealthTab {
  /** These three from the address. */
  readonly range = input<string>();
  readonly from = input<string>();
  readonly to = input<string>();
  protected readonly page = inject(InstancePage);
  protected readonly text = healthText;
  protected readonly asTable = signal(false);
  protected readonly format = inject(Format);
  protected readonly chosen = computed(() => rangeOf(this.range(), this.from(), this.to()));
  readonly #wanted = computed(() => {
    const id = this.page.instance()?.id;
    return id === undefined ? undefined : { id, range: this.chosen() };
  });
  protected readonly series = healthSeries(this.#wanted);
  protected readonly days = dailyHealth(this.#wanted);
  protected readonly incidents = healthIncidents(this.#wanted);
  protected readonly empty = computed(() => this.series.value()?.history.buckets.length === 0);
}
