import { describe, expect, it } from 'vitest';
import { Batch } from './batch.js';

describe('Batch', () => {
  /** Answers each number with its double, call by call when it is told to. */
  function doubling(): { batch: Batch<number, number>; calls: number[][]; release: () => void } {
    const calls: number[][] = [];
    let held = Promise.withResolvers<undefined>();
    const batch = new Batch<number, number>(async (items) => {
      calls.push([...items]);
      await held.promise;
      if (items.includes(13)) {
        throw new Error('13 can not be doubled');
      }
      return items.map((item) => item * 2);
    });
    const release = (): void => {
      const released = held;
      held = Promise.withResolvers();
      held.resolve(undefined);
      released.resolve(undefined);
    };
    return { batch, calls, release };
  }

  it('calls at once, and takes together what comes meanwhile', async () => {
    const { batch, calls, release } = doubling();
    const answers = [1, 2, 3].map((item) => batch.add(item));
    expect(calls).toEqual([[1]]);
    release();
    expect(await Promise.all(answers)).toEqual([2, 4, 6]);
    expect(calls).toEqual([[1], [2, 3]]);
    expect(await batch.add(4)).toBe(8);
    expect(calls).toEqual([[1], [2, 3], [4]]);
  });

  it('lets none pay for the failure of another', async () => {
    const { batch, calls, release } = doubling();
    const answers = [1, 2, 13, 3].map((item) => batch.add(item));
    release();
    expect(await Promise.allSettled(answers)).toMatchObject([
      { value: 2 },
      { value: 4 },
      { reason: new Error('13 can not be doubled') },
      { value: 6 },
    ]);
    expect(calls).toEqual([[1], [2, 13, 3], [2], [13], [3]]);
    expect(await batch.add(5)).toBe(10);
  });
});
