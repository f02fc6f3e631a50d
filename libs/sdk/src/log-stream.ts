import { delayAfter, PATIENT, pause } from './backoff.js';
import type { CallOptions } from './connection.js';
import { isPassing, type ToygresError } from './errors.js';
import type { Client } from './generated/client/index.js';
import type { InstanceLogLine } from './generated/types.gen.js';
import { parseData, readMessages } from './sse-connection.js';
import { SseParser } from './sse-parser.js';

export interface FollowLogOptions extends CallOptions {
  /** Begin with the last so many lines, at most 5000; 200 when left out. */
  readonly tailLines?: number | undefined;
  /** Only what was written since: a time, or a duration such as `15m`. */
  readonly since?: string | undefined;
  /** Go on behind the line with this id instead. */
  readonly after?: string | undefined;
  /** Called whenever the stream is open, at first and after every cut. */
  readonly onOpen?: (() => void) | undefined;
  /** Called after every cut, and when the server can't be reached. The stream is opened again by itself after that many milliseconds. */
  readonly onCut?: ((reason: ToygresError | undefined, retryInMs: number) => void) | undefined;
}

/** The lines of a log as they are written. See the README for what it promises. */
export async function* followLog(
  client: Client,
  name: string,
  { signal, tailLines, since, after, onOpen, onCut }: FollowLogOptions,
): AsyncGenerator<InstanceLogLine, void, undefined> {
  let position = after;
  let backoff = PATIENT;
  let failures = 0;
  for (;;) {
    const parser = new SseParser();
    const request = {
      url: '/api/instances/{name}/logs',
      path: { name },
      query: { follow: true, tail_lines: tailLines, since },
      position,
      signal,
    };
    let reason: ToygresError | undefined;
    try {
      for await (const { event, data } of readMessages(client, parser, request)) {
        if (event === 'stream.open') {
          failures = 0;
          onOpen?.();
        } else if (event === 'stream.end') {
          return;
        } else if (event === 'log.line') {
          const line = parseData(data) as InstanceLogLine;
          position = line.id;
          yield line;
        }
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
