import type { DefaultJobOptions } from 'bullmq';

/** What a user waits for, health checks, and housekeeping: apart, so that none starves another. */
export type QueueName = 'interactive' | 'health' | 'housekeeping';

interface QueueSettings {
  readonly description: string;
  /** Share of TOYGRES_WORKER_CONCURRENCY that a worker gives to this queue. */
  readonly concurrencyShare: number;
  readonly jobOptions: Required<Pick<DefaultJobOptions, 'attempts' | 'removeOnComplete' | 'removeOnFail'>>;
}

/** Rows are the truth. Only failed jobs are kept for an operator to look at: to keep others costs the queue in PostgreSQL a scan of them each time. */
const KEEP = { count: 100, age: 3_600 } as const;

export const QUEUES: Readonly<Record<QueueName, QueueSettings>> = {
  interactive: {
    description: 'Activities of orchestrations that a user waits for.',
    concurrencyShare: 1,
    jobOptions: {
      // The activity's row counts the attempts and ends them; the queue must never be the first to give up.
      attempts: 1_000_000,
      removeOnComplete: true,
      removeOnFail: KEEP,
    },
  },
  health: {
    description: 'Health checks of running instances.',
    concurrencyShare: 2,
    jobOptions: {
      // A failed check is a result, not a failure; the next one comes by schedule.
      attempts: 1,
      removeOnComplete: true,
      removeOnFail: KEEP,
    },
  },
  housekeeping: {
    description: 'Retention, partitions and sums.',
    concurrencyShare: 0.25,
    jobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: KEEP },
  },
};

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** How many jobs of a queue one worker process runs at once. */
export function concurrencyOf(queue: QueueName, workerConcurrency: number): number {
  return Math.max(1, Math.ceil(QUEUES[queue].concurrencyShare * workerConcurrency));
}
