import { Component, computed, inject, input } from '@angular/core';
import type { StageLatency } from '#sdk';
import { Format } from '../../core/format';
import { activityTitle } from '../operations';
import { dashboardText } from './dashboard.text';

/** How long creates took lately, in all and by stage. */
@Component({
  selector: 'tg-time-to-create',
  templateUrl: './time-to-create.html',
  styleUrl: './time-to-create.scss',
})
export class TimeToCreate {
  readonly latency = input.required<readonly StageLatency[]>();
  protected readonly text = dashboardText;
  readonly #format = inject(Format);

  protected readonly total = computed(() => {
    const total = this.latency().find(({ stage }) => stage === 'total');
    return (
      total && {
        samples: dashboardText.samples(this.#format.number(total.samples)),
        figures: [
          { ...this.#split(total.p50_ms), hint: dashboardText.p50Hint },
          { ...this.#split(total.p95_ms), hint: dashboardText.p95Hint },
        ],
      }
    );
  });
  protected readonly stages = computed(() => {
    const stages = this.latency().filter(({ stage }) => stage !== 'total');
    const longest = Math.max(1, ...stages.map(({ p50_ms }) => p50_ms));
    return stages.map(({ stage, p50_ms }) => ({
      stage,
      title: activityTitle(stage),
      percent: (p50_ms / longest) * 100,
      time: this.#format.duration(p50_ms),
    }));
  });

  /** "38 s" as number and unit; what has several units stays in one. */
  #split(milliseconds: number): { readonly value: string; readonly unit: string } {
    const text = this.#format.duration(milliseconds);
    const parts = text.split(' ');
    return parts.length === 2 ? { value: parts[0] ?? text, unit: parts[1] ?? '' } : { value: text, unit: '' };
  }
}
