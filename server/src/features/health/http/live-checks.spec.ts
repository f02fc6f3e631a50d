import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatabaseListener } from '../../../platform/database/database-listener.js';
import type { EventHub } from '../../timeline/http.js';
import { LiveChecks } from './live-checks.js';

interface Check {
  readonly instance_id: string;
  readonly status: string;
  readonly checked_at: string;
  readonly response_time_ms: number | null;
  readonly code: string | null;
  readonly reason: string | null;
}

const idOf = (index: number): string => `0a3c8f0e-5f3a-4c3e-9d2c-${String(index).padStart(12, '0')}`;

function check(index: number, second = 0): Check {
  return {
    instance_id: idOf(index),
    status: 'healthy',
    checked_at: new Date(Date.UTC(2026, 10, 14, 12, 0, second)).toISOString(),
    response_time_ms: 2.6,
    code: null,
    reason: null,
  };
}

let notify: (notice: string) => void;
let frames: string[];
let ofInstance: (instanceId: string) => string | null;
let hub: { wantsTransients: boolean; sendTransient: EventHub['sendTransient'] };
let live: LiveChecks;

const announce = (...checks: readonly Check[]): void => {
  notify(JSON.stringify(checks));
};
const sent = (): Check[][] =>
  frames.map((frame) => {
    const [, data] = /^event: health\.checked\ndata: (.*)\n\n$/.exec(frame) ?? [];
    return (JSON.parse(data ?? '') as { checks: Check[] }).checks;
  });

beforeEach(async () => {
  vi.useFakeTimers();
  frames = [];
  hub = {
    wantsTransients: true,
    sendTransient: ({ all, of }) => {
      frames.push(all());
      ofInstance = of;
    },
  };
  const listener = {
    subscribe: (_channel: string, handler: (notice: string) => void) => {
      notify = handler;
      return Promise.resolve(() => undefined);
    },
  };
  live = new LiveChecks(listener as Partial<DatabaseListener> as DatabaseListener, hub as EventHub);
  await live.onApplicationBootstrap();
});

afterEach(() => {
  live.onModuleDestroy();
  vi.useRealTimers();
});

describe('LiveChecks', () => {
  it('hands on the first at once, and then one frame a second with all that came meanwhile', async () => {
    announce(check(1));
    await vi.advanceTimersByTimeAsync(0);
    expect(sent()).toEqual([[check(1)]]);
    announce(check(2), check(1, 1));
    announce(check(1, 2));
    await vi.advanceTimersByTimeAsync(990);
    expect(frames).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10);
    expect(sent().slice(1)).toEqual([[check(2), check(1, 1), check(1, 2)]]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(frames).toHaveLength(2);
  });

  it('makes a frame of its own for streams of one instance', async () => {
    announce(check(1), check(2), check(1, 1), check(2, 1));
    await vi.advanceTimersByTimeAsync(0);
    expect(ofInstance(idOf(2))).toBe(
      `event: health.checked\ndata: ${JSON.stringify({ type: 'health.checked', checks: [check(2), check(2, 1)] })}\n\n`,
    );
    expect(ofInstance(idOf(3))).toBeNull();
  });

  it('cuts what is too much for one frame into several', async () => {
    announce(...Array.from({ length: 2_500 }, (_, index) => check(index)));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent().map(({ length }) => length)).toEqual([1_000, 1_000, 500]);
    expect(Math.max(...frames.map(({ length }) => length))).toBeLessThan(512 * 1_024);
    expect(new Set(sent().flatMap((checks) => checks.map(({ instance_id }) => instance_id))).size).toBe(2_500);
  });

  it('keeps nothing while nobody asks', async () => {
    hub.wantsTransients = false;
    announce(check(1));
    hub.wantsTransients = true;
    announce(check(2));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sent()).toEqual([[check(2)]]);
  });

  it.each(['', 'no json', '{}', '[{"instance_id":"x"}]'])('passes over the notice "%s"', async (notice) => {
    notify(notice);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(frames).toEqual([]);
  });
});
