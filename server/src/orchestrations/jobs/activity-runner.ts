import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type Config, CONFIG } from '../../config/config.js';
import { Database } from '../../platform/database/database.js';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { Metrics } from '../../platform/telemetry/metrics.js';
import { type ActivityKey, ActivityRepository, type LeasedActivity } from '../data/activity.repository.js';
import { type ActivityDefinition, backoffMs } from '../domain/definition.js';
import { DefinitionRegistry } from '../domain/definition-registry.js';
import { ActivityAborted } from './abort-reason.js';
import { type ActivityFailure, describeFailure } from './activity-failure.js';
import { ActivityLimits } from './activity-limits.js';
import { HandlerRegistry } from './handler-registry.js';
import { LeaseKeeper } from './lease-keeper.js';
import { OrchestrationCloser } from './orchestration-closer.js';
import { ProgressReporter } from './progress-reporter.js';

/** What the queue is to do with the job of an activity. */
export type JobVerdict =
  | { readonly verdict: 'done' }
  | { readonly verdict: 'again'; readonly delayMs: number }
  | { readonly verdict: 'failed'; readonly message: string };

const DONE: JobVerdict = { verdict: 'done' };

/** How soon an activity that somebody else holds is asked for again, in milliseconds. */
const HELD_RETRY_MS = 100;

/** Runs one activity: leases it, calls its handler under a signal, records what came of it. Knows nothing of the queue. */
@Injectable()
export class ActivityRunner {
  readonly #logger = new Logger(ActivityRunner.name);

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly database: Database,
    private readonly activities: ActivityRepository,
    private readonly definitions: DefinitionRegistry,
    private readonly handlers: HandlerRegistry,
    private readonly leases: LeaseKeeper,
    private readonly closer: OrchestrationCloser,
    private readonly metrics: Metrics,
  ) {}

  async run(key: ActivityKey): Promise<JobVerdict> {
    const askedAt = performance.now();
    const leased = await this.activities.lease(key, randomUUID(), this.config.leaseSeconds);
    if (leased === 'stale') {
      return DONE;
    }
    if (leased === 'held') {
      return { verdict: 'again', delayMs: HELD_RETRY_MS };
    }
    const controller = this.leases.hold(leased.leaseToken, askedAt);
    try {
      return await this.#runLeased(leased, controller);
    } finally {
      this.leases.release(leased.leaseToken);
      if (abortReason(controller.signal)?.reason === 'cancelled') {
        await this.database.transaction((transaction) => this.closer.cancel(transaction, leased.orchestrationId));
      }
    }
  }

  async #runLeased(leased: LeasedActivity, controller: AbortController): Promise<JobVerdict> {
    const definition = this.definitions.activity(leased.name);
    const measure = this.metrics.activities.startTimer({ activity: leased.name });
    let result: unknown;
    try {
      result = await this.#call(leased, definition, controller);
      measure({ outcome: 'succeeded' });
    } catch (error) {
      measure({ outcome: 'failed' });
      return await this.#rejected(leased, definition, controller.signal, error);
    }
    const recorded = leased.last
      ? await this.database.transaction(async (transaction) => {
          const fenced = await this.activities.succeedIn(transaction, leased, result);
          if (fenced) {
            await this.closer.phaseEnded(transaction, leased);
          }
          return fenced;
        })
      : await this.activities.succeed(leased, result);
    if (!recorded) {
      this.#logger.warn(`The result of ${leased.name} of ${leased.orchestrationId} came after its lease was lost.`);
    }
    return DONE;
  }

  async #call(
    leased: LeasedActivity,
    definition: ActivityDefinition | undefined,
    controller: AbortController,
  ): Promise<unknown> {
    const handler = this.handlers.activity(leased.name);
    if (!definition || !handler || leased.instanceId === null) {
      throw new Error(`This build has no activity "${leased.name}".`);
    }
    const limits = new ActivityLimits(controller, definition, leased);
    const { deadlineMs } = this.definitions.definition(leased.kind);
    const reporter = new ProgressReporter(limits, deadlineMs, (progress) =>
      this.activities.report(leased, progress, deadlineMs),
    );
    try {
      controller.signal.throwIfAborted();
      return await handler(
        {
          orchestrationId: leased.orchestrationId,
          instanceId: leased.instanceId,
          attempt: leased.attempt,
          results: leased.results,
          report: (progress) => {
            reporter.report(progress);
          },
          fence: async (transaction) => {
            if (!(await this.activities.isHeldIn(transaction, leased))) {
              throw new ActivityAborted('lease-lost', 'Another worker has taken over this activity.');
            }
          },
        },
        controller.signal,
      );
    } finally {
      limits.clear();
      await reporter.close();
    }
  }

  async #rejected(
    leased: LeasedActivity,
    definition: ActivityDefinition | undefined,
    signal: AbortSignal,
    error: unknown,
  ): Promise<JobVerdict> {
    const aborted = abortReason(signal) ?? (error instanceof ActivityAborted ? error : undefined);
    if (aborted?.reason === 'lease-lost') {
      return DONE;
    }
    if (aborted?.reason === 'cancelled' || aborted?.reason === 'shutdown') {
      await this.activities.handBack(leased);
      return { verdict: 'again', delayMs: 0 };
    }
    const failure = describeFailure(error, aborted, leased.orchestrationId);
    this.#log(leased, failure, error);
    const attempts = definition?.attempts ?? 1;
    if (failure.retryable && leased.attempt < attempts) {
      const delayMs = backoffMs(definition ?? { backoffMs: 0 }, leased.attempt, Math.random());
      await this.activities.retryLater(leased, failure, delayMs);
      return { verdict: 'again', delayMs };
    }
    await this.database.transaction(async (transaction) => {
      if (await this.activities.failIn(transaction, leased, failure)) {
        await this.closer.activityFailed(transaction, leased, failure);
      }
    });
    return leased.phase === 'forward' ? { verdict: 'failed', message: failure.message } : DONE;
  }

  #log(leased: LeasedActivity, failure: ActivityFailure, error: unknown): void {
    const where = `${leased.name} of ${leased.orchestrationId}, attempt ${String(leased.attempt)}`;
    if (failure.unexpected) {
      this.#logger.error(`${where}: ${errorMessage(error)}`, error instanceof Error ? error.stack : undefined);
    } else {
      this.#logger.warn(`${where}: ${failure.code}: ${failure.message}`);
    }
  }
}

function abortReason(signal: AbortSignal): ActivityAborted | undefined {
  return signal.aborted && signal.reason instanceof ActivityAborted ? signal.reason : undefined;
}
