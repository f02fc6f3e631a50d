import { createToygres, type InstanceCheck, type TimelineEvent, ToygresError } from '#sdk';

/** What a feed tells its listeners. Times are milliseconds since 1970, so that the messages can be posted between threads. */
export type FeedMessage =
  | { readonly kind: 'open' }
  | { readonly kind: 'heard'; readonly at: number }
  | { readonly kind: 'down'; readonly heardAt: number | null; readonly retryAt: number; readonly reason: string | null }
  | { readonly kind: 'event'; readonly event: TimelineEvent }
  /** Health checks as they were made. They are of the moment: none is told again. */
  | { readonly kind: 'checks'; readonly checks: readonly InstanceCheck[] }
  /** Events may have been missed: everything that is shown must be read anew. */
  | { readonly kind: 'refresh' };

/** A timer that comes this late says that the machine slept, in milliseconds. */
const ASLEEP_MS = 5_000;
const TICK_MS = 1_000;

/** Follows the events of the server over one connection, which is opened again whenever it is cut or has slept. */
export class EventFeed {
  #position: string | undefined;
  #heardAt: number | null = null;
  #connection: AbortController | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly tell: (message: FeedMessage) => void,
    private readonly toygres = createToygres({ baseUrl: '' }),
  ) {}

  start(): void {
    let last = Date.now();
    this.#timer ??= setInterval(() => {
      const now = Date.now();
      if (now - last > TICK_MS + ASLEEP_MS) {
        this.reconnect();
      }
      last = now;
    }, TICK_MS);
    this.reconnect();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#connection?.abort();
    this.#connection = undefined;
  }

  /** Opens a new connection at once, which goes on after the last event that was seen. */
  reconnect(): void {
    this.#connection?.abort();
    const connection = new AbortController();
    this.#connection = connection;
    void this.#follow(connection.signal);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    const tell = (message: FeedMessage): void => {
      if (!signal.aborted) {
        this.tell(message);
      }
    };
    try {
      const events = this.toygres.events({
        signal,
        checks: true,
        lastEventId: this.#position,
        onOpen: (position) => {
          this.#position ??= position;
          tell({ kind: 'open' });
        },
        onHeard: () => {
          this.#heardAt = Date.now();
          tell({ kind: 'heard', at: this.#heardAt });
        },
        onCut: (reason, retryInMs) => {
          tell({
            kind: 'down',
            heardAt: this.#heardAt,
            retryAt: Date.now() + retryInMs,
            reason: reason?.error ?? null,
          });
        },
      });
      for await (const event of events) {
        if (event.type === 'health.checked') {
          tell({ kind: 'checks', checks: event.checks });
          continue;
        }
        this.#position = event.id;
        tell(event.type === 'stream.reset' ? { kind: 'refresh' } : { kind: 'event', event });
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#refused(error);
      }
    }
  }

  /** The server does not give this stream: it may be another one, which knows nothing of our position. */
  #refused(error: unknown): void {
    if (this.#position !== undefined) {
      this.#position = undefined;
      this.tell({ kind: 'refresh' });
      this.reconnect();
      return;
    }
    const reason = error instanceof ToygresError ? error.error : null;
    this.tell({ kind: 'down', heardAt: this.#heardAt, retryAt: Date.now() + 30_000, reason });
    const connection = this.#connection;
    setTimeout(() => {
      if (connection === this.#connection && connection?.signal.aborted === false) {
        this.reconnect();
      }
    }, 30_000);
  }
}
