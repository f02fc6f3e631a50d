import { Component, computed, inject, input } from '@angular/core';
import type { HealthBucket } from '#sdk';
import { Format } from '../core/format';
import { healthTableText } from './ui.text';

/** What a chart of health shows, as numbers; the newest first. */
@Component({
  selector: 'tg-health-table',
  template: `
    <div class="scroll" role="region" tabindex="0" [attr.aria-label]="text.label">
      <table>
        <thead>
          <tr>
            <th scope="col">{{ text.time }}</th>
            <th scope="col">{{ text.median }}</th>
            <th scope="col" class="wide">{{ text.p95 }}</th>
            <th scope="col">{{ text.uptime }}</th>
            <th scope="col">{{ text.checks }}</th>
          </tr>
        </thead>
        <tbody>
          @for (row of rows(); track row.from) {
            <tr>
              <th scope="row">{{ row.time }}</th>
              <td>{{ row.median }}</td>
              <td class="wide">{{ row.p95 }}</td>
              <td>{{ row.uptime }}</td>
              <td>{{ row.checks }}</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    :host,
    .scroll {
      display: block;
      height: 100%;
    }
    .scroll {
      overflow: auto;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: 13px;
    }
    th {
      text-align: start;
      font-weight: 400;
      white-space: nowrap;
    }
    thead th {
      position: sticky;
      top: 0;
      background: var(--tg-card);
      color: var(--tg-text-2);
    }
    th,
    td {
      padding: 6px 12px 6px 0;
      border-bottom: 1px solid var(--tg-border);
    }
    @media (max-width: 599px) {
      .wide {
        display: none;
      }
    }
  `,
})
export class HealthTable {
  readonly buckets = input.required<readonly HealthBucket[]>();
  protected readonly text = healthTableText;
  readonly #format = inject(Format);
  protected readonly rows = computed(() =>
    this.buckets()
      .map(({ from, checks, uptime_percent: uptime, p50_ms: median, p95_ms: p95 }) => ({
        from,
        time: this.#format.absolute(from),
        median: this.#ms(median),
        p95: this.#ms(p95),
        uptime: this.#format.percent(uptime),
        checks: this.#format.number(checks),
      }))
      .reverse(),
  );

  #ms(value: number | null): string {
    return value === null ? healthTableText.noAnswer : this.#format.duration(value);
  }
}
