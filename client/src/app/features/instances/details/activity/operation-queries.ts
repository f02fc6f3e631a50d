import { inject } from '@angular/core';
import type { OrchestrationRecord } from '#sdk';
import { TOYGRES } from '../../../../core/toygres';
import { type LiveQuery, liveQuery } from '../../../../live/live-query';
import { patchOrchestration } from '../../../../live/orchestration-patch';

/** The latest operations of an instance, the newest first. */
export function operationsOf(id: () => string | undefined, limit: number): LiveQuery<readonly OrchestrationRecord[]> {
  const toygres = inject(TOYGRES);
  return liveQuery<string, readonly OrchestrationRecord[]>({
    params: id,
    load: async (instanceId, signal) =>
      (await toygres.orchestrations.list({ instance_id: instanceId, limit }, { signal })).orchestrations,
    patch: (operations, event, instanceId) => {
      if (event.instance_id !== instanceId || event.orchestration_id === null) {
        return undefined;
      }
      if (!operations.some(({ id: known }) => known === event.orchestration_id)) {
        return { value: operations, reload: true };
      }
      const changes = operations.map((operation) => patchOrchestration(operation, event) ?? { value: operation });
      return { value: changes.map(({ value }) => value), reload: changes.some(({ reload }) => reload === true) };
    },
  });
}
