import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Remembered } from './remembered.js';

describe('Remembered', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('finds out once for all who ask meanwhile, and again when it is too old', async () => {
    const answers = [Promise.withResolvers<number>(), Promise.withResolvers<number>()] as const;
    const find = vi.fn().mockReturnValueOnce(answers[0].promise).mockReturnValueOnce(answers[1].promise);
    const remembered = new Remembered(100, find);
    const asked = [remembered.get(), remembered.get()];
    await vi.advanceTimersByTimeAsync(500);
    asked.push(remembered.get());
    answers[0].resolve(1);
    expect(await Promise.all(asked)).toEqual([1, 1, 1]);
    await vi.advanceTimersByTimeAsync(99);
    expect(await remembered.get()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    const again = remembered.get();
    answers[1].resolve(2);
    expect(await again).toBe(2);
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('does not remember a failure', async () => {
    const find = vi.fn().mockRejectedValueOnce(new Error('no')).mockResolvedValue(1);
    const remembered = new Remembered(100, find);
    await expect(remembered.get()).rejects.toThrow('no');
    expect(await remembered.get()).toBe(1);
  });
});
