import { computed, DestroyRef, effect, inject, type Signal, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import type { InstanceCheck, TimelineEvent } from '#sdk';
import { Live } from './live';

/** What an event makes of a value: the value as it is now, and whether that is all that the event changed. */
export interface Change<T> {
  readonly value: T;
  /** The event does not say everything: read anew. */
  readonly reload?: boolean;
}

export interface LiveQueryOptions<P, T> {
  /** What is read; read anew when it changes. Undefined: nothing is read yet. */
  readonly params: () => P | undefined;
  readonly load: (params: P, signal: AbortSignal) => Promise<T>;
  /** Brings an event into the value; undefined when it has nothing to do with it. Left out: every event is passed over. */
  readonly patch?: (value: T, event: TimelineEvent, params: P) => Change<T> | undefined;
  /** Brings a health check into the value; undefined when it has nothing to do with it. */
  readonly check?: (value: T, check: InstanceCheck, params: P) => Change<T> | undefined;
}

/** A value of the API that stays true: events are brought into it, and it is read anew only where they don't say enough. */
export interface LiveQuery<T> {
  /** Undefined before the first answer. While another one is on its way, the last one stays. */
  readonly value: Signal<T | undefined>;
  /** Why the last read failed; undefined when it did not. */
  readonly error: Signal<unknown>;
  /** The value belongs to other parameters than those that are wanted now. */
  readonly outdated: Signal<boolean>;
  reload(): void;
  /** Shows what is about to be true, until an event or a read says what is. */
  update(change: (value: T) => T): void;
}

/** Reads that follow each other because of events are at least this far apart, in milliseconds. */
const PAUSE_MS = 500;

/** Makes a live query. To be called where `inject` may be. */
export function liveQuery<P, T>({ params, load, patch, check }: LiveQueryOptions<P, T>): LiveQuery<T> {
  const live = inject(Live);
  const wanted = computed(params, { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const value = signal<T | undefined>(undefined);
  const error = signal<unknown>(undefined);
  const shown = signal<P | undefined>(undefined);

  let reading: AbortController | undefined;
  /** What came while an answer was on its way, which may be older. */
  let meanwhile: TimelineEvent[] = [];
  let again = false;
  let startedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const bring = <News>(
    news: News,
    into: ((value: T, news: News, params: P) => Change<T> | undefined) | undefined,
  ): void => {
    const present = value();
    const of = shown();
    if (present === undefined || of === undefined || !into) {
      return;
    }
    const change = into(present, news, of);
    if (change) {
      value.set(change.value);
      if (change.reload) {
        soon();
      }
    }
  };

  const apply = (event: TimelineEvent): void => bring(event, patch);

  const wantsAgain = (): boolean => again;

  const read = async (of: P): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    reading?.abort();
    const attempt = new AbortController();
    const outdone = (): boolean => reading !== attempt;
    reading = attempt;
    meanwhile = [];
    again = false;
    await live.opened();
    if (outdone()) {
      return;
    }
    startedAt = performance.now();
    try {
      const answer = await load(of, attempt.signal);
      if (!outdone()) {
        value.set(answer);
        shown.set(of);
        error.set(undefined);
      }
    } catch (reason) {
      if (!outdone()) {
        error.set(reason);
      }
    }
    if (outdone()) {
      return;
    }
    reading = undefined;
    const missed = meanwhile;
    meanwhile = [];
    missed.forEach(apply);
    if (wantsAgain()) {
      soon();
    }
  };

  const now = (): void => {
    const of = untracked(wanted);
    if (of !== undefined) {
      void read(of);
    }
  };

  /** At once if the last read is long enough ago, and never twice at a time. */
  const soon = (): void => {
    if (reading) {
      again = true;
      return;
    }
    timer ??= setTimeout(now, Math.max(0, startedAt + PAUSE_MS - performance.now()));
  };

  effect(() => {
    const of = wanted();
    untracked(() => {
      if (of !== undefined) {
        void read(of);
      }
    });
  });
  live.events.pipe(takeUntilDestroyed()).subscribe((event) => {
    if (reading) {
      meanwhile.push(event);
    }
    apply(event);
  });
  live.checks.pipe(takeUntilDestroyed()).subscribe((made) => bring(made, check));
  live.refresh.pipe(takeUntilDestroyed()).subscribe(now);
  // What could not be read while the server was away is read when it is back.
  let wasDown = false;
  effect(() => {
    const status = live.status();
    if (status === 'live' && wasDown && untracked(error) !== undefined) {
      now();
    }
    wasDown = status === 'down';
  });
  inject(DestroyRef).onDestroy(() => {
    clearTimeout(timer);
    reading?.abort();
    reading = undefined;
  });

  return {
    value: value.asReadonly(),
    error: error.asReadonly(),
    outdated: computed(() => shown() !== undefined && JSON.stringify(shown()) !== JSON.stringify(wanted())),
    reload: now,
    update: (change) => {
      value.update((present) => (present === undefined ? present : change(present)));
    },
  };
}
