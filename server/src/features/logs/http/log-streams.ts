import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { LogQuery } from '../../../data-plane/index.js';
import { DomainError, errorMessage } from '../../../platform/errors/domain-error.js';
import {
  beginEventStream,
  drained,
  endEventStream,
  type EventSink,
  HEARTBEAT,
  HEARTBEAT_MS,
  RETRY,
} from '../../../platform/http/event-stream.js';
import { Metrics } from '../../../platform/telemetry/metrics.js';
import { type InstanceLogLine, InstanceLogs } from '../instance-logs.js';
import { toLine } from './log-json.js';

/** Logs that a process lets be followed at once: each holds a watch of files, or a connection to the cluster. */
const MOST_STREAMS = 200;
/** Of a client that takes nothing for so long, in milliseconds, nothing is to be expected any more. It comes back and resumes. */
const PATIENCE_MS = 60_000;

const NOTHING: AsyncIterable<never> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};

export class TooManyStreamsError extends DomainError {
  readonly code = 'too_many_streams';
}

/**
 * Logs that are followed, as streams of server-sent events. No more is read of a log than its client takes, so that a slow client costs no
 * memory.
 */
@Injectable()
export class LogStreams implements OnModuleDestroy {
  readonly #logger = new Logger(LogStreams.name);
  readonly #open = new Set<AbortController>();
  #closed = false;

  constructor(
    private readonly logs: InstanceLogs,
    private readonly metrics: Metrics,
  ) {}

  /** Ends all streams, so that their requests don't keep the server from closing. Clients come back to another process. */
  onModuleDestroy(): void {
    this.#closed = true;
    this.#open.forEach((end) => end.abort());
  }

  /** Streams that are open at present. */
  get size(): number {
    return this.#open.size;
  }

  /**
   * Answers a request with a stream, and resolves when that has ended.
   *
   * @throws what {@link InstanceLogs.open} throws, before anything is answered; TooManyStreamsError
   */
  async open(reply: FastifyReply, nameOrId: string, query: LogQuery): Promise<void> {
    if (this.size >= MOST_STREAMS) {
      throw new TooManyStreamsError('There are too many streams already. Close one, or try again later.');
    }
    const end = new AbortController();
    if (this.#closed) {
      end.abort();
    }
    reply.raw.once('close', () => end.abort());
    this.#open.add(end);
    this.metrics.logStreams.set(this.size);
    try {
      const lines = await this.#begin(nameOrId, query, end.signal);
      await this.#send(beginEventStream(reply), lines, end.signal);
    } finally {
      this.#open.delete(end);
      this.metrics.logStreams.set(this.size);
    }
  }

  /** A stream that was told to end before it has begun ends at once: its client comes back. */
  async #begin(nameOrId: string, query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<InstanceLogLine>> {
    try {
      return await this.logs.open(nameOrId, { ...query, follow: true }, signal);
    } catch (error) {
      if (signal.aborted) {
        return NOTHING;
      }
      throw error;
    }
  }

  async #send(sink: EventSink, lines: Awaited<ReturnType<InstanceLogs['open']>>, signal: AbortSignal): Promise<void> {
    sink.on('error', () => undefined);
    sink.write(`${RETRY}event: stream.open\ndata: {}\n\n`);
    const heartbeat = setInterval(() => {
      if (!sink.writableNeedDrain) {
        sink.write(HEARTBEAT);
      }
    }, HEARTBEAT_MS);
    try {
      for await (const line of lines) {
        sink.write(`id: ${line.id}\nevent: log.line\ndata: ${JSON.stringify(toLine(line))}\n\n`);
        await this.#taken(sink, signal);
      }
      if (!signal.aborted) {
        sink.write('event: stream.end\ndata: {}\n\n');
      }
      endEventStream(sink);
    } catch (error) {
      if (signal.aborted) {
        endEventStream(sink);
      } else {
        this.#logger.warn(`A log can not be followed any more: ${errorMessage(error)}`);
        sink.destroy();
      }
    } finally {
      clearInterval(heartbeat);
    }
  }

  async #taken(sink: EventSink, signal: AbortSignal): Promise<void> {
    if (sink.writableNeedDrain) {
      const patience = setTimeout(() => sink.destroy(), PATIENCE_MS);
      try {
        await drained(sink, signal);
      } finally {
        clearTimeout(patience);
      }
    }
  }
}
