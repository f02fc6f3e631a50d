import { ToygresError } from './errors.js';
import type { Client } from './generated/client/index.js';
import type { SseMessage, SseParser } from './sse-parser.js';

/** A stream of server-sent events that is asked for. */
export interface StreamRequest {
  readonly url: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** What was seen last; undefined when nothing was. */
  readonly position: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** Called whenever the server shows that it lives. */
  readonly onHeard?: (() => void) | undefined;
}

/** The server shows every 15 s that it lives. A connection that is silent for three times as long is dead, whatever TCP says. */
const SILENCE_MS = 45_000;

/** One connection, until it is cut. @throws ToygresError; the reason of the signal */
export async function* readMessages(
  client: Client,
  parser: SseParser,
  { url, path, query, position, signal, onHeard }: StreamRequest,
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
      url,
      ...(path && { path }),
      headers: { Accept: 'text/event-stream', ...(position === undefined ? {} : { 'Last-Event-ID': position }) },
      query: { ...query },
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

/** The data of a message. @throws ToygresError `invalid_answer` */
export function parseData(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch (cause) {
    throw invalidAnswer(200, cause);
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

function invalidAnswer(status: number, cause?: unknown): ToygresError {
  const message = 'The answer is no stream of events. Is this the address of a Toygres?';
  return new ToygresError({ status, code: 'invalid_answer', message, cause });
}
