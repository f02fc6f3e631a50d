import type { LogLine } from './log-line';

/** A piece of a text; `hit` where it is what is searched for. */
export interface Segment {
  readonly text: string;
  readonly hit: boolean;
}

/** The lines in which a text occurs, by their places. Upper and lower case are alike. */
export function matchesIn(lines: readonly LogLine[], query: string): readonly number[] {
  const wanted = query.toLowerCase();
  if (wanted === '') {
    return [];
  }
  return lines.flatMap(({ label, lead, message }, index) =>
    [label, lead, message].some((part) => part.toLowerCase().includes(wanted)) ? [index] : [],
  );
}

/** Takes a text apart at what is searched for. */
export function segmentsOf(text: string, query: string): readonly Segment[] {
  const wanted = query.toLowerCase();
  const lower = text.toLowerCase();
  // A letter whose small form is longer would shift everything behind it.
  if (wanted === '' || lower.length !== text.length || !lower.includes(wanted)) {
    return text === '' ? [] : [{ text, hit: false }];
  }
  const segments: Segment[] = [];
  let from = 0;
  for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
    segments.push({ text: text.slice(from, at), hit: false }, { text: text.slice(at, at + wanted.length), hit: true });
    from = at + wanted.length;
  }
  segments.push({ text: text.slice(from), hit: false });
  return segments.filter(({ text: piece }) => piece !== '');
}
