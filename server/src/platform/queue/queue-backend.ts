import { createPostgresBackend, runMigrations, setDefaultBackendFactory } from 'bullmq';
import { Redis } from 'ioredis';
import { Client, Pool } from 'pg';
import { connectionConfig, QUEUE_SCHEMA } from '../database/connection.js';
import { errorMessage } from '../errors/domain-error.js';
import { StartError } from '../errors/start-error.js';

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

  /**
   * Chooses the backend for every queue of this process. Must be called before the first queue is made.
   *
   * @throws StartError when Redis does not answer
   */
  static async open({ databaseUrl, redisUrl }: QueueLocation, applicationName: string): Promise<QueueConnection> {
    if (redisUrl !== undefined) {
      setDefaultBackendFactory();
      return new QueueConnection('redis', await connectToRedis(redisUrl));
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

async function connectToRedis(url: string): Promise<Redis> {
  const first = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  let last: unknown;
  first.on('error', (error) => (last = error));
  try {
    await first.connect();
    await first.ping();
  } catch (error) {
    throw new StartError(`TOYGRES_REDIS_URL: Redis does not answer (${errorMessage(last ?? error)}).`, {
      cause: error,
    });
  } finally {
    first.disconnect();
  }
  // From here on it may come and go: BullMQ demands unlimited retries of its blocking connections. Workers report its errors.
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', () => undefined);
  return redis;
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
