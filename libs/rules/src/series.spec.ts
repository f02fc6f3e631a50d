import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BATCH_MAX_ITEMS, seriesNames } from './series.js';

describe('seriesNames', () => {
  it('numbers from 1, with as many digits as are needed', () => {
    expect(seriesNames('db', 3)).toEqual(['db-1', 'db-2', 'db-3']);
    expect(seriesNames('db', 10)).toEqual(expect.arrayContaining(['db-01', 'db-10']));
  });

  it('gives each its own name, in the order of the names', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: BATCH_MAX_ITEMS }), (count) => {
        const names = seriesNames('db', count);
        expect(new Set(names).size).toBe(count);
        expect(names.toSorted()).toEqual(names);
      }),
    );
  });
});
