import { computed, inject, Injectable } from '@angular/core';
import type { OrchestrationRecord, Stats, TimelineEvent } from '#sdk';
import { TOYGRES } from '../core/toygres';
import { type Change, liveQuery } from './live-query';
import { checkInstances, patchInstance } from './instance-patch';
import { patchOrchestration } from './orchestration-patch';

/** Figures over all instances, for the dashboard and for the navigation. */
@Injectable({ providedIn: 'root' })
export class Fleet {
  readonly #toygres = inject(TOYGRES);
  readonly stats = liveQuery<true, Stats>({
    params: () => true,
    load: (_, signal) => this.#toygres.stats({ signal }),
    patch: patchStats,
    check: (stats, check) => {
      const recent = checkInstances(stats.recent_instances, check);
      return recent && { value: { ...stats, recent_instances: recent } };
    },
  });
  readonly inFlight = computed(() => this.stats.value()?.orchestrations_in_flight.length);
}

/** Events move what is listed in place; counts are read anew, because an event does not say what an instance was before. */
function patchStats(stats: Stats, event: TimelineEvent): Change<Stats> | undefined {
  if (event.instance_id === null) {
    return undefined;
  }
  const patched = (instances: Stats['recent_instances']): Stats['recent_instances'] =>
    instances.map((instance) => patchInstance(instance, event)?.value ?? instance);
  return {
    value: {
      ...stats,
      recent_instances: patched(stats.recent_instances),
      failed_instances: patched(stats.failed_instances),
      orchestrations_in_flight: stats.orchestrations_in_flight
        .map((orchestration: OrchestrationRecord) => patchOrchestration(orchestration, event)?.value ?? orchestration)
        .filter(({ finished_at }) => finished_at === null),
    },
    reload: event.type !== 'orchestration.progress',
  };
}
