import { Component, computed, input } from '@angular/core';
import type { Point } from './health-series';
import type { HealthWindow } from './health-window';

const WIDTH = 300;
const HEIGHT = 44;

/** A small line over time without axes. */
@Component({
  selector: 'tg-sparkline',
  template: `
    <svg
      role="img"
      preserveAspectRatio="none"
      [attr.viewBox]="'0 0 ' + width + ' ' + height"
      [attr.aria-label]="summary()"
    >
      @for (part of parts(); track $index) {
        <path class="area" [attr.d]="part.area" />
        <path class="line" [attr.d]="part.line" />
      }
    </svg>
  `,
  styles: `
    :host,
    svg {
      display: block;
      width: 100%;
      height: 44px;
    }
    .area {
      fill: var(--tg-primary-tint);
    }
    .line {
      fill: none;
      stroke: var(--tg-chart-median);
      stroke-width: 1.5px;
      stroke-linejoin: round;
      stroke-linecap: round;
      vector-effect: non-scaling-stroke;
    }
  `,
})
export class Sparkline {
  readonly points = input.required<readonly Point[]>();
  readonly window = input.required<HealthWindow>();
  readonly summary = input.required<string>();
  protected readonly width = WIDTH;
  protected readonly height = HEIGHT;

  /** Stretches without a gap, each with the area below it. */
  protected readonly parts = computed(() => {
    const { from, to } = this.window();
    const runs: (readonly [number, number])[][] = [[]];
    for (const [time, ms] of this.points()) {
      if (ms === null) {
        runs.push([]);
      } else {
        runs.at(-1)?.push([time, ms]);
      }
    }
    const highest = Math.max(...runs.flat().map(([, ms]) => ms), 0.1) * 1.2;
    const x = (time: number): string =>
      ((WIDTH * (time - from.getTime())) / (to.getTime() - from.getTime())).toFixed(1);
    const y = (ms: number): string => (HEIGHT - (HEIGHT - 2) * (ms / highest)).toFixed(1);
    return runs.flatMap((run) => {
      const first = run[0];
      const last = run.at(-1);
      if (!first || !last) {
        return [];
      }
      // A point by itself is drawn as a dot: a line of no length with round ends.
      const line = `M${run.map(([time, ms]) => `${x(time)},${y(ms)}`).join('L')}${run.length === 1 ? 'h0.1' : ''}`;
      return [{ line, area: `${line}L${x(last[0])},${String(HEIGHT)}L${x(first[0])},${String(HEIGHT)}Z` }];
    });
  });
}
