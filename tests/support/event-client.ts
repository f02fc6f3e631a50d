import { type ClientRequest, type IncomingMessage, request } from 'node:http';

/** One frame of a stream. */
export interface EventFrame {
  readonly id: bigint;
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A frame without an id: about this moment, and not kept. */
export type TransientFrame = Omit<EventFrame, 'id'>;

export interface EventClientOptions {
  /** Sent as `Last-Event-ID`. */
  readonly after?: bigint | undefined;
  /** Query string, with its question mark. */
  readonly query?: string;
  /** Called for every frame as it comes. */
  readonly onFrame?: (frame: EventFrame) => void;
}

/** What the server may send: a comment, or an event with id, name and one line of data. */
const FRAME = /^(?:retry: \d+\n)?id: (\d+)\nevent: ([a-z]+(?:[._][a-z]+)*)\ndata: ([^\r\n]*)$/;
const TRANSIENT = /^event: ([a-z]+(?:[._][a-z]+)*)\ndata: ([^\r\n]*)$/;
const COMMENT = /^: [a-z]+$/;

/** A client of the event stream that takes nothing but well-formed frames, and never comes back by itself. */
export class EventClient {
  readonly frames: EventFrame[] = [];
  readonly transients: TransientFrame[] = [];
  /** What was sent and is no frame. */
  readonly malformed: string[] = [];
  comments = 0;
  readonly closed: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #rest = '';
  #isClosed = false;

  private constructor(
    private readonly outgoing: ClientRequest,
    readonly response: IncomingMessage,
    private readonly onFrame: ((frame: EventFrame) => void) | undefined,
  ) {
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.#take(chunk);
    });
    response.on('error', () => undefined);
    this.closed = new Promise((resolve) => {
      response.once('close', () => {
        this.#isClosed = true;
        this.#wake();
        resolve();
      });
    });
  }

  /** Opens a stream; resolves with its headers. */
  static open(url: string, { after, query = '', onFrame }: EventClientOptions = {}): Promise<EventClient> {
    return new Promise((resolve, reject) => {
      const headers = after === undefined ? {} : { 'Last-Event-ID': String(after) };
      const outgoing = request(`${url}/api/events${query}`, { headers, agent: false });
      outgoing.on('error', reject);
      outgoing.once('response', (response) => {
        resolve(new EventClient(outgoing, response, onFrame));
      });
      outgoing.end();
    });
  }

  /** Events of the timeline, without what is about the stream itself. */
  get events(): readonly EventFrame[] {
    return this.frames.filter(({ event }) => !event.startsWith('stream.'));
  }

  get ids(): readonly bigint[] {
    return this.events.map(({ id }) => id);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves when the condition holds; it is asked again with every frame, and rejects when the stream ends before. */
  async until(what: string, condition: (client: EventClient) => boolean): Promise<void> {
    while (!condition(this)) {
      if (this.#isClosed) {
        throw new Error(`The stream ended before ${what}.`);
      }
      await this.#next();
    }
  }

  /** Resolves when the event has come. */
  async reached(id: bigint): Promise<void> {
    await this.until(`event ${String(id)} came`, ({ frames }) => (frames.at(-1)?.id ?? -1n) >= id);
  }

  /** Goes away without a word, as a client does whose machine is switched off. */
  abort(): void {
    this.outgoing.destroy();
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
    });
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) {
      resolve();
    }
  }

  #take(chunk: string): void {
    const blocks = (this.#rest + chunk).split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, id, event, data] = FRAME.exec(block) ?? [];
      if (id !== undefined && event !== undefined && data !== undefined) {
        const frame = { id: BigInt(id), event, data: JSON.parse(data) as Record<string, unknown> };
        this.frames.push(frame);
        this.onFrame?.(frame);
      } else if (COMMENT.test(block)) {
        this.comments += 1;
      } else {
        const [, name, text] = TRANSIENT.exec(block) ?? [];
        if (name === undefined || text === undefined) {
          this.malformed.push(block);
        } else {
          this.transients.push({ event: name, data: JSON.parse(text) as Record<string, unknown> });
        }
      }
    }
    this.#wake();
  }
}
