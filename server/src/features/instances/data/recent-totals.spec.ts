import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RecentTotals } from './recent-totals.js';

const MANY = 1_000;

let now: number;
let totals: RecentTotals;

beforeEach(() => {
  now = 0;
  totals = new RecentTotals(() => now);
});

/** Counts as the queries do: what it finds is remembered. */
function counting(...results: readonly number[]) {
  const remaining = [...results];
  return vi.fn(() => {
    const total = remaining.shift() ?? Number.NaN;
    totals.remember('key', total);
    return Promise.resolve(total);
  });
}

describe('RecentTotals', () => {
  it('counts many once', async () => {
    const count = counting(MANY);
    expect(await totals.get('key', count)).toBe(MANY);
    now = 1_999;
    expect(await totals.get('key', count)).toBe(MANY);
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('counts few each time', async () => {
    const count = counting(MANY - 1, MANY - 2);
    expect(await totals.get('key', count)).toBe(MANY - 1);
    expect(totals.remembered('key')).toBeUndefined();
    expect(await totals.get('key', count)).toBe(MANY - 2);
  });

  it('answers with an old total, and counts anew behind', async () => {
    const count = counting(MANY, MANY + 1);
    await totals.get('key', count);
    now = 2_000;
    expect(await totals.get('key', count)).toBe(MANY);
    await vi.waitFor(() => {
      expect(totals.remembered('key')).toBe(MANY + 1);
    });
    expect(count).toHaveBeenCalledTimes(2);
  });

  it('waits for the count when the total is too old', async () => {
    const count = counting(MANY, MANY + 1);
    await totals.get('key', count);
    now = 10_000;
    expect(totals.remembered('key')).toBeUndefined();
    expect(await totals.get('key', count)).toBe(MANY + 1);
  });

  it('counts once for all that ask at the same time', async () => {
    const count = counting(MANY, MANY + 1);
    expect(await Promise.all([totals.get('key', count), totals.get('key', count)])).toEqual([MANY, MANY]);
    expect(count).toHaveBeenCalledTimes(1);
  });

  it('keeps an error behind to itself, and gives it to whoever has to wait', async () => {
    await totals.get('key', counting(MANY));
    const failing = () => Promise.reject(new Error('no database'));
    now = 2_000;
    expect(await totals.get('key', failing)).toBe(MANY);
    now = 10_000;
    await expect(totals.get('key', failing)).rejects.toThrow('no database');
    expect(await totals.get('key', counting(MANY + 1))).toBe(MANY + 1);
  });

  it('forgets what is few by now', () => {
    totals.remember('key', MANY);
    totals.remember('key', 1);
    expect(totals.remembered('key')).toBeUndefined();
  });

  it('remembers the latest 200 filters', () => {
    for (let index = 0; index < 200; index += 1) {
      totals.remember(String(index), MANY);
    }
    totals.remember('0', MANY + 1);
    totals.remember('200', MANY);
    expect(totals.remembered('0')).toBe(MANY + 1);
    expect(totals.remembered('1')).toBeUndefined();
    expect(totals.remembered('2')).toBe(MANY);
  });
});
