import { Injectable } from '@nestjs/common';
import { Client } from 'pg';
import type { SqlExecutor } from '../../../platform/database/database.js';
import type { LoginTarget } from '../../instances/index.js';

/** How long a visit may take in all, in milliseconds: someone is watching. */
export const VISIT_MS = 5_000;
/** A little less for one statement, so that the server says it, and ends it, before we hang up. */
const STATEMENT_MS = 4_000;

/**
 * What is in the database belongs to the customer. With nothing but the system's own schema in the path, no function or operator that somebody
 * has put there takes the place of one that is meant.
 */
const OPTIONS = `-c statement_timeout=${String(STATEMENT_MS)} -c search_path=pg_catalog`;

/** Visits to an instance's own database: a connection each, which is gone when the work is done. */
@Injectable()
export class InstanceSession {
  /** @throws what the server or the network said; a TimeoutError when it takes too long */
  async visit<Result>(target: LoginTarget, work: (session: SqlExecutor) => Promise<Result>): Promise<Result> {
    const signal = AbortSignal.timeout(VISIT_MS);
    const client = new Client({
      ...target,
      options: OPTIONS,
      connectionTimeoutMillis: VISIT_MS,
      application_name: 'toygres',
    });
    // Without a listener, an error after the work is done would end the process.
    client.on('error', () => undefined);
    // Not a polite end: a server that hangs would never take part in one.
    const abort = (): void => void client.connection.stream.destroy();
    signal.addEventListener('abort', abort, { once: true });
    try {
      await client.connect();
      return await work({
        query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
          (await client.query(sql, [...parameters])).rows as Row[],
      });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', abort);
      await client.end().catch(() => undefined);
    }
  }
}
