import { afterEach, describe, expect, it, vi } from 'vitest';
import { LeaseController } from './lease-controller.js';

describe('LeaseController', () => {
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('aborts when the lease ends, unless it was extended', () => {
    vi.useFakeTimers();
    const lease = new LeaseController(performance.now() + 1_000);
    vi.advanceTimersByTime(900);
    lease.extend(performance.now() + 1_000);
    vi.advanceTimersByTime(999);
    expect(lease.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(lease.signal.aborted).toBe(true);
    expect(lease.signal.reason).toMatchObject({ reason: 'lease-lost' });
  });

  it('is found out by whoever asks before the timer has fired, as after a pause', () => {
    const lease = new LeaseController(performance.now() + 60_000);
    lease.signal.throwIfAborted();
    const now = performance.now();
    vi.spyOn(performance, 'now').mockReturnValue(now + 60_001);
    expect(lease.signal.aborted).toBe(false);
    expect(() => {
      lease.signal.throwIfAborted();
    }).toThrow('Another worker may have taken over this activity.');
    expect(lease.signal.aborted).toBe(true);
    lease.release();
  });

  it('never ends once it was released', () => {
    vi.useFakeTimers();
    const lease = new LeaseController(performance.now() + 1_000);
    lease.release();
    vi.advanceTimersByTime(10_000);
    lease.signal.throwIfAborted();
    expect(lease.signal.aborted).toBe(false);
  });
});
