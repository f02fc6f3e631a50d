import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseListener } from '../../../platform/database/database-listener.js';
import { type EventSink, HEARTBEAT_MS } from '../../../platform/http/event-stream.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { Timeline, type TimelineRow } from '../data/timeline.js';
import { EventSubscription, type TransientFrames } from './event-subscription.js';
import { toFrame } from './timeline-json.js';

const BATCH = 500;
/** Notifications can be lost with their connection; the hub looks by itself this often, in milliseconds. */
const LOOK_MS = 5_000;

/**
 * Reads the timeline once per process and hands every event to all streams. A stream that begins at an earlier event reads its past by
 * itself and then joins, without a gap and without a repeat.
 */
@Injectable()
export class EventHub implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(EventHub.name);
  readonly #subscriptions = new Set<EventSubscription>();
  #position = 0n;
  #reading: Promise<void> | undefined;
  #again = false;
  #timers: NodeJS.Timeout[] = [];
  #unsubscribe: (() => void) | undefined;
  #ended = false;

  constructor(
    private readonly timeline: Timeline,
    private readonly listener: DatabaseListener,
    private readonly metrics: Metrics,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#position = (await this.timeline.range()).last;
    this.#unsubscribe = await this.listener.subscribe('toygres_events', () => {
      this.read();
    });
    this.#timers = [
      setInterval(() => {
        this.read();
      }, LOOK_MS),
      setInterval(() => {
        this.#subscriptions.forEach((subscription) => {
          subscription.heartbeat();
        });
      }, HEARTBEAT_MS),
    ];
  }

  /** Ends all streams, so that their requests don't keep the server from closing. Clients come back to another process. */
  onModuleDestroy(): void {
    this.#ended = true;
    this.#timers.forEach(clearInterval);
    this.#unsubscribe?.();
    for (const subscription of this.#subscriptions) {
      subscription.end();
    }
  }

  /** Streams that are open at present. */
  get size(): number {
    return this.#subscriptions.size;
  }

  /**
   * Opens a stream.
   *
   * @param after the last event that the client has seen; null begins with what happens next
   * @param instanceId only events of this instance; null = of all
   * @param transients whether it is also sent what is not kept
   */
  async subscribe(sink: EventSink, after: bigint | null, instanceId: string | null, transients = false): Promise<void> {
    if (sink.destroyed) {
      // The client went while its request was under way; nothing would tell us so again.
      return;
    }
    if (this.#ended) {
      sink.end();
      return;
    }
    const subscription = new EventSubscription(sink, { instanceId, transients }, () => {
      this.#subscriptions.delete(subscription);
      this.metrics.eventStreams.set(this.size);
    });
    // From here on the hub hands over what is newer than its position; the subscription keeps it until the past is written.
    this.#subscriptions.add(subscription);
    this.metrics.eventStreams.set(this.size);
    const joined = this.#position;
    subscription.open(after ?? joined);
    try {
      if (after !== null) {
        await this.#writePast(subscription, after, joined, instanceId);
      }
      subscription.join();
    } catch (error) {
      subscription.end();
      throw error;
    }
  }

  /** Whether there is a stream that asks for what is not kept. */
  get wantsTransients(): boolean {
    return [...this.#subscriptions].some(({ wants }) => wants.transients);
  }

  /** Sends what is worth something only in this moment to the streams that ask for it. */
  sendTransient(frames: TransientFrames): void {
    for (const subscription of this.#subscriptions) {
      subscription.sendTransient(frames);
    }
  }

  async #writePast(
    subscription: EventSubscription,
    after: bigint,
    joined: bigint,
    instanceId: string | null,
  ): Promise<void> {
    const { first, last: newest } = await this.timeline.range();
    if (after > newest || after < first - 1n) {
      // The client has seen what this database doesn't know, or events after its last are gone: it must read everything anew.
      subscription.reset(this.#position);
      return;
    }
    let position = after;
    while (position < joined && !subscription.ended) {
      const rows = await this.timeline.after(position, BATCH, instanceId);
      for (const row of rows.filter(({ id }) => id <= joined)) {
        subscription.writePast(toFrame(row));
        await subscription.drained();
      }
      const last = rows.at(-1);
      if (rows.length < BATCH || !last) {
        return;
      }
      position = last.id;
    }
  }

  /** Reads what is new. Calls while it reads lead to one more reading. */
  read(): void {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = this.#readAll().finally(() => {
      this.#reading = undefined;
      if (this.#again) {
        this.#again = false;
        this.read();
      }
    });
  }

  async #readAll(): Promise<void> {
    try {
      for (;;) {
        const rows = await this.timeline.after(this.#position, BATCH);
        this.#publish(rows);
        if (rows.length < BATCH) {
          return;
        }
      }
    } catch (error) {
      this.#logger.warn(`New events could not be read: ${errorMessage(error)}`);
    }
  }

  #publish(rows: readonly TimelineRow[]): void {
    for (const row of rows) {
      this.#position = row.id;
      const frame = toFrame(row);
      for (const subscription of this.#subscriptions) {
        subscription.publish(row, frame);
      }
    }
  }
}
