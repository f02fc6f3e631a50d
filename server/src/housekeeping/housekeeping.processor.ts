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
import { errorMessage } from '../platform/errors/domain-error.js';
import { Queues } from '../platform/queue/queue.module.js';
import type { QueueName } from '../platform/queue/queues.js';
import { HOUSEKEEPING_METADATA, type HousekeepingRun, type HousekeepingSchedule } from './housekeeping-task.js';

const HOUSEKEEPING_QUEUE: QueueName = 'housekeeping';

/** How often the schedules are looked at, in milliseconds: they live in the queue, and the queue is disposable. */
const LOOK_MS = 60_000;

/** Runs the housekeeping tasks by job schedulers, so that each runs once however many workers there are. */
@Injectable()
@Processor(HOUSEKEEPING_QUEUE, { autorun: false })
export class HousekeepingProcessor extends WorkerHost implements OnApplicationBootstrap, BeforeApplicationShutdown {
  readonly #logger = new Logger(HousekeepingProcessor.name);
  readonly #tasks = new Map<string, { readonly task: HousekeepingRun; readonly every: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
    private readonly queues: Queues,
  ) {
    super();
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const { metatype, instance } of this.discovery.getProviders()) {
      const schedule =
        metatype && this.reflector.get<HousekeepingSchedule | undefined>(HOUSEKEEPING_METADATA, metatype);
      if (schedule) {
        const { name, everyMs } = schedule;
        const every = typeof everyMs === 'number' ? everyMs : everyMs(this.config);
        this.#tasks.set(name, { task: instance as HousekeepingRun, every });
      }
    }
    await this.keepSchedules();
    const queue = this.queues.get(HOUSEKEEPING_QUEUE);
    for (const { key } of await queue.getJobSchedulers()) {
      if (!this.#tasks.has(key)) {
        await queue.removeJobScheduler(key);
      }
    }
    this.#timer = setInterval(() => {
      this.keepSchedules().catch((error: unknown) => {
        this.#logger.warn(`The schedules could not be looked at: ${errorMessage(error)}`);
      });
    }, LOOK_MS);
    void this.worker.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer);
    await this.worker.close();
  }

  /** Makes the schedules that the queue lacks, or has lost. */
  async keepSchedules(): Promise<void> {
    const queue = this.queues.get(HOUSEKEEPING_QUEUE);
    const present = new Map((await queue.getJobSchedulers()).map((scheduler) => [scheduler.key, scheduler.every]));
    for (const [name, { every }] of this.#tasks) {
      if (present.get(name) !== every) {
        await queue.upsertJobScheduler(name, { every }, { name });
      }
    }
  }

  async process(job: Job): Promise<void> {
    const known = this.#tasks.get(job.name);
    if (!known) {
      this.#logger.warn(`There is no housekeeping task "${job.name}" in this build.`);
      return;
    }
    await known.task.run();
  }

  @OnWorkerEvent('error')
  queueFailed(error: Error): void {
    this.#logger.warn(`Queue: ${error.message}`);
  }
}
