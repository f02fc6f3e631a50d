import { inject } from '@angular/core';
import type { HealthBucket, HealthHistory, InstanceCheck, TimelineEvent } from '#sdk';
import { TOYGRES } from '../../../../core/toygres';
import { type LiveQuery, liveQuery } from '../../../../live/live-query';
import { type Incident, incidentsOf } from './incidents';
import { type HealthRange, type HealthWindow, STEPS, windowOf } from './health-window';

export interface HealthSeries {
  readonly window: HealthWindow;
  /** Length of a stretch, in milliseconds. */
  readonly step: number;
  readonly history: HealthHistory;
}

interface Wanted {
  readonly id: string;
  readonly range: HealthRange;
}

/** After a check, and after a change of health, there is more to see. */
const again = {
  patch: <T>(value: T, { type, instance_id: of }: TimelineEvent, { id }: Wanted) =>
    of === id && type === 'instance.health_changed' ? { value, reload: true } : undefined,
  check: <T>(value: T, { instance_id: of }: InstanceCheck, { id }: Wanted) =>
    of === id ? { value, reload: true } : undefined,
};

/** Health over time, in stretches. */
export function healthSeries(params: () => Wanted | undefined): LiveQuery<HealthSeries> {
  const toygres = inject(TOYGRES);
  return liveQuery<Wanted, HealthSeries>({
    params,
    load: async ({ id, range }, signal) => {
      const { from, to, resolution } = windowOf(range, new Date());
      const query = { from: from.toISOString(), to: to.toISOString(), resolution };
      const history = await toygres.instances.health(id, query, { signal });
      return { window: { from, to }, step: STEPS[resolution], history };
    },
    ...again,
  });
}

/** Health per day: percentiles of whole days say more than those of many short stretches. */
export function dailyHealth(params: () => Wanted | undefined): LiveQuery<readonly HealthBucket[]> {
  const toygres = inject(TOYGRES);
  return liveQuery<Wanted, readonly HealthBucket[]>({
    params,
    load: async ({ id, range }, signal) => {
      const { from, to } = windowOf(range, new Date());
      const query = { from: from.toISOString(), to: to.toISOString(), resolution: '1d' as const };
      return (await toygres.instances.health(id, query, { signal })).buckets;
    },
    ...again,
  });
}

/** The latest checks of a range. */
export function latestChecks(
  params: () => (Wanted & { readonly limit: number }) | undefined,
): LiveQuery<HealthHistory> {
  const toygres = inject(TOYGRES);
  return liveQuery<Wanted & { readonly limit: number }, HealthHistory>({
    params,
    load: ({ id, range, limit }, signal) => {
      const { from, to } = windowOf(range, new Date());
      const query = { from: from.toISOString(), to: to.toISOString(), resolution: 'raw' as const, limit };
      return toygres.instances.health(id, query, { signal });
    },
    ...again,
  });
}

export interface Incidents {
  readonly window: HealthWindow;
  readonly incidents: readonly Incident[];
  /** False: the timeline is so long that it was not read to the begin of the window. */
  readonly complete: boolean;
}

/** Events read at a time, and how often. More than this nobody reads through. */
const PAGE = 500;
const PAGES = 4;

/** The incidents of a range, from the timeline. */
export function healthIncidents(params: () => Wanted | undefined): LiveQuery<Incidents> {
  const toygres = inject(TOYGRES);
  return liveQuery<Wanted, Incidents>({
    params,
    load: async ({ id, range }, signal) => {
      const window = windowOf(range, new Date());
      const events: TimelineEvent[] = [];
      let before: string | null = null;
      let complete = false;
      for (let page = 0; page < PAGES && !complete; page += 1) {
        const query = before === null ? { limit: PAGE } : { limit: PAGE, before };
        const answer = await toygres.instances.timeline(id, query, { signal });
        events.push(...answer.events);
        before = answer.next_before;
        // Health that had changed before the window still reaches into it.
        complete =
          before === null ||
          answer.events.some(
            ({ type, created_at: at }) => type === 'instance.health_changed' && Date.parse(at) < window.from.getTime(),
          );
      }
      return { window, incidents: incidentsOf(events, window), complete };
    },
    patch: again.patch,
  });
}
