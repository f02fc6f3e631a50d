import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { HealthBucket } from '#sdk';
import { Format } from '../../core/format';
import { Viewport } from '../../core/viewport';
import { Chart } from '../../ui/chart';
import { HealthTable } from '../../ui/health-table';
import { dashboardText } from './dashboard.text';
import { healthChart } from './health-chart';
import { slotsOf, summaryOf } from './health-slots';

/** The health checks of all instances over the last 24 hours, as a chart, as a sentence and as a table. */
@Component({
  selector: 'tg-fleet-health',
  imports: [Chart, HealthTable, MatButton],
  templateUrl: './fleet-health.html',
  styleUrl: './fleet-health.scss',
})
export class FleetHealth {
  readonly buckets = input.required<readonly HealthBucket[]>();
  /** ISO 8601. */
  readonly asOf = input.required<string>();
  protected readonly text = dashboardText;
  protected readonly asTable = signal(false);
  readonly #format = inject(Format);
  readonly #viewport = inject(Viewport);

  /** Drawn anew when the figures change, not with every read that says the same. */
  readonly #slots = computed(() => slotsOf(this.buckets(), this.asOf()), {
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  protected readonly options = computed(() => healthChart(this.#slots(), this.#format, this.#viewport.phone()));
  protected readonly summary = computed(() => {
    const summary = summaryOf(this.buckets());
    if (!summary) {
      return undefined;
    }
    const checks = this.#format.number(summary.checks);
    return summary.worst
      ? dashboardText.someBad(
          this.#format.percent(this.#notQuite(summary.good)),
          checks,
          this.#format.hour(summary.worst.from),
          this.#format.percent(summary.worst.uptime_percent),
        )
      : dashboardText.allGood(checks);
  });
  /** What the chart shows. */
  protected readonly shown = computed(() => this.#slots().flatMap(({ bucket }) => bucket ?? []));

  /** Rounding must not make a hundred of what is less. */
  #notQuite(percent: number): number {
    return Math.min(99.99, percent);
  }
}
