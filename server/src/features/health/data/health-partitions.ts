import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** Partitions are made this many days ahead, so that a worker that is down for a while meets what it needs. */
const DAYS_AHEAD = 3;
const PREFIX = 'health_checks_';

/** Name of the partition of a day (UTC). */
export function partitionName(day: Date): string {
  return `${PREFIX}${day.toISOString().slice(0, 10).replaceAll('-', '')}`;
}

/** The daily partitions of `health_checks`. */
@Injectable()
export class HealthPartitions {
  constructor(private readonly database: Database) {}

  /** Makes the partitions of today and the next days; those that are there stay. */
  async ensure(now = new Date()): Promise<void> {
    for (let ahead = -1; ahead <= DAYS_AHEAD; ahead += 1) {
      const day = new Date(Math.floor(now.getTime() / DAY_MS + ahead) * DAY_MS);
      const from = day.toISOString();
      const to = new Date(day.getTime() + DAY_MS).toISOString();
      // Two workers may be at it at once; IF NOT EXISTS alone does not make that safe.
      await this.database.transaction(async (transaction) => {
        await transaction.query(`SELECT pg_advisory_xact_lock(hashtextextended('toygres.health_partitions', 0))`);
        await transaction.query(
          `CREATE TABLE IF NOT EXISTS ${partitionName(day)} PARTITION OF health_checks FOR VALUES FROM ('${from}') TO ('${to}')`,
        );
      });
    }
  }

  /** Drops the partitions of days that ended before the retention began. @returns their names */
  async expire(retentionDays: number, now = new Date()): Promise<readonly string[]> {
    const oldest = partitionName(new Date(now.getTime() - retentionDays * DAY_MS));
    const rows = await this.database.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'health_checks'::regclass AND c.relname < $1`,
      [oldest],
    );
    for (const { name } of rows) {
      await this.database.query(`DROP TABLE IF EXISTS ${name}`);
    }
    return rows.map(({ name }) => name);
  }
}
