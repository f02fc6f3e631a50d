import type { TimelineEvent } from '#sdk';
import type { HealthWindow } from './health-window';

/** A time in which an instance was unhealthy. */
export interface Incident {
  readonly id: string;
  readonly from: Date;
  /** Null: it goes on. */
  readonly to: Date | null;
  readonly reason: string | null;
}

/** The incidents that lie in a window or reach into it, the newest first. */
export function incidentsOf(events: readonly TimelineEvent[], window: HealthWindow): readonly Incident[] {
  const incidents: Incident[] = [];
  for (const event of events.toSorted((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at))) {
    const open = incidents.at(-1);
    const at = new Date(event.created_at);
    if (event.type === 'instance.health_changed' && event.data['health_status'] === 'unhealthy') {
      const { reason } = event.data;
      incidents.push({ id: event.id, from: at, to: null, reason: typeof reason === 'string' ? reason : null });
    } else if (
      open?.to === null &&
      (event.type === 'instance.health_changed' || event.type === 'instance.state_changed')
    ) {
      incidents[incidents.length - 1] = { ...open, to: at };
    }
  }
  return incidents.filter(({ from, to }) => from < window.to && (to === null || to >= window.from)).reverse();
}

/** How long an instance was unhealthy within a window, in milliseconds. */
export function downtimeOf(incidents: readonly Incident[], window: HealthWindow, now: Date): number {
  return incidents.reduce((sum, { from, to }) => {
    const begin = Math.max(from.getTime(), window.from.getTime());
    const end = Math.min((to ?? now).getTime(), window.to.getTime());
    return sum + Math.max(0, end - begin);
  }, 0);
}
