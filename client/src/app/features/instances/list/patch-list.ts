import type { InstanceList, TimelineEvent } from '#sdk';
import { patchInstance } from '../../../live/instance-patch';
import type { Change } from '../../../live/live-query';
import type { ListQuery } from './list-query';

/** Brings an event into a page of instances. What may come to this page, leave it or move on it is read anew. */
export function patchList(
  list: InstanceList,
  event: TimelineEvent,
  query: ListQuery,
): Change<InstanceList> | undefined {
  const present = list.instances.find(({ id }) => id === event.instance_id);
  const change = present && patchInstance(present, event);
  const moves = mayMove(event, query);
  if (!change && !moves) {
    return undefined;
  }
  return {
    value: change
      ? {
          ...list,
          instances: list.instances.map((instance) => (instance === present ? change.value : instance)),
        }
      : list,
    reload: moves || change?.reload === true,
  };
}

/** An event does not say what the instance was before, nor what else is known of it. */
function mayMove({ type }: TimelineEvent, { healths, sort }: ListQuery): boolean {
  switch (type) {
    case 'instance.created':
    case 'instance.state_changed':
      return true;
    case 'instance.health_changed':
      return healths.length > 0 || /health|updated_at/.test(sort);
    default:
      return false;
  }
}
