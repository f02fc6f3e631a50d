import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, CONFIG } from '../../config/config.js';
import { DatabaseListener } from '../../platform/database/database-listener.js';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { ActivityRepository } from '../data/activity.repository.js';
import { ActivityAborted } from './abort-reason.js';
import { LeaseController } from './lease-controller.js';

/**
 * Keeps the leases of the activities that this process is running, and aborts those whose lease was lost or whose orchestration was called
 * off. Leases end by the clock of the database, so the clocks of workers need not agree. This process measures, by a clock that goes on while
 * it is paused, from before it asked: it always gives up a lease before anybody else can get it.
 */
@Injectable()
export class LeaseKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(LeaseKeeper.name);
  readonly #held = new Map<string, LeaseController>();
  readonly #leaseSeconds: number;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly activities: ActivityRepository,
    private readonly listener: DatabaseListener,
  ) {
    this.#leaseSeconds = config.leaseSeconds;
  }

  async onApplicationBootstrap(): Promise<void> {
    this.#unsubscribe = await this.listener.subscribe('toygres_orchestrations', (payload) => {
      if (payload !== 'dispatch') {
        void this.renew();
      }
    });
    // A third of the lease: two renewals may fail before it is lost.
    this.#timer = setInterval(() => void this.renew(), (this.#leaseSeconds * 1_000) / 3);
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
    this.#held.forEach((lease) => {
      lease.release();
    });
    this.#unsubscribe?.();
  }

  /**
   * Holds a lease until {@link release}.
   *
   * @param askedAt when it was asked for, in milliseconds of `performance.now()`
   */
  hold(leaseToken: string, askedAt: number): LeaseController {
    const lease = new LeaseController(this.#end(askedAt));
    this.#held.set(leaseToken, lease);
    return lease;
  }

  release(leaseToken: string): void {
    this.#held.get(leaseToken)?.release();
    this.#held.delete(leaseToken);
  }

  /** Aborts everything that is running, for a process that goes down. */
  abortAll(reason: ActivityAborted): void {
    for (const lease of this.#held.values()) {
      lease.abort(reason);
    }
  }

  async renew(): Promise<void> {
    const tokens = [...this.#held.keys()];
    if (tokens.length === 0) {
      return;
    }
    const askedAt = performance.now();
    try {
      const kept = new Map(
        (await this.activities.renew(tokens, this.#leaseSeconds)).map((row) => [row.lease_token, row.cancel_requested]),
      );
      for (const token of tokens) {
        const held = this.#held.get(token);
        if (!held) {
          continue;
        }
        const cancelled = kept.get(token);
        if (cancelled === undefined) {
          held.lose();
        } else if (cancelled) {
          held.abort(new ActivityAborted('cancelled', 'The orchestration was called off.'));
        } else {
          held.extend(this.#end(askedAt));
        }
      }
    } catch (error) {
      // The database may be restarting. What runs goes on while its lease lasts.
      this.#logger.warn(`Leases could not be renewed: ${errorMessage(error)}`);
    }
  }

  #end(askedAt: number): number {
    return askedAt + this.#leaseSeconds * 1_000;
  }
}
