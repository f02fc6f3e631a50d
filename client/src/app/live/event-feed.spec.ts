import { anEvent, anInstance } from '../../testing/samples';
import { type EventOptions, type Toygres, ToygresError, type ToygresEvent } from '#sdk';
import { EventFeed, type FeedMessage } from './event-feed';

/** The event stream of a server, in the hand of the test. */
class Stream {
  readonly connections: (EventOptions & {
    readonly push: (event: ToygresEvent) => void;
    readonly fail: (error: unknown) => void;
  })[] = [];

  readonly toygres = {
    events: (options: EventOptions) => this.#events(options),
  } as unknown as Toygres;

  get last() {
    const connection = this.connections.at(-1);
    if (!connection) {
      throw new Error('Nobody has connected.');
    }
    return connection;
  }

  async *#events(options: EventOptions): AsyncGenerator<ToygresEvent, void, undefined> {
    const events: ToygresEvent[] = [];
    let wake = (): void => undefined;
    let failure: unknown;
    const push = (event: ToygresEvent): void => {
      events.push(event);
      wake();
    };
    const fail = (error: unknown): void => {
      failure = error;
      wake();
    };
    options.signal?.addEventListener('abort', () => fail(options.signal?.reason));
    this.connections.push({ ...options, push, fail });
    for (;;) {
      const event = events.shift();
      if (event) {
        yield event;
      } else if (failure !== undefined) {
        throw failure as Error;
      } else {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    }
  }
}

describe('the feed of events', () => {
  let stream: Stream;
  let told: FeedMessage[];
  let feed: EventFeed;

  beforeEach(() => {
    vi.useFakeTimers();
    stream = new Stream();
    told = [];
    feed = new EventFeed((message) => told.push(message), stream.toygres);
    feed.start();
  });

  afterEach(() => {
    feed.stop();
    vi.useRealTimers();
  });

  it('tells when the stream is open, what happens, and when it is cut', async () => {
    const event = anEvent('instance.created', anInstance());
    stream.last.onOpen?.('7');
    stream.last.push(event);
    await vi.advanceTimersByTimeAsync(0);
    stream.last.onHeard?.();
    stream.last.onCut?.(new ToygresError({ status: 0, code: 'network_error', message: 'cut' }), 1_000);
    expect(told).toEqual([
      { kind: 'open' },
      { kind: 'event', event },
      { kind: 'heard', at: Date.now() },
      { kind: 'down', heardAt: Date.now(), retryAt: Date.now() + 1_000, reason: 'cut' },
    ]);
  });

  it('goes on after the last event when it is told to connect again', async () => {
    stream.last.onOpen?.('7');
    const event = anEvent('instance.created', anInstance());
    stream.last.push(event);
    await vi.advanceTimersByTimeAsync(0);
    feed.reconnect();
    expect(stream.connections).toHaveLength(2);
    expect(stream.connections[0]?.signal?.aborted).toBe(true);
    expect(stream.last.lastEventId).toBe(event.id);
  });

  it('goes on after the position at which the stream was opened when nothing has happened since', () => {
    stream.last.onOpen?.('7');
    feed.reconnect();
    expect(stream.last.lastEventId).toBe('7');
  });

  it('connects again within two seconds after the machine has slept', async () => {
    stream.last.onOpen?.('7');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(stream.connections).toHaveLength(1);
    vi.setSystemTime(Date.now() + 8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stream.connections).toHaveLength(2);
  });

  it('has everything read anew when events are lost for good', async () => {
    stream.last.push({ type: 'stream.reset', id: '900' });
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toEqual([{ kind: 'refresh' }]);
    feed.reconnect();
    expect(stream.last.lastEventId).toBe('900');
  });

  it('begins anew when the server does not know its position, because it is another one', async () => {
    stream.last.onOpen?.('7');
    stream.last.fail(new ToygresError({ status: 400, code: 'invalid_last_event_id', message: 'unknown' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(told).toContainEqual({ kind: 'refresh' });
    expect(stream.connections).toHaveLength(2);
    expect(stream.last.lastEventId).toBeUndefined();
  });

  it('tries again later when it is refused altogether', async () => {
    stream.last.fail(new ToygresError({ status: 403, code: 'forbidden', message: 'You may not.' }));
    await vi.advanceTimersByTimeAsync(0);
    expect(told.at(-1)).toMatchObject({ kind: 'down', reason: 'You may not.' });
    expect(stream.connections).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(31_000);
    expect(stream.connections).toHaveLength(2);
  });

  it('is silent after it was stopped', async () => {
    const first = stream.last;
    feed.stop();
    first.onOpen?.('7');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(told).toEqual([]);
    expect(stream.connections).toHaveLength(1);
  });
});
