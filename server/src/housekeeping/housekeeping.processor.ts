import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { Job } from 'bullmq';
import { type Config, CONFIG } from '../config/config.js';
import { Queues } from '../platform/queue/queue.module.js';
import type { QueueName } from '../platform/queue/queues.js';
import { HOUSEKEEPING_METADATA, type HousekeepingRun, type HousekeepingSchedule } from './housekeeping-task.js';

const HOUSEKEEPING_QUEUE: QueueName = 'housekeeping';

/** Runs the housekeeping tasks by job schedulers, so that each runs once however many workers there are. */
@Injectable()
@Processor(HOUSEKEEPING_QUEUE, { autorun: false })
export class HousekeepingProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(HousekeepingProcessor.name);
  readonly #tasks = new Map<string, HousekeepingRun>();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly queues: Queues,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    const queue = this.queues.get(HOUSEKEEPING_QUEUE);
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const schedule =
        metatype && this.reflector.get<HousekeepingSchedule | undefined>(HOUSEKEEPING_METADATA, metatype);
      if (schedule) {
        this.#tasks.set(schedule.name, instance as HousekeepingRun);
        const { name, everyMs } = schedule;
        const every = typeof everyMs === 'number' ? everyMs : everyMs(this.config);
        await queue.upsertJobScheduler(name, { every }, { name });
      }
    }
    for (const { key } of await queue.getJobSchedulers()) {
      if (!this.#tasks.has(key)) {
        await queue.removeJobScheduler(key);
      }
    }
    void this.worker.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.worker.close();
  }

  async process(job: Job): Promise<void> {
    const task = this.#tasks.get(job.name);
    if (!task) {
      this.#logger.warn(`There is no housekeeping task "${job.name}" in this build.`);
      return;
    }
    await task.run();
  }

  @OnWorkerEvent('error')
  queueFailed(error: Error): void {
    this.#logger.warn(`Queue: ${error.message}`);
  }
}
