import { Component, input } from '@angular/core';
import type { HealthCell } from './health-series';

/** Health over time as a row of cells: good, not good, not looked at. What it says in words is its summary. */
@Component({
  selector: 'tg-status-band',
  template: `
    <div class="band" role="img" [attr.aria-label]="summary()">
      @for (cell of cells(); track cell.from) {
        <span [class.good]="cell.checks > 0" [class.bad]="cell.failed > 0"></span>
      }
    </div>
  `,
  styles: `
    .band {
      display: flex;
      gap: 2px;
      height: 14px;
    }
    span {
      flex: 1;
      border-radius: 2px;
      background: var(--tg-track);
    }
    .good {
      background: color-mix(in srgb, var(--tg-chart-edge) 55%, var(--tg-card));
    }
    .bad {
      background: var(--tg-dot-error);
    }
  `,
})
export class StatusBand {
  readonly cells = input.required<readonly HealthCell[]>();
  readonly summary = input.required<string>();
}
