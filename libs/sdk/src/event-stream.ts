import { delayAfter, PATIENT, pause } from './backoff.js';
import type { CallOptions } from './connection.js';
import { isPassing, type ToygresError } from './errors.js';
import type { Client } from './generated/client/index.js';
import type { ChecksEvent, TimelineEvent } from './generated/types.gen.js';
import { parseData, readMessages } from './sse-connection.js';
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
      const query = { instance: filter, checks: checks ? true : undefined };
      for await (const message of readMessages(client, parser, {
        url: '/api/events',
        query,
        position,
        signal,
        onHeard,
      })) {
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

function interpret({ event, data, lastEventId }: SseMessage): ToygresEvent | StreamOpen {
  if (event === 'stream.open') {
    return { type: event, id: lastEventId };
  }
  if (event === 'stream.reset') {
    return { type: event, id: lastEventId };
  }
  return parseData(data) as TimelineEvent | ChecksEvent;
}
