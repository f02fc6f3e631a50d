import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DatabaseListener } from '../../../platform/database/database-listener.js';
import type { Timeline, TimelineRow } from '../data/timeline.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import type { EventSink } from '../../../platform/http/event-stream.js';
import { EventHub } from './event-hub.js';

const INSTANCE = '0a3c8f0e-5f3a-4c3e-9d2c-3b1f6f0c9a11';

/** A timeline in memory, that can be made to wait. */
class FakeTimeline {
  readonly rows: TimelineRow[] = [];
  gate: Promise<void> = Promise.resolve();

  add(...ids: readonly number[]): void {
    for (const id of ids) {
      this.rows.push({
        id: BigInt(id),
        instance_id: INSTANCE,
        instance_name: 'proddb',
        orchestration_id: null,
        type: 'instance.state_changed',
        data: {},
        created_at: new Date(0),
      });
    }
  }

  async range(): Promise<{ first: bigint; last: bigint }> {
    await this.gate;
    return { first: this.rows.at(0)?.id ?? 0n, last: this.rows.at(-1)?.id ?? 0n };
  }

  async after(id: bigint, limit: number): Promise<readonly TimelineRow[]> {
    return this.rows.filter((row) => row.id > id).slice(0, limit);
  }
}

class FakeSink extends EventEmitter implements EventSink {
  written = '';
  destroyed = false;
  ended = false;
  writableLength = 0;
  writableNeedDrain = false;

  write(frame: string): boolean {
    this.written += frame;
    return true;
  }

  end(): void {
    this.ended = true;
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }

  /** What was sent: ids of events, and names of what is about the stream. */
  get frames(): string[] {
    return [...this.written.matchAll(/id: (\d+)\nevent: (\S+)/g)].map(([, id, event]) =>
      event?.startsWith('stream.') ? `${event.replace('stream.', '')} ${id ?? ''}` : (id ?? ''),
    );
  }
}

let timeline: FakeTimeline;
let notify: () => void;
let hub: EventHub;
let metrics: Metrics;

async function start(): Promise<void> {
  const listener = {
    subscribe: (_channel: string, handler: () => void) => {
      notify = handler;
      return Promise.resolve(() => undefined);
    },
  };
  hub = new EventHub(
    timeline as Pick<Timeline, 'range' | 'after'> as Timeline,
    listener as Partial<DatabaseListener> as DatabaseListener,
    metrics,
  );
  await hub.onApplicationBootstrap();
}

/** Adds events and has the hub read them. */
async function happen(...ids: readonly number[]): Promise<void> {
  timeline.add(...ids);
  notify();
  await vi.advanceTimersByTimeAsync(0);
}

/** How many streams the metrics tell of. */
const measured = async (): Promise<number | undefined> => (await metrics.eventStreams.get()).values[0]?.value;

beforeEach(() => {
  vi.useFakeTimers();
  metrics = new Metrics();
  timeline = new FakeTimeline();
});

afterEach(() => {
  hub.onModuleDestroy();
  vi.useRealTimers();
});

describe('EventHub', () => {
  it('writes what came while the past was read after the past, once', async () => {
    timeline.add(1, 2, 3);
    await start();
    const sink = new FakeSink();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    timeline.gate = promise.then(() => undefined);
    const subscribed = hub.subscribe(sink, 1n, null);
    await happen(4, 5);
    expect(sink.frames).toEqual(['open 1']);
    resolve(undefined);
    await subscribed;
    await happen(6);
    expect(sink.frames).toEqual(['open 1', '2', '3', '4', '5', '6']);
  });

  it('does not lose what comes while it finds out that it can not go on', async () => {
    timeline.add(1, 2, 3);
    await start();
    const sink = new FakeSink();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    timeline.gate = promise.then(() => undefined);
    const subscribed = hub.subscribe(sink, 4_711n, null);
    await happen(4, 5);
    resolve(undefined);
    await subscribed;
    await happen(6);
    // Everything up to the id of the reset is what the client reads anew.
    expect(sink.frames).toEqual(['open 4711', 'reset 5', '6']);
  });

  it('joins also when there is much that it has not read itself yet', async () => {
    timeline.add(1, 2, 3);
    await start();
    timeline.add(...Array.from({ length: 600 }, (_, index) => index + 4));
    const sink = new FakeSink();
    sink.writableLength = 1;
    await hub.subscribe(sink, 1n, null);
    expect(sink.frames).toEqual(['open 1', '2', '3']);
    await happen();
    expect(sink.frames).toHaveLength(603);
  });

  it('does not repeat what another process was ahead with', async () => {
    timeline.add(1, 2, 3);
    await start();
    timeline.add(4, 5);
    const sink = new FakeSink();
    await hub.subscribe(sink, 5n, null);
    await happen(6);
    expect(sink.frames).toEqual(['open 5', '6']);
  });

  it('waits for a client that takes its past slowly', async () => {
    timeline.add(1, 2, 3, 4);
    await start();
    const sink = new FakeSink();
    sink.writableNeedDrain = true;
    const subscribed = hub.subscribe(sink, 1n, null);
    await vi.advanceTimersByTimeAsync(0);
    expect(sink.frames).toEqual(['open 1', '2']);
    sink.writableNeedDrain = false;
    sink.emit('drain');
    await subscribed;
    expect(sink.frames).toEqual(['open 1', '2', '3', '4']);
  });

  it('shows on idle streams that it lives, more often than proxies forget', async () => {
    await start();
    const sink = new FakeSink();
    await hub.subscribe(sink, null, null);
    const before = sink.written;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(sink.written.slice(before.length)).toMatch(/^(: heartbeat\n\n){2,}$/);
  });

  it('looks by itself when notifications are lost', async () => {
    await start();
    const sink = new FakeSink();
    await hub.subscribe(sink, null, null);
    timeline.add(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sink.frames).toEqual(['open 0', '1']);
  });

  it('drops a client that is too slow, and forgets it', async () => {
    await start();
    const slow = new FakeSink();
    const quick = new FakeSink();
    await hub.subscribe(slow, null, null);
    await hub.subscribe(quick, null, null);
    slow.writableLength = 1_024 * 1_024 + 1;
    await happen(1, 2);
    expect(slow.destroyed).toBe(true);
    expect([hub.size, await measured()]).toEqual([1, 1]);
    expect(quick.frames).toEqual(['open 0', '1', '2']);
  });

  it('takes nobody who is gone already', async () => {
    await start();
    const sink = new FakeSink();
    sink.destroy();
    await hub.subscribe(sink, null, null);
    expect(hub.size).toBe(0);
  });

  it('sends what is not kept to those who ask for it and keep up', async () => {
    timeline.add(1, 2, 3);
    await start();
    expect(hub.wantsTransients).toBe(false);
    const [all, one, other, quiet, behind, slow] = [1, 2, 3, 4, 5, 6].map(() => new FakeSink()) as [
      FakeSink,
      FakeSink,
      FakeSink,
      FakeSink,
      FakeSink,
      FakeSink,
    ];
    await hub.subscribe(quiet, null, null);
    expect(hub.wantsTransients).toBe(false);
    await hub.subscribe(all, null, null, true);
    await hub.subscribe(one, null, INSTANCE, true);
    await hub.subscribe(other, null, 'another', true);
    await hub.subscribe(slow, null, null, true);
    slow.writableNeedDrain = true;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    timeline.gate = promise.then(() => undefined);
    const subscribed = hub.subscribe(behind, 1n, null, true);
    expect(hub.wantsTransients).toBe(true);
    const made = vi.fn(() => 'event: x\ndata: all\n\n');
    hub.sendTransient({ all: made, of: (id) => (id === INSTANCE ? 'event: x\ndata: one\n\n' : null) });
    resolve(undefined);
    await subscribed;
    const sent = [all, one, other, quiet, behind, slow].map(({ written }) => /data: (all|one)/.exec(written)?.[1]);
    expect(sent).toEqual(['all', 'one', undefined, undefined, undefined, undefined]);
    expect(behind.frames).toEqual(['open 1', '2', '3']);
    slow.writableNeedDrain = false;
    hub.sendTransient({ all: made, of: () => null });
    expect([slow, behind].map(({ written }) => written.includes('data: all'))).toEqual([true, true]);
  });

  it('ends all streams when it ends, cuts off who does not read, and takes no further one', async () => {
    await start();
    const [sink, stuck, late] = [new FakeSink(), new FakeSink(), new FakeSink()];
    await hub.subscribe(sink, null, null);
    await hub.subscribe(stuck, null, null);
    stuck.writableNeedDrain = true;
    hub.onModuleDestroy();
    await hub.subscribe(late, null, null);
    expect([sink.ended, sink.destroyed]).toEqual([true, false]);
    expect(stuck.destroyed).toBe(true);
    expect(late.ended).toBe(true);
    expect([hub.size, await measured()]).toEqual([0, 0]);
  });
});
