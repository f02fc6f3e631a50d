import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, CONFIG } from '../../../config/config.js';
import { DataPlane } from '../../../data-plane/index.js';
import { DatabaseListener } from '../../../platform/database/database-listener.js';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { Queues } from '../../../platform/queue/queue.module.js';
import { healthSchedulerId, InstanceRepository } from '../../instances/index.js';
import { Timeline } from '../../timeline/index.js';

export const HEALTH_QUEUE = 'health';

/** A health check of one instance. */
export interface HealthJob {
  readonly instanceId: string;
}

/** How often schedulers are compared with the instances, in milliseconds: schedulers live in the queue, and the queue is disposable. */
const RECONCILE_MS = 60_000;

/**
 * Keeps one job scheduler per running instance: follows the timeline while it can, and compares all of them at the start and every minute.
 */
@Injectable()
export class HealthSchedulers implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(HealthSchedulers.name);
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #position = 0n;
  #following: Promise<void> = Promise.resolve();
  #unsubscribe: (() => void) | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly listener: DatabaseListener,
    private readonly timeline: Timeline,
    private readonly instances: InstanceRepository,
    private readonly queues: Queues,
    private readonly dataPlane: DataPlane,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#position = (await this.timeline.range()).last;
    await this.reconcile();
    this.#unsubscribe = await this.listener.subscribe('toygres_events', () => {
      this.#following = this.#following.then(() => this.#follow());
    });
    this.#timer = setInterval(() => void this.reconcile(), RECONCILE_MS);
    void this.dataPlane
      .watch((instanceId) => void this.checkNow(instanceId), this.#stop.signal)
      .catch((error: unknown) => {
        this.#logger.warn(`Servers are not watched any more: ${errorMessage(error)}`);
      });
  }

  async onApplicationShutdown(): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#timer);
    this.#unsubscribe?.();
    await this.#following;
  }

  /** Has an instance checked at once, besides its schedule. */
  async checkNow(instanceId: string): Promise<void> {
    const job: HealthJob = { instanceId };
    await this.queues
      .get(HEALTH_QUEUE)
      .add('check', job)
      .catch((error: unknown) => {
        this.#logger.warn(`A check could not be queued: ${errorMessage(error)}`);
      });
  }

  /** Makes the schedulers those of the running instances. */
  async reconcile(): Promise<void> {
    try {
      const running = await this.instances.withState('running');
      const schedulers = await this.queues.get(HEALTH_QUEUE).getJobSchedulers();
      const every = this.#everyMs;
      const present = new Map(schedulers.map((scheduler) => [scheduler.key, scheduler.every]));
      for (const { id, k8sName } of running) {
        const key = healthSchedulerId(k8sName);
        if (present.get(key) !== every) {
          await this.#schedule(id, k8sName);
        }
        present.delete(key);
      }
      for (const key of present.keys()) {
        await this.queues.get(HEALTH_QUEUE).removeJobScheduler(key);
      }
    } catch (error) {
      this.#logger.warn(`The schedules of health checks could not be compared: ${errorMessage(error)}`);
    }
  }

  get #everyMs(): number {
    return Math.round(this.config.healthIntervalSeconds * 1_000);
  }

  async #follow(): Promise<void> {
    try {
      for (const event of await this.timeline.after(this.#position, 1_000)) {
        const { id, type, data, instance_id: instanceId } = event;
        this.#position = id;
        if (instanceId === null) {
          continue;
        }
        if (type === 'instance.state_changed') {
          await this.#stateChanged(instanceId);
        } else if (type === 'orchestration.succeeded' && data['kind'] === 'recover') {
          await this.checkNow(instanceId);
        }
      }
    } catch (error) {
      this.#logger.warn(`The timeline could not be followed: ${errorMessage(error)}`);
    }
  }

  async #stateChanged(instanceId: string): Promise<void> {
    const instance = await this.instances.find(instanceId);
    if (instance?.state === 'running') {
      // The first check of a schedule comes at once.
      await this.#schedule(instanceId, instance.k8sName);
    } else if (instance) {
      await this.queues.get(HEALTH_QUEUE).removeJobScheduler(healthSchedulerId(instance.k8sName));
    }
  }

  async #schedule(instanceId: string, k8sName: string): Promise<void> {
    const data: HealthJob = { instanceId };
    await this.queues
      .get(HEALTH_QUEUE)
      .upsertJobScheduler(healthSchedulerId(k8sName), { every: this.#everyMs }, { name: 'check', data });
  }
}
