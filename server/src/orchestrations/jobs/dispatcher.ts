import { InjectFlowProducer } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { FlowProducer } from 'bullmq';
import { type Config, CONFIG } from '../../config/config.js';
import { DatabaseListener } from '../../platform/database/database-listener.js';
import { Database } from '../../platform/database/database.js';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { FLOW_PRODUCER, Queues } from '../../platform/queue/queue.module.js';
import { type Dispatch, OrchestrationRepository, type Standstill } from '../data/orchestration.repository.js';
import { ACTIVITY_QUEUE, buildFlow, jobId } from './flow-builder.js';
import { OrchestrationCloser } from './orchestration-closer.js';

/** Orchestrations claimed at once. */
const BATCH = 50;

/** States in which a job that the row waits for will run by itself. In any other the queue has lost it, or its worker died. */
const WILL_RUN: ReadonlySet<string> = new Set(['waiting', 'delayed', 'prioritized']);

/**
 * Turns orchestrations that wait for dispatch into flows: at once when the database notifies, and by a sweep that finds what the queue has
 * lost. Any number of workers may run one: rows are claimed, and a re-dispatch makes all earlier jobs stale.
 */
@Injectable()
export class Dispatcher implements OnApplicationBootstrap {
  readonly #logger = new Logger(Dispatcher.name);
  #unsubscribe: (() => void) | undefined;
  #sweepTimer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #again = false;
  #stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly listener: DatabaseListener,
    private readonly orchestrations: OrchestrationRepository,
    private readonly closer: OrchestrationCloser,
    private readonly queues: Queues,
    @InjectFlowProducer(FLOW_PRODUCER) private readonly flows: FlowProducer,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#unsubscribe = await this.listener.subscribe('toygres_orchestrations', () => {
      this.wake();
    });
    this.#scheduleSweep();
  }

  /** Stops taking orchestrations; resolves when the dispatch under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#sweepTimer);
    this.#unsubscribe?.();
    await this.#running;
  }

  /** Dispatches what waits. Calls during a dispatch lead to one more. */
  wake(): void {
    if (this.#stopped) {
      return;
    }
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#running = this.#dispatchAll().finally(() => {
      this.#running = undefined;
      if (this.#again) {
        this.#again = false;
        this.wake();
      }
    });
  }

  async #dispatchAll(): Promise<void> {
    try {
      for (;;) {
        await this.#undoCalledOff();
        const claimed = await this.orchestrations.claimForDispatch(BATCH);
        await this.#enqueue(claimed);
        if (claimed.length < BATCH || this.#stopped) {
          return;
        }
      }
    } catch (error) {
      this.#logger.warn(`The dispatch failed and is tried again: ${errorMessage(error)}`);
    }
  }

  /** Those that a worker is at are left to it: it is woken too, and undoes them when it has let go. */
  async #undoCalledOff(): Promise<void> {
    for (const id of await this.orchestrations.calledOff()) {
      await this.database.transaction((transaction) => this.closer.cancel(transaction, id));
    }
  }

  async #enqueue(claimed: readonly Dispatch[]): Promise<void> {
    const flows = claimed.map(buildFlow).filter((flow) => flow !== undefined);
    if (flows.length === 0) {
      return;
    }
    try {
      await this.flows.addBulk(flows);
    } catch (error) {
      // The queue may have taken some of them. The next generation makes those stale.
      for (const { id, generation } of claimed) {
        await this.orchestrations.requestDispatch(id, generation);
      }
      throw error;
    }
  }

  #scheduleSweep(): void {
    // Jitter keeps workers that were started together from sweeping together.
    const delay = this.config.sweepSeconds * 1_000 * (0.75 + Math.random() / 2);
    this.#sweepTimer = setTimeout(() => {
      void this.sweep().finally(() => {
        if (!this.#stopped) {
          this.#scheduleSweep();
        }
      });
    }, delay);
  }

  /** Finds orchestrations that stand still and has them dispatched again, or ends those whose deadline has passed. */
  async sweep(): Promise<void> {
    try {
      for (const standstill of await this.orchestrations.standstills(this.config.leaseSeconds)) {
        await this.#mend(standstill);
      }
      this.wake();
    } catch (error) {
      this.#logger.warn(`The sweep failed and is tried again: ${errorMessage(error)}`);
    }
  }

  async #mend(standstill: Standstill): Promise<void> {
    if (standstill.overdue) {
      await this.database.transaction((transaction) =>
        this.closer.fail(transaction, standstill.id, {
          code: 'deadline_exceeded',
          message: 'The deadline passed before the orchestration was finished.',
          details: null,
        }),
      );
      return;
    }
    // A lease that ran out says by itself that the worker is gone. Otherwise the queue may just be long: ask it.
    if (standstill.activityStatus !== 'running') {
      const id = jobId({ ...standstill, orchestrationId: standstill.id });
      const state = await this.queues.get(ACTIVITY_QUEUE).getJobState(id);
      if (WILL_RUN.has(state)) {
        return;
      }
    }
    this.#logger.warn(`${standstill.id} stands still and is dispatched again.`);
    await this.orchestrations.requestDispatch(standstill.id, standstill.generation);
  }
}
