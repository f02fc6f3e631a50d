import { Component, computed, inject, input } from '@angular/core';
import type { EChartsCoreOption } from 'echarts/core';
import { Format } from '../../../../core/format';
import { Viewport } from '../../../../core/viewport';
import { Chart, type Tokens } from '../../../../ui/chart';
import type { HealthSeries } from './health-queries';
import { cellsOf, type HealthCell, lineOf, troublesOf, typical } from './health-series';
import { healthText } from './health.text';

/** Cells in the band at most. */
const CELLS = 96;

interface Drawing {
  coord(point: readonly [number, number]): [number, number];
  value(dimension: number): number;
}

/** Response times over a band that says whether the checks passed, on one axis and with one cursor. */
@Component({
  selector: 'tg-health-chart',
  imports: [Chart],
  template: `<tg-chart [options]="options()" [summary]="summary()" />`,
  styles: `
    :host {
      display: block;
      height: 280px;
    }
  `,
})
export class HealthChart {
  readonly series = input.required<HealthSeries>();
  readonly #format = inject(Format);
  readonly #phone = inject(Viewport).phone;

  protected readonly summary = computed(() => {
    const { history } = this.series();
    const median = typical(history.buckets, 'p50_ms');
    return healthText.chartSummary(
      median === undefined ? healthText.noAnswer : this.#format.duration(median),
      history.uptime_percent === null ? healthText.noChecks : this.#format.percent(history.uptime_percent),
    );
  });

  protected readonly options = computed(() => {
    const series = this.series();
    return (token: Tokens): EChartsCoreOption => this.#options(series, token);
  });

  #options({ history, window, step }: HealthSeries, token: Tokens): EChartsCoreOption {
    const { buckets } = history;
    const cells = cellsOf(buckets, window, step, CELLS);
    const long = window.to.getTime() - window.from.getTime() > 2 * 86_400_000;
    const text = { color: token('text-3'), fontSize: 12, fontFamily: token('font') };
    const time = {
      type: 'time',
      min: window.from.getTime(),
      max: window.to.getTime(),
      // So few that none has to be left out, which would leave uneven gaps.
      splitNumber: this.#phone() ? 3 : 6,
      splitLine: { show: false },
    };
    const line = (name: string, which: 'p50_ms' | 'p95_ms', color: string) => ({
      name,
      type: 'line',
      data: lineOf(buckets, step, which),
      showSymbol: buckets.length === 1,
      symbolSize: 6,
      connectNulls: false,
      itemStyle: { color },
      lineStyle: { color, width: which === 'p50_ms' ? 2 : 1.5 },
    });
    return {
      animation: false,
      axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: token('border-input'), type: 'dashed' } },
      tooltip: {
        trigger: 'axis',
        confine: true,
        backgroundColor: token('card'),
        borderColor: token('border-strong'),
        textStyle: { color: token('text'), fontSize: 12, fontFamily: token('font') },
        formatter: (at: unknown) => this.#tip(at, series(buckets, step)),
      },
      grid: [
        { left: 56, right: 12, top: 12, bottom: 64 },
        { left: 56, right: 12, bottom: 30, height: 14 },
      ],
      xAxis: [
        { ...time, axisLabel: { show: false }, axisTick: { show: false }, axisLine: { show: false } },
        {
          ...time,
          gridIndex: 1,
          axisTick: { show: false },
          axisLine: { show: false },
          axisPointer: { show: true, triggerTooltip: false, label: { show: false } },
          axisLabel: {
            ...text,
            hideOverlap: true,
            formatter: (value: number) => (long ? this.#format.day(value) : this.#format.hour(value)),
          },
        },
      ],
      yAxis: [
        {
          type: 'value',
          min: 0,
          minInterval: 1,
          splitNumber: 4,
          splitLine: { lineStyle: { color: token('border'), type: 'dashed' } },
          axisLabel: { ...text, formatter: (value: number) => this.#format.duration(value) },
          axisPointer: { show: false },
        },
        { type: 'value', gridIndex: 1, min: 0, max: 1, show: false, axisPointer: { show: false } },
      ],
      series: [
        {
          ...line(healthText.median, 'p50_ms', token('chart-median')),
          areaStyle: { color: token('chart-median'), opacity: 0.12 },
          markArea: {
            silent: true,
            itemStyle: { color: token('dot-error'), opacity: 0.18 },
            data: troublesOf(buckets, step).map(([from, to]) => [{ xAxis: from }, { xAxis: to }]),
          },
        },
        line(healthText.p95, 'p95_ms', token('chart-p95')),
        {
          type: 'custom',
          xAxisIndex: 1,
          yAxisIndex: 1,
          encode: { x: [0, 1] },
          data: cells.map((cell) => [cell.from, cell.to, colourIndex(cell)]),
          renderItem: (_: unknown, drawing: Drawing) => {
            const [left, bottom] = drawing.coord([drawing.value(0), 0]);
            const [right, top] = drawing.coord([drawing.value(1), 1]);
            const colours = [token('track'), token('chart-edge'), token('dot-error')];
            const width = Math.max(1, right - left - (right - left > 4 ? 2 : 0));
            return {
              type: 'rect',
              shape: { x: left, y: top, width, height: bottom - top, r: 2 },
              style: { fill: colours[drawing.value(2)], opacity: drawing.value(2) === 1 ? 0.7 : 1 },
            };
          },
        },
      ],
    };
  }

  /** What the cursor says. */
  #tip(at: unknown, find: (time: number) => HealthSeries['history']['buckets'][number] | undefined): string {
    const [first] = at as readonly { readonly axisValue: number }[];
    const bucket = first && find(first.axisValue);
    if (!bucket) {
      return '';
    }
    const ms = (value: number | null): string => (value === null ? healthText.noAnswer : this.#format.duration(value));
    const good = Math.round((bucket.checks * bucket.uptime_percent) / 100);
    return [
      `<b>${this.#format.absolute(bucket.from)}</b>`,
      `${healthText.median} <b>${ms(bucket.p50_ms)}</b>`,
      `${healthText.p95} <b>${ms(bucket.p95_ms)}</b>`,
      healthText.passed(this.#format.number(good), this.#format.number(bucket.checks)),
    ].join('<br>');
  }
}

/** Not looked at, good, not good. */
const colourIndex = ({ checks, failed }: HealthCell): number => (failed > 0 ? 2 : checks > 0 ? 1 : 0);

/** Finds the stretch that a moment lies in. */
function series(buckets: HealthSeries['history']['buckets'], step: number) {
  return (time: number) =>
    buckets.find(({ from }) => {
      const begin = Date.parse(from);
      return time >= begin && time < begin + step;
    });
}
