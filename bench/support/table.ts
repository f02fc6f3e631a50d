import type { Report } from './benchmark.ts';

const HEAD = ['work', 'subject', 'floor', 'ratio', 'goal', 'met'];

/** A report as text. */
export function format({ lines, details = [] }: Report): string {
  const rows = lines.map(({ work, subject, floor, ratio, goal, met }) => [
    work,
    subject,
    floor,
    ratio === null ? '–' : ratio.toFixed(2),
    goal,
    met ? 'yes' : 'NO',
  ]);
  return [
    table([HEAD, ...rows]),
    ...details.map(({ title, rows: detail }) => `  ${title}\n${table(detail, '    ')}`),
  ].join('\n\n');
}

/** Columns as wide as their widest cell; the first row is the head. */
function table(rows: readonly (readonly string[])[], indent = ''): string {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `${indent}${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...body.map(line)].join('\n');
}
