import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { InstanceLogLine } from '#sdk';
import { TOYGRES } from '../../../../core/toygres';
import { type LogLine, toLogLine } from './log-line';

/** Lines that are kept; the oldest give way. Some ten megabytes at most in practice, and still searched within a frame. */
export const MOST_LINES = 20_000;
/** Lines to begin with. */
const FIRST_LINES = 1_000;
/** The most that the API gives at once: for what can't be followed. */
const ALL_LINES = 5_000;
/** What comes within this time is shown at once, in milliseconds: eyes don't need more, and a busy server writes all the time. */
const GATHER_MS = 100;

/** What is read. */
export interface LogSource {
  readonly instanceId: string;
  readonly previous: boolean;
}

export type LogPhase = 'loading' | 'connecting' | 'live' | 'reconnecting' | 'still' | 'ended' | 'failed';

/** The lines of a log as they come; provided by the tab. */
@Injectable()
export class LogFeed {
  readonly #toygres = inject(TOYGRES);
  readonly lines = signal<readonly LogLine[]>([]);
  readonly phase = signal<LogPhase>('loading');
  /** Why it has failed. */
  readonly error = signal<unknown>(undefined);
  readonly paused = signal(false);
  /** Lines that have come since it was paused. */
  readonly waiting = signal(0);

  #source: LogSource | undefined;
  #end = new AbortController();
  #gathered: LogLine[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.#end.abort();
      clearTimeout(this.#timer);
    });
  }

  /** Shows a log. When it is the one that is shown already, what was read stays, and following goes on behind it. */
  open(source: LogSource, follow: boolean): void {
    this.#end.abort();
    this.#end = new AbortController();
    const isSame = this.#source?.instanceId === source.instanceId && this.#source.previous === source.previous;
    if (!isSame || this.phase() === 'loading' || this.phase() === 'failed') {
      this.#clear();
    }
    if (!follow) {
      this.paused.set(false);
    }
    this.#source = source;
    void this.#read(source, follow && !source.previous, this.#end.signal);
  }

  pause(): void {
    this.paused.set(true);
  }

  resume(): void {
    this.paused.set(false);
    this.#show();
  }

  #clear(): void {
    this.#gathered = [];
    this.lines.set([]);
    this.waiting.set(0);
    this.paused.set(false);
    this.phase.set('loading');
  }

  async #read({ instanceId, previous }: LogSource, follow: boolean, signal: AbortSignal): Promise<void> {
    this.error.set(undefined);
    try {
      if (this.phase() === 'loading') {
        const tail = previous ? ALL_LINES : FIRST_LINES;
        const lines = await this.#toygres.instances.logs(instanceId, { tail_lines: tail, previous }, { signal });
        signal.throwIfAborted();
        this.lines.set(lines.map(toLogLine));
      }
      if (!follow) {
        this.#show();
        this.phase.set('still');
        return;
      }
      this.phase.set('connecting');
      const after = (this.#gathered.at(-1) ?? this.lines().at(-1))?.id;
      const options = {
        after,
        tailLines: FIRST_LINES,
        signal,
        onOpen: () => this.phase.set('live'),
        onCut: () => this.phase.set('reconnecting'),
      };
      for await (const line of this.#toygres.instances.followLogs(instanceId, options)) {
        this.#gather(line);
      }
      if (!signal.aborted) {
        this.phase.set('ended');
      }
    } catch (error) {
      if (!signal.aborted) {
        this.error.set(error);
        this.phase.set('failed');
      }
    }
  }

  #gather(line: InstanceLogLine): void {
    this.#gathered.push(toLogLine(line));
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#show();
    }, GATHER_MS);
  }

  #show(): void {
    if (this.paused()) {
      this.#gathered = this.#gathered.slice(-MOST_LINES);
      this.waiting.set(this.#gathered.length);
      return;
    }
    const gathered = this.#gathered;
    this.#gathered = [];
    this.waiting.set(0);
    if (gathered.length > 0) {
      this.lines.update((lines) => [...lines, ...gathered].slice(-MOST_LINES));
    }
  }
}
