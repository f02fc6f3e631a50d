import { describe, expect, it } from 'vitest';
import { batchStatus } from './batch.js';

const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 };

describe('batchStatus', () => {
  it.each([
    [{ succeeded: 3 }, 'succeeded'],
    [{ succeeded: 3, cancelled: 1 }, 'cancelled'],
    [{ succeeded: 3, cancelled: 1, failed: 1 }, 'failed'],
    [{ failed: 3, pending: 1 }, 'running'],
    [{ cancelled: 3, running: 1 }, 'running'],
  ] as const)('says of %o: %s', (changes, status) => {
    expect(batchStatus({ ...counts, ...changes })).toBe(status);
  });
});
