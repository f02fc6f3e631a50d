import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ActivityAborted } from './abort-reason.js';
import { ActivityProcessor } from './activity.processor.js';
import { Dispatcher } from './dispatcher.js';
import { LeaseKeeper } from './lease-keeper.js';

/** What is running gets this long to finish before it is handed back. The whole process must be gone within 10 s. */
const FINISH_MS = 5_000;

/**
 * Brings the engine down in order, while the database and the queue are still there: no further dispatch, no further job, then what runs
 * finishes or is handed back.
 */
@Injectable()
export class EngineShutdown implements BeforeApplicationShutdown {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly processor: ActivityProcessor,
    private readonly leases: LeaseKeeper,
  ) {}

  async beforeApplicationShutdown(): Promise<void> {
    await this.dispatcher.stop();
    const handBack = setTimeout(() => {
      this.leases.abortAll(new ActivityAborted('shutdown', 'The worker is going down.'));
    }, FINISH_MS);
    await this.processor.worker.close();
    clearTimeout(handBack);
  }
}
