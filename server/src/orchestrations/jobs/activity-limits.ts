import { Logger } from '@nestjs/common';
import { errorMessage } from '../../platform/errors/domain-error.js';
import type { LeasedActivity } from '../data/activity.repository.js';
import type { ActivityDefinition, Progress } from '../domain/definition.js';
import { ActivityAborted } from './abort-reason.js';

/** Shortest time between two reports that are written, in milliseconds. */
const REPORT_MS = 1_000;

/** Aborts an attempt at its timeout, and at the deadline of its orchestration, unless progress moves both on. Undoing has no deadline. */
export class ActivityLimits {
  #timeout: NodeJS.Timeout;
  #deadline: NodeJS.Timeout | undefined;

  constructor(
    private readonly controller: AbortController,
    private readonly definition: ActivityDefinition,
    { phase, remainingMs }: LeasedActivity,
  ) {
    this.#timeout = this.#startTimeout();
    if (phase === 'forward') {
      this.#deadline = this.#startDeadline(remainingMs);
    }
  }

  moveOn(deadlineMs: number): void {
    clearTimeout(this.#timeout);
    this.#timeout = this.#startTimeout();
    if (this.#deadline) {
      clearTimeout(this.#deadline);
      this.#deadline = this.#startDeadline(deadlineMs);
    }
  }

  clear(): void {
    clearTimeout(this.#timeout);
    clearTimeout(this.#deadline);
  }

  #startTimeout(): NodeJS.Timeout {
    const { timeoutMs, title } = this.definition;
    const message = `"${title}" took longer than ${String(timeoutMs / 1_000)} s.`;
    return this.#abortAfter(timeoutMs, new ActivityAborted('timeout', message));
  }

  #startDeadline(remainingMs: number): NodeJS.Timeout {
    const message = `The deadline passed at "${this.definition.title}".`;
    return this.#abortAfter(remainingMs, new ActivityAborted('deadline', message));
  }

  #abortAfter(milliseconds: number, reason: ActivityAborted): NodeJS.Timeout {
    return setTimeout(
      () => {
        this.controller.abort(reason);
      },
      Math.max(0, milliseconds),
    );
  }
}

/** Writes the progress of one attempt, at most once a second and always the latest. Only what has grown moves the limits on. */
export class ProgressReporter {
  readonly #logger = new Logger(ProgressReporter.name);
  #farthest = 0;
  #latest: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly limits: ActivityLimits,
    private readonly deadlineMs: number,
    private readonly write: (progress: Progress) => Promise<unknown>,
  ) {}

  report(progress: Progress): void {
    if (progress.done > this.#farthest) {
      this.#farthest = progress.done;
      this.limits.moveOn(this.deadlineMs);
    }
    this.#latest = progress;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#flush();
      },
      Math.max(0, this.#writtenAt + REPORT_MS - performance.now()),
    );
  }

  /** Writes what was not written yet, and waits until it is. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flush();
    await this.#writing;
  }

  #flush(): void {
    const progress = this.#latest;
    this.#latest = undefined;
    if (!progress) {
      return;
    }
    this.#writtenAt = performance.now();
    this.#writing = this.#writing.then(async () => {
      try {
        await this.write(progress);
      } catch (error) {
        // It is for people, and comes again; the limits of this attempt have moved on already.
        this.#logger.warn(`Progress could not be written: ${errorMessage(error)}`);
      }
    });
  }
}
