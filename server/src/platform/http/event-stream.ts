import { once } from 'node:events';
import type { FastifyReply } from 'fastify';

/** Where a stream of server-sent events is written to: the response of its request. */
export interface EventSink extends NodeJS.EventEmitter {
  write(frame: string): boolean;
  end(): void;
  destroy(): void;
  readonly destroyed: boolean;
  readonly writableLength: number;
  readonly writableNeedDrain: boolean;
}

/** How often an idle stream shows that it lives, in milliseconds: below the idle timeouts of usual proxies (30 to 60 s). */
export const HEARTBEAT_MS = 15_000;
export const HEARTBEAT = ': heartbeat\n\n';

/** What a browser is told to wait before it comes back. In milliseconds. */
export const RETRY = 'retry: 1000\n';

/** Answers a request with a stream. From here on errors can't be told any more, except by cutting it. */
export function beginEventStream(reply: FastifyReply): EventSink {
  reply.hijack();
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-store',
    // Proxies such as nginx would otherwise collect events instead of passing them on.
    'X-Accel-Buffering': 'no',
  });
  return reply.raw;
}

/** Resolves when the client has taken enough of what was written, or is gone. @throws the reason of the signal */
export async function drained(sink: EventSink, signal?: AbortSignal): Promise<void> {
  if (sink.destroyed || !sink.writableNeedDrain) {
    return;
  }
  const waiting = new AbortController();
  const abort = (): void => waiting.abort();
  signal?.addEventListener('abort', abort);
  try {
    await Promise.race([
      once(sink, 'drain', { signal: waiting.signal }),
      once(sink, 'close', { signal: waiting.signal }),
    ]);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
    waiting.abort();
  }
}

/** Ends a stream. A client that has not taken what was written is cut off: the end would reach it only when it has, and that may be never. */
export function endEventStream(sink: EventSink): void {
  if (sink.writableNeedDrain) {
    sink.destroy();
  } else {
    sink.end();
  }
}
