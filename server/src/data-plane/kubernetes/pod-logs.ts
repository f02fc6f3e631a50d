import { setTimeout as pause } from 'node:timers/promises';
import { type InstanceRef, type LogLine, type LogQuery, NoPreviousLogError } from '../data-plane.js';
import type { ClusterClient, LogQuery as PodQuery } from './cluster-client.js';
import { ClusterError, unreachable } from './cluster-error.js';
import type { ClusterView } from './cluster-view.js';
import { ownedOf, runOf, type ServerRun } from './instance-objects.js';
import { podNameOf } from './objects/identity.js';
import { SERVER_CONTAINER } from './objects/stateful-set.js';
import { inDataPlaneWords } from './patience.js';

/** How long the cluster may take to give the last lines, in milliseconds. */
const READ_TIMEOUT_MS = 15_000;
/** Characters that are kept of the last lines, however many are asked for. */
const MOST_TEXT = 8 * 1024 * 1024;
/** A connection that is cut is not opened again before, in milliseconds. */
const PAUSE_MS = 1_000;
/** What the cluster puts before each line: a time in nanoseconds, and a space. */
const STAMP = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z ?/;
const NANOSECONDS = /^\d{1,19}$/;

/** A line and when the container wrote it, in nanoseconds since 1970: two lines of one server never share it. */
interface StampedLine {
  readonly text: string;
  readonly at: bigint;
}

/**
 * The logs of pods. The cluster keeps that of the present container and of the one before, and of no pod that is gone. It selects by full
 * seconds; what was there before in that second is left out here.
 */
export class PodLogs {
  constructor(
    private readonly client: ClusterClient,
    private readonly view: ClusterView,
  ) {}

  /** @throws NoPreviousLogError, DataPlaneError */
  async open(ref: InstanceRef, query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>> {
    signal.throwIfAborted();
    const after = parseCursor(query.after);
    if (query.follow === true && after !== null) {
      return this.#follow(ref, after, signal);
    }
    const lines = await this.read(ref, query, signal);
    return query.follow === true ? this.#join(lines, ref, query, signal) : iterate(lines);
  }

  /** What there is now, the last lines. @throws NoPreviousLogError, DataPlaneError */
  async read(ref: InstanceRef, query: LogQuery, signal: AbortSignal): Promise<readonly LogLine[]> {
    const { tailLines, since, previous = false } = query;
    const after = parseCursor(query.after);
    const from = after ?? (since ? toNanoseconds(since) - 1n : null);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(READ_TIMEOUT_MS)]);
    const lines: LogLine[] = [];
    let length = 0;
    try {
      for await (const line of this.#lines(ref, { ...(after === null && { tailLines }), previous }, from, limited)) {
        lines.push(toLogLine(line));
        length += line.text.length;
        while (length > MOST_TEXT) {
          length -= lines.shift()?.text.length ?? length;
        }
      }
      return lines;
    } catch (error) {
      signal.throwIfAborted();
      if (!isMissing(error)) {
        throw inDataPlaneWords(unreachable(error));
      }
      if (previous) {
        throw new NoPreviousLogError(
          'The server has not been restarted in its pod, or the cluster keeps nothing of the run before.',
        );
      }
      return [];
    }
  }

  async *#join(
    lines: readonly LogLine[],
    ref: InstanceRef,
    { since }: LogQuery,
    signal: AbortSignal,
  ): AsyncGenerator<LogLine> {
    yield* lines;
    const last = parseCursor(lines.at(-1)?.cursor);
    yield* this.#follow(ref, last ?? (since ? toNanoseconds(since) - 1n : 0n), signal);
  }

  /** What was written after a moment by whatever server runs, until nothing is left of the instance. */
  async *#follow(ref: InstanceRef, after: bigint, signal: AbortSignal): AsyncGenerator<LogLine> {
    let at = after;
    let known: ServerRun | undefined;
    for (;;) {
      const run = await this.#nextRun(ref, known, signal);
      if (run === null) {
        return;
      }
      const restarted = known?.pod === run.pod && known.container !== run.container;
      // What the container has said at its end, when nobody could hear it any more.
      for (const query of [...(restarted ? [{ previous: true }] : []), { follow: true }]) {
        for await (const line of this.#untilCut(ref, query, at, signal)) {
          at = line.at;
          yield toLogLine(line);
        }
      }
      known = run;
    }
  }

  /** Waits for a run of which there may be more to read than of the one that was read last. @returns null when the instance is gone */
  async #nextRun(ref: InstanceRef, known: ServerRun | undefined, signal: AbortSignal): Promise<ServerRun | null> {
    if (known?.running === true) {
      // It may have ended, and the watch is about to tell; or its connection was cut.
      await pause(PAUSE_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    let wasThere = known !== undefined;
    return this.view.until(
      ref,
      (objects) => {
        const isThere = ownedOf(objects).length > 0;
        if (wasThere && !isThere) {
          return null;
        }
        wasThere ||= isThere;
        const run = runOf(objects);
        return run !== undefined && (run.running || run.container !== known?.container || known.running)
          ? run
          : undefined;
      },
      signal,
    );
  }

  /** Lines until the connection ends, for whatever reason that may pass. */
  async *#untilCut(
    ref: InstanceRef,
    query: Partial<PodQuery>,
    after: bigint,
    signal: AbortSignal,
  ): AsyncGenerator<StampedLine> {
    try {
      yield* this.#lines(ref, query, after, signal);
    } catch (error) {
      signal.throwIfAborted();
      if (!isMissing(error) && !(error instanceof ClusterError && error.passing)) {
        throw inDataPlaneWords(error);
      }
    }
  }

  async *#lines(
    ref: InstanceRef,
    query: Partial<PodQuery>,
    after: bigint | null,
    signal: AbortSignal,
  ): AsyncGenerator<StampedLine> {
    const options: PodQuery = {
      ...query,
      container: SERVER_CONTAINER,
      timestamps: true,
      ...(after !== null && { sinceTime: new Date(Number(after / 1_000_000n)) }),
    };
    let at = after ?? 0n;
    for await (const line of this.client.log(ref.namespace, podNameOf(ref), options, signal)) {
      const stamped = parse(line, at);
      if (after === null || stamped.at > after) {
        at = stamped.at;
        yield stamped;
      }
    }
  }
}

async function* iterate<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** 404: there is no pod. 400: its container has not been made yet, or had none before. */
function isMissing(error: unknown): boolean {
  return error instanceof ClusterError && (error.status === 404 || error.status === 400);
}

/** @param otherwise when it was written, of a line that does not say so */
function parse(line: string, otherwise: bigint): StampedLine {
  const [stamp, seconds, fraction = ''] = STAMP.exec(line) ?? [];
  if (stamp === undefined || seconds === undefined) {
    return { text: line, at: otherwise };
  }
  const at = toNanoseconds(new Date(`${seconds}Z`)) + BigInt(fraction.padEnd(9, '0'));
  return { text: line.slice(stamp.length), at };
}

function toLogLine({ text, at }: StampedLine): LogLine {
  return { text, time: at === 0n ? null : new Date(Number(at / 1_000_000n)), cursor: String(at) };
}

function parseCursor(cursor: string | undefined): bigint | null {
  return cursor !== undefined && NANOSECONDS.test(cursor) ? BigInt(cursor) : null;
}

function toNanoseconds(time: Date): bigint {
  return BigInt(time.getTime()) * 1_000_000n;
}
