import type { ClientConfig } from 'pg';

/** The schema of Toygres' tables. The queue keeps its own, `bullmq`. */
export const SCHEMA = 'toygres';
export const QUEUE_SCHEMA = 'bullmq';

/**
 * Milliseconds for which a transaction of ours may stand still. A process that is paused in the midst of one, by SIGSTOP or with its whole
 * machine, holds its locks; those of events are of everybody. Its statements follow each other at once when it runs.
 */
const IDLE_IN_TRANSACTION_MS = 5_000;

/**
 * How any connection to the metadata database is opened. The search path is pinned, so that a schema of somebody else's can't shadow a
 * function or operator of ours.
 */
export function connectionConfig(url: string, applicationName: string, schema = SCHEMA): ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    options: `-c search_path=${schema},public -c idle_in_transaction_session_timeout=${String(IDLE_IN_TRANSACTION_MS)}`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
}
