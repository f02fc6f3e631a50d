import type { Database } from '../../../platform/database/database.js';
import { type LedgerEntry, PortLedger, type PortRange } from '../port-ledger.js';

/** Keeps the ports in the table `instance_ports` of the metadata database. */
export class SqlPortLedger extends PortLedger {
  constructor(private readonly database: Database) {
    super();
  }

  async find(instanceId: string): Promise<number | null> {
    const [row] = await this.database.query<{ port: number }>(
      'SELECT port FROM instance_ports WHERE instance_id = $1',
      [instanceId],
    );
    return row?.port ?? null;
  }

  async claim(instanceId: string, range: PortRange, skip: readonly number[]): Promise<number | null> {
    const held = await this.find(instanceId);
    if (held !== null && !skip.includes(held)) {
      return held;
    }
    return this.database.transaction(async (transaction) => {
      // One at a time: of many that look for the lowest free port at once, all but one would look again.
      await transaction.query("SELECT pg_advisory_xact_lock(hashtextextended('instance_ports', 0))");
      await transaction.query('DELETE FROM instance_ports WHERE instance_id = $1 AND port = ANY($2::int[])', [
        instanceId,
        skip,
      ]);
      const [row] = await transaction.query<{ port: number }>(
        `WITH lowest AS (
           SELECT candidate AS port FROM generate_series($2::int, $3::int) AS candidate
           WHERE candidate <> ALL ($4::int[])
             AND NOT EXISTS (SELECT FROM instance_ports WHERE port = candidate)
           ORDER BY candidate LIMIT 1
         ), claimed AS (
           INSERT INTO instance_ports (port, instance_id) SELECT port, $1 FROM lowest
           ON CONFLICT (instance_id) DO NOTHING RETURNING port
         )
         SELECT port FROM claimed UNION ALL SELECT port FROM instance_ports WHERE instance_id = $1`,
        [instanceId, range.first, range.last, skip],
      );
      return row?.port ?? null;
    });
  }

  async release(instanceId: string): Promise<void> {
    await this.database.query('DELETE FROM instance_ports WHERE instance_id = $1', [instanceId]);
  }

  async list(): Promise<readonly LedgerEntry[]> {
    return this.database.query<LedgerEntry>(
      'SELECT port, instance_id AS "instanceId", created_at AS since FROM instance_ports ORDER BY port',
    );
  }

  async count(): Promise<number> {
    const [row] = await this.database.query<{ count: number }>('SELECT count(*)::int AS count FROM instance_ports');
    return row?.count ?? 0;
  }
}
