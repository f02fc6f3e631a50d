import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { type Params, RouterLink } from '@angular/router';
import type { Stats } from '#sdk';
import { Clock } from '../../core/clock';
import { Format } from '../../core/format';
import { Viewport } from '../../core/viewport';
import type { IconName } from '../../ui/icons';
import { statusText } from '../../ui/ui.text';
import { dashboardText } from './dashboard.text';

interface Metric {
  readonly label: string;
  readonly icon: IconName;
  readonly tone: 'error' | 'info' | 'neutral';
  readonly count: number;
  readonly context: string;
  /** Filters of the list that shows what was counted. */
  readonly query: Params;
  /** Left out on phones while there are none. */
  readonly minor?: boolean;
}

/** How many instances there are of each kind; each count leads to them. */
@Component({
  selector: 'tg-metric-cards',
  imports: [MatIcon, RouterLink],
  template: `
    <ul [attr.aria-label]="text.counts">
      @for (metric of shown(); track metric.label) {
        <li>
          <a class="card" routerLink="/instances" [queryParams]="metric.query">
            <span class="label" [class]="metric.count > 0 ? metric.tone : 'neutral'">
              <mat-icon [svgIcon]="metric.icon" aria-hidden="true" />{{ metric.label }}
            </span>
            <span class="metric">{{ format.number(metric.count) }}</span>
            <span class="context">{{ metric.context }}</span>
          </a>
        </li>
      }
    </ul>
  `,
  styleUrl: './metric-cards.scss',
})
export class MetricCards {
  readonly stats = input.required<Stats>();
  protected readonly text = dashboardText;
  protected readonly format = inject(Format);
  readonly #clock = inject(Clock);
  readonly #phone = inject(Viewport).phone;

  protected readonly shown = computed(() =>
    this.#metrics().filter(({ minor, count }) => !this.#phone() || minor !== true || count > 0),
  );

  readonly #metrics = computed((): readonly Metric[] => {
    const { by_state: state, by_health: health } = this.stats();
    return [
      {
        label: statusText.running,
        icon: 'play_circle',
        tone: 'neutral',
        count: state.running,
        context: this.#healths(),
        query: { state: 'running' },
      },
      {
        label: statusText.creating,
        icon: 'hourglass_top-fill',
        tone: 'info',
        count: state.creating,
        context: this.#usualCreate(),
        query: { state: 'creating' },
        minor: true,
      },
      {
        label: statusText.unhealthy,
        icon: 'warning-fill',
        tone: 'error',
        count: health.unhealthy,
        context: dashboardText.ofRunning(this.format.number(state.running)),
        query: { state: 'running', health: 'unhealthy' },
      },
      {
        label: statusText.failed,
        icon: 'cancel-fill',
        tone: 'error',
        count: state.failed,
        context: this.#latestFailure(),
        query: { state: 'failed' },
      },
      state.stopped > 0
        ? {
            label: statusText.stopped,
            icon: 'stop_circle',
            tone: 'neutral',
            count: state.stopped,
            context: dashboardText.dataKept,
            query: { state: 'stopped' },
          }
        : {
            label: statusText.deleting,
            icon: 'autorenew',
            tone: 'neutral',
            count: state.deleting,
            context: state.deleting > 0 ? dashboardText.bringBack : dashboardText.none,
            query: { state: 'deleting' },
            minor: true,
          },
    ];
  });

  #healths(): string {
    const { healthy, unhealthy, unknown } = this.stats().by_health;
    const parts = [dashboardText.healthy(this.format.number(healthy))];
    // On phones there is no room for what the next card says.
    if (unhealthy > 0 && !this.#phone()) {
      parts.push(dashboardText.unhealthy(this.format.number(unhealthy)));
    }
    if (unknown > 0) {
      parts.push(dashboardText.unchecked(this.format.number(unknown)));
    }
    return parts.join(' · ');
  }

  #usualCreate(): string {
    const total = this.stats().create_latency.find(({ stage }) => stage === 'total');
    return total ? dashboardText.usually(this.format.duration(total.p50_ms)) : dashboardText.none;
  }

  #latestFailure(): string {
    const [latest] = this.stats().failed_instances;
    return latest
      ? dashboardText.latest(this.format.relative(latest.updated_at, this.#clock.now()))
      : dashboardText.none;
  }
}
