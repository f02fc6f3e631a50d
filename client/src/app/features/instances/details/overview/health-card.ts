import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { InstanceDetails } from '#sdk';
import { Format } from '../../../../core/format';
import { Ago } from '../../../../ui/ago';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import { detailsText } from '../details.text';
import { healthSeries } from '../health/health-queries';
import { cellsOf, lineOf, typical } from '../health/health-series';
import { Sparkline } from '../health/sparkline';
import { StatusBand } from '../health/status-band';
import { overviewText } from './overview.text';

/** The last 24 hours at a glance. */
@Component({
  selector: 'tg-health-card',
  imports: [Ago, LoadError, RouterLink, Skeleton, Sparkline, StatusBand],
  templateUrl: './health-card.html',
  styleUrl: './health-card.scss',
})
export class HealthCard {
  readonly instance = input.required<InstanceDetails>();
  protected readonly text = overviewText;
  protected readonly page = detailsText;
  readonly #format = inject(Format);
  readonly #id = computed(() => this.instance().id);
  protected readonly query = healthSeries(() => ({ id: this.#id(), range: { span: '24h' } }));

  protected readonly now = computed(() => {
    const ms = this.instance().last_health_check?.response_time_ms;
    return ms == null ? undefined : this.#format.duration(ms).split(/\s(?=\S+$)/);
  });
  protected readonly shown = computed(() => {
    const series = this.query.value();
    if (series?.history.uptime_percent == null) {
      return undefined;
    }
    const { history, window, step } = series;
    const median = typical(history.buckets, 'p50_ms');
    const uptime = this.#format.percent(series.history.uptime_percent);
    return {
      window,
      uptime,
      line: lineOf(history.buckets, step, 'p50_ms'),
      lineSummary: overviewText.sparkline(median === undefined ? overviewText.noAnswer : this.#format.duration(median)),
      cells: cellsOf(history.buckets, window, step, 48),
      bandSummary: overviewText.band(uptime),
    };
  });
}
