import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Job } from 'bullmq';
import { type Config, CONFIG } from '../../../config/config.js';
import { concurrencyOf } from '../../../platform/queue/queues.js';
import { HealthChecker } from './health-checker.js';
import { HEALTH_QUEUE, type HealthJob } from './health-schedulers.js';

@Injectable()
@Processor(HEALTH_QUEUE, { autorun: false })
export class HealthProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(HealthProcessor.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly checker: HealthChecker,
  ) {
    super();
  }

  onApplicationBootstrap(): void {
    this.worker.concurrency = concurrencyOf(HEALTH_QUEUE, this.config.workerConcurrency);
    void this.worker.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }

  async process(job: Job<HealthJob>): Promise<void> {
    await this.checker.check(job.data.instanceId);
  }

  @OnWorkerEvent('failed')
  checkFailed(job: Job<HealthJob> | undefined, error: Error): void {
    this.#logger.warn(`The check of ${job?.data.instanceId ?? 'an instance'} could not be made: ${error.message}`);
  }

  @OnWorkerEvent('error')
  queueFailed(error: Error): void {
    this.#logger.warn(`Queue: ${error.message}`);
  }
}
