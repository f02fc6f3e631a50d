import { Redis } from 'ioredis';
import { QUEUE_SCHEMA } from '../../server/src/platform/database/connection.js';
import type { ChaosDatabase } from './chaos-database.js';

/** Where the jobs of a system are, and what harm can be done to them. */
export interface ChaosQueue {
  /** Null when the queue lives in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Loses every job. */
  empty(): Promise<void>;
  /** Cuts the connections of the control plane that are the queue's alone. */
  dropConnections(): Promise<void>;
  close(): Promise<void>;
}

export function postgresQueue(database: ChaosDatabase): ChaosQueue {
  return {
    redisUrl: null,
    empty: async () => {
      const tables = await database.query<{ name: string }>(
        `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
         WHERE schemaname = $1 AND tablename !~ 'migration'`,
        [QUEUE_SCHEMA],
      );
      await database.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
    },
    // Those of the database are its own.
    dropConnections: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

/** @param url of a Redis database that nobody else uses */
export function redisQueue(url: string): ChaosQueue {
  const redis = new Redis(url);
  return {
    redisUrl: url,
    empty: async () => {
      await redis.flushdb();
    },
    dropConnections: async () => {
      await redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    },
    close: async () => {
      await redis.flushdb();
      redis.disconnect();
    },
  };
}
