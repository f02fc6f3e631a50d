import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { Clock } from '../../../../core/clock';
import { Format } from '../../../../core/format';
import type { LiveQuery } from '../../../../live/live-query';
import { LoadError } from '../../../../ui/load-error';
import { Skeleton } from '../../../../ui/skeleton';
import type { Incidents } from './health-queries';
import { healthText } from './health.text';

/** When it was unhealthy, how long, and why. */
@Component({
  selector: 'tg-incident-list',
  imports: [LoadError, MatIcon, Skeleton],
  template: `
    <section class="card" aria-labelledby="incidents">
      <div class="card-head">
        <h2 id="incidents">{{ text.incidents }}</h2>
      </div>
      @if (rows(); as rows) {
        <ol>
          @for (row of rows; track row.id) {
            <li>
              <mat-icon svgIcon="warning-fill" aria-hidden="true" />
              <div>
                <b>{{ row.reason }}</b>
                <span>{{ row.time }}</span>
              </div>
              <b class="tabular">{{ row.duration }}</b>
            </li>
          } @empty {
            <li class="muted">{{ text.noIncidents }}</li>
          }
        </ol>
        @if (!query().value()?.complete) {
          <p class="small muted">{{ text.incomplete }}</p>
        }
      } @else if (query().error(); as error) {
        <tg-load-error [error]="error" (retry)="query().reload()" />
      } @else {
        <tg-skeleton height="44px" />
      }
    </section>
  `,
  styles: `
    ol {
      max-height: 420px;
      overflow: auto;
    }
    li {
      display: flex;
      align-items: flex-start;
      gap: 12px;
      padding: 10px 0;
    }
    li + li {
      border-top: 1px solid var(--tg-border);
    }
    mat-icon {
      flex: none;
      width: 18px;
      height: 18px;
      margin-top: 1px;
      color: var(--tg-error);
    }
    div {
      flex: 1;
      min-width: 0;
    }
    b {
      font-weight: 500;
      overflow-wrap: anywhere;
    }
    b.tabular {
      font-weight: 600;
      white-space: nowrap;
    }
    span {
      display: block;
      font-size: 13px;
      line-height: 18px;
      color: var(--tg-text-3);
    }
  `,
})
export class IncidentList {
  readonly query = input.required<LiveQuery<Incidents>>();
  protected readonly text = healthText;
  readonly #format = inject(Format);
  readonly #clock = inject(Clock);
  protected readonly rows = computed(() =>
    this.query()
      .value()
      ?.incidents.map(({ id, from, to, reason }) => ({
        id,
        reason: reason ?? healthText.noReason,
        time: to
          ? healthText.incidentTime(this.#format.absolute(from), this.#format.clock(to))
          : healthText.incidentSince(this.#format.absolute(from)),
        duration: this.#format.elapsed((to ?? this.#clock.now()).getTime() - from.getTime()),
      })),
  );
}
