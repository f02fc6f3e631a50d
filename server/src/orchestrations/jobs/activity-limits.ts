import type { LeasedActivity } from '../data/activity.repository.js';
import type { ActivityDefinition } from '../domain/definition.js';
import { ActivityAborted } from './abort-reason.js';

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
