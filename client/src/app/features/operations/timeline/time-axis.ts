const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Distances between labels, in milliseconds. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 4, 8, 24].map((hours) => hours * HOUR),
];
const MOST_LABELS = 4;

/** A stretch of time on the axis, both in percent of its length. */
export interface Stretch {
  readonly left: number;
  readonly width: number;
}

/** The time that an operation takes, from left to right. */
export class TimeAxis {
  /** @param start milliseconds since 1970, as `end` is */
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}

  get length(): number {
    return Math.max(1, this.end - this.start);
  }

  stretch(from: number, to: number): Stretch {
    const left = this.#percent(from);
    return { left, width: Math.max(0, this.#percent(to) - left) };
  }

  /** Round distances from the start, in milliseconds, with their places. The last one keeps clear of the right edge. */
  labels(): readonly { readonly offset: number; readonly left: number }[] {
    const step = STEPS.find((candidate) => this.length / candidate <= MOST_LABELS) ?? this.length / 2;
    const labels = [];
    for (let offset = step; offset < this.length * 0.92; offset += step) {
      labels.push({ offset, left: (offset / this.length) * 100 });
    }
    return labels;
  }

  #percent(moment: number): number {
    return Math.min(100, Math.max(0, ((moment - this.start) / this.length) * 100));
  }
}
