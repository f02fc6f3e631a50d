import { createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';
import { connectionConfig, QUEUE_SCHEMA } from '../database/connection.js';

/** Connections of one process for its queues; a worker keeps one per queue for LISTEN. */
const POOL_SIZE = 12;

export interface QueueLocation {
  readonly databaseUrl: string;
  readonly redisUrl?: string | undefined;
}

/** The connection that all queues of a process share. */
export class QueueConnection {
  private constructor(
    readonly backend: 'postgres' | 'redis',
    readonly connection: Pool | Redis,
  ) {}

  /** Chooses the backend for every queue of this process. Must be called before the first queue is made. */
  static open({ databaseUrl, redisUrl }: QueueLocation, applicationName: string): QueueConnection {
    if (redisUrl !== undefined) {
      setDefaultBackendFactory();
      // BullMQ demands unlimited retries of its blocking connections: it waits for Redis to come back.
      return new QueueConnection('redis', new Redis(redisUrl, { maxRetriesPerRequest: null }));
    }
    setDefaultBackendFactory(createPostgresBackend);
    const pool = new Pool({
      ...connectionConfig(databaseUrl, `${applicationName} queue`, QUEUE_SCHEMA),
      max: POOL_SIZE,
    });
    // An idle connection that breaks is replaced by the pool; the queue reports what fails while it is used.
    pool.on('error', () => undefined);
    // Every queue and worker listens on the pool that they share; Node would take that for a leak.
    pool.setMaxListeners(0);
    return new QueueConnection('postgres', pool);
  }

  async close(): Promise<void> {
    if (this.connection instanceof Pool) {
      await this.connection.end();
    } else {
      this.connection.disconnect();
    }
  }
}

/** Brings the queue's own tables up to date. Redis needs none. */
export async function migrateQueue({ databaseUrl, redisUrl }: QueueLocation): Promise<void> {
  if (redisUrl !== undefined) {
    return;
  }
  const client = new Client(connectionConfig(databaseUrl, 'toygres migrate', QUEUE_SCHEMA));
  await client.connect();
  try {
    await runMigrations(client, QUEUE_SCHEMA);
  } finally {
    await client.end();
  }
}
