import { computed, inject, Injectable, signal } from '@angular/core';
import type { TimelineEvent } from '#sdk';
import { Notify } from '../../../../core/notify';
import { TOYGRES } from '../../../../core/toygres';
import { liveQuery } from '../../../../live/live-query';
import { InstancePage } from '../instance-page';
import { storyOf } from './story';

interface Pages {
  /** The newest first. */
  readonly events: readonly TimelineEvent[];
  /** Null: there are no older ones. */
  readonly before: string | null;
}

/** Stories that one look should bring. Most events of an operation tell none, so that a page of events may bring few. */
const WANTED = 20;
const PAGE = 100;

/** What happened to the instance of the page, the newest first; older ones as they are asked for. */
@Injectable()
export class InstanceTimeline {
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);
  readonly #page = inject(InstancePage);
  readonly #id = computed(() => this.#page.instance()?.id);
  readonly #query = liveQuery<string, Pages>({
    params: () => this.#id(),
    load: (id, signal) => this.#read(id, null, signal),
    patch: (pages, event, id) =>
      event.instance_id === id && !pages.events.some((known) => known.id === event.id)
        ? { value: { ...pages, events: [event, ...pages.events] } }
        : undefined,
  });
  readonly #loadingOlder = signal(false);

  readonly stories = computed(() =>
    this.#query.outdated() ? undefined : this.#query.value()?.events.flatMap((event) => storyOf(event) ?? []),
  );
  readonly error = this.#query.error;
  readonly hasOlder = computed(() => this.#query.value()?.before != null);
  readonly loadingOlder = this.#loadingOlder.asReadonly();

  reload(): void {
    this.#query.reload();
  }

  async showOlder(): Promise<void> {
    const id = this.#id();
    const before = this.#query.value()?.before;
    if (id === undefined || before == null || this.#loadingOlder()) {
      return;
    }
    this.#loadingOlder.set(true);
    await this.#notify.attempt(async () => {
      const older = await this.#read(id, before);
      this.#query.update((pages) =>
        pages.before === before ? { events: [...pages.events, ...older.events], before: older.before } : pages,
      );
    });
    this.#loadingOlder.set(false);
  }

  async #read(id: string, from: string | null, signal?: AbortSignal): Promise<Pages> {
    const events: TimelineEvent[] = [];
    let before = from;
    do {
      const page = await this.#toygres.instances.timeline(id, { limit: PAGE, before: before ?? undefined }, { signal });
      events.push(...page.events);
      before = page.next_before;
    } while (before !== null && events.filter((event) => storyOf(event)).length < WANTED);
    return { events, before };
  }
}
