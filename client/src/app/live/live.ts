import { DestroyRef, DOCUMENT, inject, Injectable, InjectionToken, signal } from '@angular/core';
import { type Observable, Subject } from 'rxjs';
import type { InstanceCheck, TimelineEvent } from '#sdk';
import { EventFeed, type FeedMessage } from './event-feed';

export type LiveStatus = 'connecting' | 'live' | 'down';

/** The way to the events: a worker that all tabs share, or this tab itself. */
export interface FeedLink {
  reconnect(): void;
  close(): void;
}

export const CONNECT_FEED = new InjectionToken<(tell: (message: FeedMessage) => void) => FeedLink>('ConnectFeed', {
  providedIn: 'root',
  factory: () => connectFeed,
});

/** Without a sign of life for this long, a page that is looked at again asks for a new connection, in milliseconds. */
const QUIET_MS = 20_000;
/** Pages don't wait longer than this for the stream before they read, in milliseconds. */
const PATIENCE_MS = 400;

/** What the server tells this page as it happens. */
@Injectable({ providedIn: 'root' })
export class Live {
  readonly #status = signal<LiveStatus>('connecting');
  readonly #asOf = signal<Date | null>(null);
  readonly #retryAt = signal<Date | null>(null);
  readonly #reason = signal<string | null>(null);
  readonly #events = new Subject<TimelineEvent>();
  readonly #checks = new Subject<InstanceCheck>();
  readonly #refresh = new Subject<void>();
  readonly #opened: Promise<void>;
  #link: FeedLink | undefined;

  readonly status = this.#status.asReadonly();
  /** When what is shown was last known to be true; null before the first sign of life. */
  readonly asOf = this.#asOf.asReadonly();
  readonly retryAt = this.#retryAt.asReadonly();
  /** Why it is down, in a sentence. */
  readonly reason = this.#reason.asReadonly();
  readonly events: Observable<TimelineEvent> = this.#events;
  /** Health checks as they are made. */
  readonly checks: Observable<InstanceCheck> = this.#checks;
  /** Everything that is shown must be read anew. */
  readonly refresh: Observable<void> = this.#refresh;

  constructor() {
    const connect = inject(CONNECT_FEED);
    const window = inject(DOCUMENT).defaultView as Window;
    let open = (): void => undefined;
    this.#opened = new Promise((resolve) => {
      open = resolve;
      setTimeout(resolve, PATIENCE_MS);
    });
    let late = false;
    setTimeout(() => (late = this.#status() === 'connecting'), PATIENCE_MS);

    const join = (): void => {
      this.#link = connect((message) => {
        if (message.kind === 'open' && late) {
          // Pages have read before the stream was open; what happened in between is in no event.
          late = false;
          this.#refresh.next();
        }
        this.#receive(message);
        open();
      });
    };
    const leave = (): void => {
      this.#link?.close();
      this.#link = undefined;
    };
    join();

    const wake = (): void => {
      const heard = this.#asOf()?.getTime() ?? 0;
      if (!window.document.hidden && (this.#status() === 'down' || Date.now() - heard > QUIET_MS)) {
        this.tryNow();
      }
    };
    const comeBack = ({ persisted }: PageTransitionEvent): void => {
      if (persisted) {
        join();
        this.#refresh.next();
      }
    };
    window.addEventListener('pagehide', leave);
    window.addEventListener('pageshow', comeBack);
    window.addEventListener('online', wake);
    window.document.addEventListener('visibilitychange', wake);
    inject(DestroyRef).onDestroy(() => {
      leave();
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('pageshow', comeBack);
      window.removeEventListener('online', wake);
      window.document.removeEventListener('visibilitychange', wake);
    });
  }

  /** Resolves when no event can be missed any more, or when waiting for that would keep the reader waiting. */
  opened(): Promise<void> {
    return this.#opened;
  }

  /** Opens the connection anew, at once. */
  tryNow(): void {
    this.#link?.reconnect();
  }

  #receive(message: FeedMessage): void {
    switch (message.kind) {
      case 'open':
        this.#status.set('live');
        this.#asOf.set(new Date());
        this.#retryAt.set(null);
        this.#reason.set(null);
        break;
      case 'heard':
        this.#asOf.set(new Date(message.at));
        break;
      case 'down':
        this.#status.set('down');
        this.#retryAt.set(new Date(message.retryAt));
        this.#reason.set(message.reason);
        if (message.heardAt !== null) {
          this.#asOf.set(new Date(message.heardAt));
        }
        break;
      case 'refresh':
        this.#refresh.next();
        break;
      case 'checks':
        message.checks.forEach((check) => this.#checks.next(check));
        break;
      case 'event':
        this.#events.next(message.event);
        break;
    }
  }
}

function connectFeed(tell: (message: FeedMessage) => void): FeedLink {
  return typeof SharedWorker === 'undefined' ? feedOfThisTab(tell) : sharedFeed(tell);
}

function sharedFeed(tell: (message: FeedMessage) => void): FeedLink {
  const worker = new SharedWorker(new URL('./live.worker', import.meta.url), { name: 'toygres-live', type: 'module' });
  let alone: FeedLink | undefined;
  worker.port.onmessage = ({ data }: MessageEvent<FeedMessage>) => tell(data);
  // Where workers are forbidden, the tab does it itself.
  worker.onerror = () => {
    alone ??= feedOfThisTab(tell);
  };
  const post = (word: 'reconnect' | 'bye'): void => worker.port.postMessage(word);
  return {
    reconnect: () => (alone ? alone.reconnect() : post('reconnect')),
    close: () => {
      alone?.close();
      post('bye');
      worker.port.close();
    },
  };
}

function feedOfThisTab(tell: (message: FeedMessage) => void): FeedLink {
  const feed = new EventFeed(tell);
  feed.start();
  return { reconnect: () => feed.reconnect(), close: () => feed.stop() };
}
