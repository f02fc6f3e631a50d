import { TestBed } from '@angular/core/testing';
import { ConsoleTest } from '../../testing/console';
import { anEvent, anInstance } from '../../testing/samples';
import type { FeedMessage } from './event-feed';
import { CONNECT_FEED, Live } from './live';

describe('Live', () => {
  afterEach(() => vi.useRealTimers());

  it('says what the feed says', () => {
    const test = new ConsoleTest({});
    const live = TestBed.inject(Live);
    expect(live.status()).toBe('live');
    test.tell({ kind: 'down', heardAt: 1_000, retryAt: 5_000, reason: 'cut' });
    expect([live.status(), live.asOf(), live.retryAt(), live.reason()]).toEqual([
      'down',
      new Date(1_000),
      new Date(5_000),
      'cut',
    ]);
    test.tell({ kind: 'open' });
    expect([live.status(), live.retryAt(), live.reason()]).toEqual(['live', null, null]);
  });

  it('passes on events and the order to read anew', () => {
    const test = new ConsoleTest({});
    const live = TestBed.inject(Live);
    const events = vi.fn();
    const refresh = vi.fn();
    live.events.subscribe(events);
    live.refresh.subscribe(refresh);
    const event = anEvent('instance.created', anInstance());
    test.event(event);
    expect(events).toHaveBeenCalledExactlyOnceWith(event);
    test.tell({ kind: 'refresh' });
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('lets pages read although the stream is slow to open, and has them read again when it is', async () => {
    vi.useFakeTimers();
    let tell: ((message: FeedMessage) => void) | undefined;
    TestBed.configureTestingModule({
      providers: [
        {
          provide: CONNECT_FEED,
          useValue: (teller: (message: FeedMessage) => void) => {
            tell = teller;
            return { reconnect: () => undefined, close: () => undefined };
          },
        },
      ],
    });
    const live = TestBed.inject(Live);
    const opened = vi.fn();
    const refresh = vi.fn();
    void live.opened().then(opened);
    live.refresh.subscribe(refresh);
    await vi.advanceTimersByTimeAsync(100);
    expect(opened).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(400);
    expect(opened).toHaveBeenCalledOnce();
    tell?.({ kind: 'open' });
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('connects again when a page without a sign of life is looked at again', () => {
    const test = new ConsoleTest({});
    TestBed.inject(Live);
    document.dispatchEvent(new Event('visibilitychange'));
    expect(test.reconnects).toBe(0);
    test.tell({ kind: 'heard', at: Date.now() - 60_000 });
    document.dispatchEvent(new Event('visibilitychange'));
    expect(test.reconnects).toBe(1);
  });

  it('connects at once when the network is back', () => {
    const test = new ConsoleTest({});
    TestBed.inject(Live);
    test.tell({ kind: 'down', heardAt: null, retryAt: Date.now() + 30_000, reason: null });
    window.dispatchEvent(new Event('online'));
    expect(test.reconnects).toBe(1);
  });
});
