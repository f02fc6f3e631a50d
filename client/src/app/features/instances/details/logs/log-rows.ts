import type { LogLine } from './log-line';

/** How lines are laid out: all letters are of one width, so that heights are known without measuring each. */
export interface RowLayout {
  /** Height of one row of letters, in pixels. */
  readonly rowPx: number;
  /** Letters that fit beside each other; Infinity where lines are not wrapped. */
  readonly columns: number;
  /** Whether time and label stand above the text. */
  readonly stacked: boolean;
}

/** Rows above and below what is seen, so that nothing is blank while it is scrolled. */
const MARGIN_ROWS = 20;

/** Where each line begins, in pixels, and where the last one ends. */
export function topsOf(lines: readonly LogLine[], { rowPx, columns, stacked }: RowLayout): Float64Array {
  const tops = new Float64Array(lines.length + 1);
  for (const [index, { label, lead, message }] of lines.entries()) {
    const length = message.length + (lead === '' ? 0 : lead.length + 1);
    const rows = Math.max(1, Math.ceil(length / columns)) + (stacked && label !== '' ? 1 : 0);
    tops[index + 1] = (tops[index] ?? 0) + rows * rowPx;
  }
  return tops;
}

/** The line that lies at a height. */
export function lineAt(tops: Float64Array, y: number): number {
  let [low, high] = [0, Math.max(0, tops.length - 2)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((tops[middle] ?? 0) <= y) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** The lines that are to be there while a part is seen: from the first to before the second. */
export function windowOf(
  tops: Float64Array,
  y: number,
  height: number,
  { rowPx }: RowLayout,
): readonly [number, number] {
  const margin = MARGIN_ROWS * rowPx;
  const count = tops.length - 1;
  return [lineAt(tops, Math.max(0, y - margin)), Math.min(count, lineAt(tops, y + height + margin) + 1)];
}
