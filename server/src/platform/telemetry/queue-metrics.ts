import { Injectable } from '@nestjs/common';
import { Queues } from '../queue/queue.module.js';
import { QUEUE_NAMES } from '../queue/queues.js';
import { Metrics } from './metrics.js';

/** Depth and delay of the queues, asked for when somebody scrapes. */
@Injectable()
export class QueueMetrics {
  constructor(
    private readonly queues: Queues,
    private readonly metrics: Metrics,
  ) {}

  async update(): Promise<void> {
    await Promise.all(
      QUEUE_NAMES.map(async (name) => {
        const queue = this.queues.get(name);
        const counts = await queue.getJobCounts(
          'waiting',
          'active',
          'delayed',
          'prioritized',
          'waiting-children',
          'failed',
        );
        for (const [state, count] of Object.entries(counts)) {
          this.metrics.queueJobs.set({ queue: name, state }, count);
        }
        const [oldest] = await queue.getJobs('waiting', 0, 0, true);
        const delay = oldest ? Math.max(0, Date.now() - oldest.timestamp) / 1_000 : 0;
        this.metrics.queueDelay.set({ queue: name }, delay);
      }),
    );
  }
}
