import type { ClientConfig } from 'pg';

/** The schema of Toygres' tables. The queue keeps its own, `bullmq`. */
export const SCHEMA = 'toygres';
export const QUEUE_SCHEMA = 'bullmq';

/**
 * How any connection to the metadata database is opened. The search path is pinned, so that a schema of somebody else's can't shadow a
 * function or operator of ours.
 */
export function connectionConfig(url: string, applicationName: string, schema = SCHEMA): ClientConfig {
  return {
    connectionString: url,
    application_name: applicationName,
    options: `-c search_path=${schema},public`,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  };
}
