import type { z } from 'zod';
import type { TimelineRow } from '../data/timeline.js';
import type { TimelineEvent } from './timeline.schemas.js';

type Event = z.input<typeof TimelineEvent>;

export function toEvent(row: TimelineRow): Event {
  return {
    id: String(row.id),
    // A worker of a newer build may have written what this build has no name for; it is passed on.
    type: row.type as Event['type'],
    instance_id: row.instance_id,
    instance_name: row.instance_name,
    orchestration_id: row.orchestration_id,
    data: { ...row.data },
    created_at: row.created_at.toISOString(),
  };
}

/** An event in the format of server-sent events (WHATWG HTML, 9.2). JSON holds no line break, so one data line is enough. */
export function toFrame(row: TimelineRow): string {
  return `id: ${String(row.id)}\nevent: ${row.type}\ndata: ${JSON.stringify(toEvent(row))}\n\n`;
}
