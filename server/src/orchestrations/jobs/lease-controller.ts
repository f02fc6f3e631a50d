import { ActivityAborted } from './abort-reason.js';

/**
 * Controls the signal of an activity, which aborts when its lease ends. A process that was paused goes on where it was before any of its
 * timers fires: `throwIfAborted` of this signal therefore looks at the clock too, and whoever asks it before a deed does nothing that
 * another worker may be doing already.
 */
export class LeaseController extends AbortController {
  #expiresAt: number;
  #timer: NodeJS.Timeout | undefined;

  /** @param expiresAt until when the lease is certain, in milliseconds of `performance.now()` */
  constructor(expiresAt: number) {
    super();
    this.#expiresAt = expiresAt;
    this.extend(expiresAt);
    const { signal } = this;
    const throwIfAborted = signal.throwIfAborted.bind(signal);
    signal.throwIfAborted = (): void => {
      if (performance.now() >= this.#expiresAt) {
        this.lose();
      }
      throwIfAborted();
    };
  }

  extend(expiresAt: number): void {
    this.#expiresAt = expiresAt;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.lose();
    }, expiresAt - performance.now());
  }

  /** Another worker may have taken over, or has. */
  lose(): void {
    this.abort(new ActivityAborted('lease-lost', 'Another worker may have taken over this activity.'));
  }

  /** The activity is over. */
  release(): void {
    clearTimeout(this.#timer);
    this.#expiresAt = Number.POSITIVE_INFINITY;
  }
}
