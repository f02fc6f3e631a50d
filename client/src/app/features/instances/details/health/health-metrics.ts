import { Component, computed, inject, input } from '@angular/core';
import type { HealthBucket, InstanceDetails } from '#sdk';
import { Clock } from '../../../../core/clock';
import { Format } from '../../../../core/format';
import { Ago } from '../../../../ui/ago';
import { Skeleton } from '../../../../ui/skeleton';
import { healthKind, Status } from '../../../../ui/status';
import type { HealthSeries, Incidents } from './health-queries';
import { typical } from './health-series';
import { healthText } from './health.text';
import { downtimeOf } from './incidents';

/** More than this is made of several days, which are read one by one. */
const ABOUT_A_DAY_MS = 25 * 3_600_000;

interface Metric {
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly context: string;
}

/** The figures above the chart. */
@Component({
  selector: 'tg-health-metrics',
  imports: [Ago, Skeleton, Status],
  templateUrl: './health-metrics.html',
  styleUrl: './health-metrics.scss',
})
export class HealthMetrics {
  readonly instance = input.required<InstanceDetails>();
  readonly series = input.required<HealthSeries | undefined>();
  readonly days = input.required<readonly HealthBucket[] | undefined>();
  readonly incidents = input.required<Incidents | undefined>();
  protected readonly text = healthText;
  readonly #format = inject(Format);
  readonly #clock = inject(Clock);

  protected readonly kind = computed(() => healthKind(this.instance()));
  protected readonly now = computed(() => {
    const { state, last_health_check: check } = this.instance();
    return state === 'running' && check ? this.#duration(check.response_time_ms ?? undefined) : undefined;
  });

  protected readonly metrics = computed<readonly (Metric | undefined)[]>(() => {
    const days = this.days();
    const { from = 0, to = 0 } = this.series()?.window ?? {};
    const context = Number(to) - Number(from) > ABOUT_A_DAY_MS ? healthText.onTypicalDay : healthText.responseTime;
    return [
      this.#uptime(),
      days && { label: healthText.median, ...this.#duration(typical(days, 'p50_ms')), context },
      days && { label: healthText.p95, ...this.#duration(typical(days, 'p95_ms')), context },
      this.#count(),
    ];
  });

  #uptime(): Metric | undefined {
    const series = this.series();
    const incidents = this.incidents();
    if (!series) {
      return undefined;
    }
    const { uptime_percent: uptime } = series.history;
    return {
      label: healthText.uptime,
      value: uptime === null ? healthText.none : this.#format.number(uptime),
      unit: uptime === null ? '' : '%',
      context: incidents ? this.#downtime(incidents, series) : '',
    };
  }

  #downtime({ incidents }: Incidents, { window }: HealthSeries): string {
    const down = downtimeOf(incidents, window, this.#clock.now());
    return down > 0 ? healthText.down(this.#format.duration(down)) : healthText.noIncident;
  }

  #count(): Metric | undefined {
    const incidents = this.incidents();
    if (!incidents) {
      return undefined;
    }
    const count = this.#format.number(incidents.incidents.length);
    return {
      label: healthText.incidents,
      value: incidents.complete ? count : healthText.atLeast(count),
      unit: '',
      context: healthText.inRange,
    };
  }

  /** A time as a number with its unit. */
  #duration(ms: number | undefined): { readonly value: string; readonly unit: string } {
    if (ms === undefined) {
      return { value: healthText.none, unit: '' };
    }
    const [value = '', ...unit] = this.#format.duration(ms).split(' ');
    return { value, unit: unit.join(' ') };
  }
}
