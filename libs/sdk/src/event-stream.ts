import { delayAfter, PATIENT, pause } from './backoff.js';
import type { CallOptions } from './connection.js';
import { isPassing, ToygresError } from './errors.js';
import type { Client } from './generated/client/index.js';
import type { ChecksEvent, TimelineEvent } from './generated/types.gen.js';
import { type SseMessage, SseParser } from './sse-parser.js';

/** Events were lost for good: what is known must be read anew. The stream goes on with what happens from here. */
export interface StreamReset {
  readonly type: 'stream.reset';
  /** Where the stream stands. */
  readonly id: string;
}

export type ToygresEvent = TimelineEvent | StreamReset | ChecksEvent;

/** What comes unless more is asked for: each has an id, and none is missed. */
export type KeptEvent = Exclude<ToygresEvent, ChecksEvent>;

export interface EventOptions extends CallOptions {
  /** Go on after this event. Left out: begin with what happens from now on. */
  readonly lastEventId?: string | undefined;
  /** Only events of this instance (name or id). */
  readonly instance?: string | undefined;
  /**
   * Also give the health checks as they are made, once a second at most. They are about this moment: they have no id, and those that are
   * made while the stream is cut never come.
   */
  readonly checks?: boolean | undefined;
  /**
   * Called whenever the stream is open, at first and after every cut: from here on no event is missed. It is given the id of the event that
   * the stream stands after.
   */
  readonly onOpen?: ((position: string) => void) | undefined;
  /** Called after every cut, and when the server can't be reached. The stream is opened again by itself after that many milliseconds. */
  readonly onCut?: ((reason: ToygresError | undefined, retryInMs: number) => void) | undefined;
  /** Called whenever the server shows that it lives, at least every 15 seconds while the stream is open. */
  readonly onHeard?: (() => void) | undefined;
}

/** What the stream says about itself: it is open, and stands after this event. */
interface StreamOpen {
  readonly type: 'stream.open';
  readonly id: string;
}

/** The server shows every 15 s that it lives. A connection that is silent for three times as long is dead, whatever TCP says. */
const SILENCE_MS = 45_000;

/** The events, and every opening of the stream. See {@link ToygresEvent} and the README for what it promises. */
export async function* followStream(
  client: Client,
  { signal, instance, lastEventId, checks = false, onCut, onHeard }: Omit<EventOptions, 'onOpen'>,
): AsyncGenerator<ToygresEvent | StreamOpen, void, undefined> {
  let position = lastEventId;
  let filter = instance;
  let backoff = PATIENT;
  let failures = 0;
  for (;;) {
    const parser = new SseParser();
    let reason: ToygresError | undefined;
    try {
      for await (const message of readMessages(client, parser, { position, filter, checks, signal, onHeard })) {
        const event = interpret(message);
        if (event.type === 'health.checked') {
          // It has no id: the stream stands where it stood.
          yield event;
          continue;
        }
        if (event.type === 'stream.open') {
          failures = 0;
          position ??= event.id;
        } else if (event.type === 'stream.reset') {
          position = event.id;
        } else if (position !== undefined && BigInt(event.id) <= BigInt(position)) {
          continue; // seen before
        } else {
          position = event.id;
          // The name may be given away one day, the id is not.
          filter &&= event.instance_id ?? filter;
        }
        yield event;
      }
    } catch (error) {
      if (!isPassing(error)) {
        throw error;
      }
      reason = error;
    }
    backoff = { ...backoff, firstMs: parser.retryMs ?? backoff.firstMs };
    failures += 1;
    const retryInMs = delayAfter(failures, backoff);
    onCut?.(reason, retryInMs);
    await pause(retryInMs, signal);
  }
}

/** The events alone. */
export async function* followEvents(
  client: Client,
  options: EventOptions,
): AsyncGenerator<ToygresEvent, void, undefined> {
  for await (const event of followStream(client, options)) {
    if (isOpening(event)) {
      options.onOpen?.(event.id);
    } else {
      yield event;
    }
  }
}

export function isOpening(event: ToygresEvent | StreamOpen): event is StreamOpen {
  return event.type === 'stream.open';
}

interface Request {
  readonly position: string | undefined;
  readonly filter: string | undefined;
  readonly checks: boolean;
  readonly signal: AbortSignal | undefined;
  readonly onHeard: EventOptions['onHeard'];
}

/** One connection, until it is cut. */
async function* readMessages(
  client: Client,
  parser: SseParser,
  { position, filter, checks, signal, onHeard }: Request,
): AsyncGenerator<SseMessage, void, undefined> {
  signal?.throwIfAborted();
  const connection = new AbortController();
  const abort = (): void => {
    connection.abort(signal?.reason);
  };
  signal?.addEventListener('abort', abort, { once: true });
  let silence: ReturnType<typeof setTimeout> | undefined;
  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      connection.abort(
        new ToygresError({ status: 0, code: 'network_error', message: 'The event stream has gone silent.' }),
      );
    }, SILENCE_MS);
  };
  try {
    heard();
    const { data, response } = await client.get<ReadableStream<Uint8Array>, unknown, true>({
      url: '/api/events',
      headers: { Accept: 'text/event-stream', ...(position === undefined ? {} : { 'Last-Event-ID': position }) },
      query: { instance: filter, checks: checks ? true : undefined },
      parseAs: 'stream',
      cache: 'no-store',
      signal: connection.signal,
      throwOnError: true,
    });
    if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
      throw invalidAnswer(response.status);
    }
    const reader = data.getReader();
    // In Node.js the tie between a signal and an answer that is being read goes with the request when that is collected as garbage.
    const cancel = (): void => void reader.cancel().catch(() => undefined);
    connection.signal.addEventListener('abort', cancel, { once: true });
    for (;;) {
      const { done, value } = await read(reader, connection.signal);
      if (done) {
        connection.signal.throwIfAborted();
        return;
      }
      heard();
      onHeard?.();
      yield* parser.push(value);
    }
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener('abort', abort);
    connection.abort();
  }
}

/** @throws ToygresError `network_error` when the connection is cut; the reason of the signal when that ends it */
async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  signal: AbortSignal,
): ReturnType<typeof reader.read> {
  try {
    return await reader.read();
  } catch (cause) {
    signal.throwIfAborted();
    throw new ToygresError({ status: 0, code: 'network_error', message: 'The event stream was cut.', cause });
  }
}

function interpret({ event, data, lastEventId }: SseMessage): ToygresEvent | StreamOpen {
  if (event === 'stream.open') {
    return { type: event, id: lastEventId };
  }
  if (event === 'stream.reset') {
    return { type: event, id: lastEventId };
  }
  try {
    return JSON.parse(data) as TimelineEvent | ChecksEvent;
  } catch (cause) {
    throw invalidAnswer(200, cause);
  }
}

function invalidAnswer(status: number, cause?: unknown): ToygresError {
  const message = 'The answer is no stream of events. Is this the address of a Toygres?';
  return new ToygresError({ status, code: 'invalid_answer', message, cause });
}
