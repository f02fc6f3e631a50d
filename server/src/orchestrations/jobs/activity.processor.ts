import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type Job, UnrecoverableError } from 'bullmq';
import { type Config, CONFIG } from '../../config/config.js';
import { concurrencyOf } from '../../platform/queue/queues.js';
import type { ActivityKey } from '../data/activity.repository.js';
import { ActivityRunner } from './activity-runner.js';
import { ACTIVITY_QUEUE, BACKOFF } from './flow-builder.js';

/** Tells BullMQ to run the job again after a wait that the runner has chosen. */
class RunAgain extends Error {
  constructor(readonly delayMs: number) {
    super(`again in ${String(delayMs)} ms`);
    this.name = 'RunAgain';
  }
}

/** Runs the jobs of activities. What a job is about lies in the row; the job only says which. */
@Injectable()
@Processor(ACTIVITY_QUEUE, {
  autorun: false,
  // A job of a worker that died comes back as often as it takes; whether it is still to run, its row knows.
  maxStalledCount: 1_000_000,
  settings: {
    backoffStrategy: (_attempts, type, error) =>
      type === BACKOFF && error instanceof RunAgain ? error.delayMs : 1_000,
  },
})
export class ActivityProcessor extends WorkerHost implements OnApplicationBootstrap {
  readonly #logger = new Logger(ActivityProcessor.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly runner: ActivityRunner,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = concurrencyOf(ACTIVITY_QUEUE, this.config.workerConcurrency);
    void this.worker.run();
  }

  async process(job: Job<ActivityKey>): Promise<void> {
    const verdict = await this.runner.run(job.data);
    if (verdict.verdict === 'again') {
      throw new RunAgain(verdict.delayMs);
    }
    if (verdict.verdict === 'failed') {
      throw new UnrecoverableError(verdict.message);
    }
  }

  /** The queue has lost a job or its connection. Rows and sweep mend what follows from it. */
  @OnWorkerEvent('error')
  queueFailed(error: Error): void {
    this.#logger.warn(`Queue: ${error.message}`);
  }
}
