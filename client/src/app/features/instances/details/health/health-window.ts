import type { HealthQuery } from '#sdk';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Times that are offered, in milliseconds. */
export const SPANS = { '1h': HOUR, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
export type Span = keyof typeof SPANS;

/** What is looked at: the time up to now, or one with two ends. */
export type HealthRange = { readonly span: Span } | { readonly from: string; readonly to: string };

export interface HealthWindow {
  readonly from: Date;
  readonly to: Date;
}

type Resolution = Exclude<NonNullable<HealthQuery['resolution']>, 'raw'>;

/** Lengths of the stretches that the API sums up over, in milliseconds. */
export const STEPS: Readonly<Record<Resolution, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '1h': HOUR,
  '1d': DAY,
};

/** As many stretches look smooth without hiding anything. */
const WANTED_STRETCHES = 200;

/** From the address; what makes no sense there is the last 24 hours. */
export function rangeOf(range?: string, from?: string, to?: string): HealthRange {
  if (range === 'custom' && from !== undefined && to !== undefined && Date.parse(from) < Date.parse(to)) {
    return { from, to };
  }
  return { span: range !== undefined && range in SPANS ? (range as Span) : '24h' };
}

/** The window of a range, with ends on full stretches, so that a later look at it has the same stretches. */
export function windowOf(range: HealthRange, now: Date): HealthWindow & { readonly resolution: Resolution } {
  const [from, to] =
    'span' in range
      ? [now.getTime() - SPANS[range.span], now.getTime()]
      : [Date.parse(range.from), Date.parse(range.to)];
  const resolution = resolutionOf(to - from);
  const step = STEPS[resolution];
  const end = Math.ceil(to / step) * step;
  const begin = 'span' in range ? end - SPANS[range.span] : Math.floor(from / step) * step;
  return { from: new Date(begin), to: new Date(end), resolution };
}

function resolutionOf(length: number): Resolution {
  const distance = (resolution: Resolution): number =>
    Math.abs(Math.log(length / STEPS[resolution] / WANTED_STRETCHES));
  return (Object.keys(STEPS) as Resolution[]).reduce((best, next) => (distance(next) < distance(best) ? next : best));
}
