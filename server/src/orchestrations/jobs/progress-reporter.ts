import { Logger } from '@nestjs/common';
import { errorMessage } from '../../platform/errors/domain-error.js';
import type { Progress } from '../domain/definition.js';
import type { ActivityLimits } from './activity-limits.js';

/** Shortest time between two reports that are written, in milliseconds. */
const REPORT_MS = 1_000;

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
