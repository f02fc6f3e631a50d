import type { EChartsCoreOption } from 'echarts/core';
import type { Format } from '../../core/format';
import type { Tokens } from '../../ui/chart';
import { dashboardText } from './dashboard.text';
import { type HealthSlot, SLOT_MS } from './health-slots';

/** A label on the time axis at every so many whole hours. */
const LABEL_HOURS = { wide: 4, narrow: 8 };
/** The last label says "now"; others keep clear of it, in slots. */
const CLEAR_OF_NOW = 6;
/** So that one bad check among thousands is seen, in pixels. */
const LEAST_BAD_HEIGHT = 3;

/** Bars of a quarter of an hour each: the share of good checks below, of bad ones above. */
export function healthChart(
  slots: readonly HealthSlot[],
  format: Format,
  narrow: boolean,
): (token: Tokens) => EChartsCoreOption {
  return (token) => {
    const hours = narrow ? LABEL_HOURS.narrow : LABEL_HOURS.wide;
    const isWhole = (moment: Date | undefined): boolean =>
      moment?.getMinutes() === 0 && moment.getHours() % hours === 0;
    const last = slots.length - 1;
    const axisLabel = { color: token('text-2'), fontSize: 12, fontFamily: token('font') };
    return {
      animation: false,
      grid: { left: 44, right: 8, top: 10, bottom: 28 },
      xAxis: {
        type: 'category',
        data: slots.map(({ from }, index) => (index === last ? dashboardText.now : format.hour(from))),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          ...axisLabel,
          interval: (index: number) => index === last || (isWhole(slots[index]?.from) && last - index >= CLEAR_OF_NOW),
          alignMaxLabel: 'right',
          margin: 12,
          showMaxLabel: true,
        },
      },
      yAxis: {
        type: 'value',
        min: 0,
        max: 100,
        interval: 25,
        axisLabel: { ...axisLabel, formatter: (value: number) => format.percent(value) },
        splitLine: { lineStyle: { color: token('border'), type: 'dashed' } },
      },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow', shadowStyle: { color: token('hover'), opacity: 0.6 } },
        backgroundColor: token('card'),
        borderColor: token('border-strong'),
        textStyle: { color: token('text'), fontSize: 13, fontFamily: token('font'), fontWeight: 400 },
        formatter: (points: readonly { readonly dataIndex: number }[]) =>
          tip(slots[points[0]?.dataIndex ?? -1], format),
      },
      series: [
        {
          type: 'bar',
          stack: 'share',
          barCategoryGap: '18%',
          itemStyle: {
            color: {
              ...{ type: 'linear', x: 0, y: 0, x2: 0, y2: 1 },
              colorStops: [
                { offset: 0, color: token('chart-edge') },
                { offset: 0.012, color: token('chart-edge') },
                { offset: 0.0121, color: token('chart-fill') },
                { offset: 1, color: token('chart-fill') },
              ],
            },
          },
          data: slots.map(({ bucket }) => bucket?.uptime_percent ?? null),
        },
        {
          type: 'bar',
          stack: 'share',
          barMinHeight: LEAST_BAD_HEIGHT,
          itemStyle: { color: token('dot-error') },
          data: slots.map(({ bucket }) => (bucket && bucket.uptime_percent < 100 ? 100 - bucket.uptime_percent : null)),
        },
      ],
    };
  };
}

/** Made of figures and our own words alone, because ECharts takes it as HTML. */
function tip(slot: HealthSlot | undefined, format: Format): string {
  if (!slot?.bucket) {
    return '';
  }
  const { bucket, from } = slot;
  const span = dashboardText.span(format.hour(from), format.hour(from.getTime() + SLOT_MS));
  const lines = [
    `${dashboardText.good}: ${format.percent(bucket.uptime_percent)}`,
    `${dashboardText.checks}: ${format.number(bucket.checks)}`,
    ...(bucket.p50_ms === null ? [] : [`${dashboardText.median}: ${format.duration(bucket.p50_ms)}`]),
  ];
  return `<b>${span}</b><br>${lines.join('<br>')}`;
}
