import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FAILURE_CODES, isFailureCode } from './failure-codes.js';

const document = readFileSync(new URL('../../docs/failures.md', import.meta.url), 'utf8');
/** Each section, by the code that it is headed with. */
const sections = new Map(
  document
    .split(/^(?=##+ )/m)
    .map((section) => [/^### `(\w+)`$/m.exec(section)?.[1], section] as const)
    .filter(([code]) => code !== undefined),
);

describe('failure codes', () => {
  it('are those of docs/failures.md, in the same order', () => {
    expect([...sections.keys()]).toEqual(FAILURE_CODES);
  });

  it.each(FAILURE_CODES)('%s is told with what happened, what to do, and what happens by itself', (code) => {
    const paragraphs = [...(sections.get(code) ?? '').matchAll(/^\*\*(.+?)\.\*\* \S/gm)].map(([, title]) => title);
    expect(paragraphs).toEqual(['What happened', 'What to do', 'What Toygres does by itself']);
  });

  it('are no other codes', () => {
    expect(isFailureCode('disk_full')).toBe(true);
    expect(isFailureCode('name_taken')).toBe(false);
  });
});
