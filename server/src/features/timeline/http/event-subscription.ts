import { drained, endEventStream, type EventSink, HEARTBEAT, RETRY } from '../../../platform/http/event-stream.js';
import type { TimelineRow } from '../data/timeline.js';

/** What a client has asked for. */
export interface StreamWants {
  /** Only events of this instance; null = of all. */
  readonly instanceId: string | null;
  /** Also what is not kept. */
  readonly transients: boolean;
}

/** What is worth something only in this moment. It has no id, is not kept, and never comes twice. */
export interface TransientFrames {
  /** For streams of all instances. */
  readonly all: () => string;
  /** For streams of one instance; null when there is nothing about it. */
  readonly of: (instanceId: string) => string | null;
}

/** A client that has this many bytes waiting is too slow: it is dropped, comes back and resumes, instead of filling our memory. */
const SLOW_BYTES = 1_024 * 1_024;

/** One open stream. */
export class EventSubscription {
  /** What came while the past was being written; null once it has joined. */
  #pending: string[] | null = [];
  #pendingLength = 0;
  /** What the client has seen already; another process may have been ahead of this one. */
  #seen = 0n;
  #ended = false;

  constructor(
    private readonly sink: EventSink,
    readonly wants: StreamWants,
    private readonly closed: () => void,
  ) {
    sink.once('close', () => {
      this.#finish();
    });
    sink.on('error', () => {
      this.#finish();
    });
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Tells the client where it stands, so that it can resume even if nothing happens before it is cut off. */
  open(position: bigint): void {
    this.#seen = position;
    this.#write(`${RETRY}id: ${String(position)}\nevent: stream.open\ndata: {}\n\n`);
  }

  /** Tells the client that events are missing between what it saw and what comes. It reads anew what has come up to the position. */
  reset(position: bigint): void {
    this.#seen = position;
    this.#pending = [];
    this.#pendingLength = 0;
    this.#write(`id: ${String(position)}\nevent: stream.reset\ndata: {}\n\n`);
  }

  writePast(frame: string): void {
    this.#write(frame);
  }

  /** Resolves when the client has taken enough of what was written, or is gone. */
  async drained(): Promise<void> {
    if (!this.#ended) {
      await drained(this.sink);
    }
  }

  /** The past is written: what came meanwhile follows, then everything as it comes. */
  join(): void {
    const pending = this.#pending ?? [];
    this.#pending = null;
    for (const frame of pending) {
      this.#write(frame);
    }
  }

  publish({ id, instance_id }: Pick<TimelineRow, 'id' | 'instance_id'>, frame: string): void {
    if (this.#ended || id <= this.#seen || (this.wants.instanceId !== null && this.wants.instanceId !== instance_id)) {
      return;
    }
    if (!this.#pending) {
      this.#write(frame);
      return;
    }
    this.#pending.push(frame);
    this.#pendingLength += frame.length;
    if (this.#pendingLength > SLOW_BYTES) {
      this.sink.destroy();
    }
  }

  /** A client that is behind, because it reads its past or reads slowly, goes without: later it would be news no more. */
  sendTransient({ all, of }: TransientFrames): void {
    const { instanceId, transients } = this.wants;
    if (!transients || this.#ended || this.#pending || this.sink.writableNeedDrain) {
      return;
    }
    const frame = instanceId === null ? all() : of(instanceId);
    if (frame !== null) {
      this.#write(frame);
    }
  }

  heartbeat(): void {
    this.#write(HEARTBEAT);
  }

  end(): void {
    if (!this.#ended) {
      endEventStream(this.sink);
      this.#finish();
    }
  }

  #write(frame: string): void {
    if (this.#ended) {
      return;
    }
    this.sink.write(frame);
    if (this.sink.writableLength > SLOW_BYTES) {
      this.sink.destroy();
      this.#finish();
    }
  }

  #finish(): void {
    if (!this.#ended) {
      this.#ended = true;
      this.#pending = null;
      this.closed();
    }
  }
}
