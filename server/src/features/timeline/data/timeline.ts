import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

/** An event as readers get it. */
export interface TimelineRow {
  readonly id: bigint;
  readonly instance_id: string | null;
  readonly instance_name: string | null;
  readonly orchestration_id: string | null;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly created_at: Date;
}

type StoredRow = Omit<TimelineRow, 'id'> & { readonly id: string };

const COLUMNS = `e.id, e.instance_id, i.name AS instance_name, e.orchestration_id, e.type, e.data, e.created_at`;

/** Reading the timeline. Ids become visible in their order, so "after the last that I saw" misses nothing. */
@Injectable()
export class Timeline {
  constructor(private readonly database: Database) {}

  /** The oldest id that is still kept and the newest; both 0 when there is none. */
  async range(): Promise<{ readonly first: bigint; readonly last: bigint }> {
    const [row] = await this.database.query<{ first: string; last: string }>(
      `SELECT coalesce(min(id), 0) AS first, coalesce(max(id), 0) AS last FROM instance_events`,
    );
    return { first: BigInt(row?.first ?? 0), last: BigInt(row?.last ?? 0) };
  }

  /** Events after an id, the oldest first; of all instances, or of one. */
  async after(id: bigint, limit: number, instanceId: string | null = null): Promise<readonly TimelineRow[]> {
    const rows = await this.database.query<StoredRow>(
      `SELECT ${COLUMNS} FROM instance_events e LEFT JOIN instances i ON i.id = e.instance_id
       WHERE e.id > $1 ${instanceId === null ? '' : 'AND e.instance_id = $3'} ORDER BY e.id LIMIT $2`,
      instanceId === null ? [id, limit] : [id, limit, instanceId],
    );
    return rows.map(parse);
  }

  /** Events of an instance before an id (or the newest), the newest first. */
  async before(instanceId: string, id: bigint | null, limit: number): Promise<readonly TimelineRow[]> {
    const rows = await this.database.query<StoredRow>(
      `SELECT ${COLUMNS} FROM instance_events e JOIN instances i ON i.id = e.instance_id
       WHERE e.instance_id = $1 ${id === null ? '' : 'AND e.id < $3'} ORDER BY e.id DESC LIMIT $2`,
      id === null ? [instanceId, limit] : [instanceId, limit, id],
    );
    return rows.map(parse);
  }
}

function parse(row: StoredRow): TimelineRow {
  return { ...row, id: BigInt(row.id) };
}
