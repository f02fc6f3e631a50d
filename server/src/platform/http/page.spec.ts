import { describe, expect, it } from 'vitest';
import { pageOf } from './page.js';

describe('pageOf', () => {
  it.each([
    [0, 20, 1],
    [1, 20, 1],
    [20, 20, 1],
    [21, 20, 2],
    [100, 1, 100],
  ])('%i items, %i per page, are %i pages', (total, limit, pages) => {
    expect(pageOf(total, { page: 3, limit })).toEqual({ total, page: 3, pages });
  });
});
