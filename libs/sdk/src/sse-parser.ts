/** A message of an event stream. */
export interface SseMessage {
  /** Type of the event; `message` when the stream says none. */
  readonly event: string;
  readonly data: string;
  /** The last id that the stream has given; empty before the first. */
  readonly lastEventId: string;
}

/** Reads server-sent events (WHATWG HTML, 9.2.6) out of bytes that may be cut anywhere. */
export class SseParser {
  readonly #decoder = new TextDecoder();
  /** Begin of a line whose end has not come yet. */
  #rest = '';
  /** The last text ended with CR: an LF that follows belongs to it. */
  #afterCr = false;
  #event = '';
  #data: string[] = [];
  #lastEventId = '';
  #retryMs: number | undefined;

  /** The time that the stream asks clients to wait before they come back, in milliseconds; undefined before it does. */
  get retryMs(): number | undefined {
    return this.#retryMs;
  }

  /** Takes the next bytes. @returns the messages that they complete */
  push(bytes: Uint8Array): SseMessage[] {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') {
      return [];
    }
    if (this.#afterCr && text.startsWith('\n')) {
      text = text.slice(1);
    }
    this.#afterCr = text.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.#take(line));
  }

  #take(line: string): SseMessage[] {
    if (line === '') {
      return this.#dispatch();
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      this.#event = value;
    } else if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'id' && !value.includes('\0')) {
      this.#lastEventId = value;
    } else if (field === 'retry' && /^\d+$/.test(value)) {
      this.#retryMs = Number(value);
    }
    // Anything else is a comment or belongs to a later version.
    return [];
  }

  #dispatch(): SseMessage[] {
    const message = { event: this.#event || 'message', data: this.#data.join('\n'), lastEventId: this.#lastEventId };
    const complete = this.#data.length > 0;
    this.#event = '';
    this.#data = [];
    return complete ? [message] : [];
  }
}
