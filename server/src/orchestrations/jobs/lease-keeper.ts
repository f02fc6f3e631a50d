import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Config, CONFIG } from '../../config/config.js';
import { DatabaseListener } from '../../platform/database/database-listener.js';
import { errorMessage } from '../../platform/errors/domain-error.js';
import { ActivityRepository } from '../data/activity.repository.js';
import { ActivityAborted } from './abort-reason.js';

/**
 * Keeps the leases of the activities that this process is running, and aborts those whose lease was lost or whose orchestration was
 * cancelled. Leases end by the clock of the database, so the clocks of workers need not agree.
 */
@Injectable()
export class LeaseKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #logger = new Logger(LeaseKeeper.name);
  readonly #held = new Map<string, AbortController>();
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
    this.#unsubscribe?.();
  }

  hold(leaseToken: string, controller: AbortController): void {
    this.#held.set(leaseToken, controller);
  }

  release(leaseToken: string): void {
    this.#held.delete(leaseToken);
  }

  /** Aborts everything that is running, for a process that goes down. */
  abortAll(reason: ActivityAborted): void {
    for (const controller of this.#held.values()) {
      controller.abort(reason);
    }
  }

  async renew(): Promise<void> {
    const tokens = [...this.#held.keys()];
    if (tokens.length === 0) {
      return;
    }
    try {
      const kept = new Map(
        (await this.activities.renew(tokens, this.#leaseSeconds)).map((row) => [row.lease_token, row.cancel_requested]),
      );
      for (const token of tokens) {
        const cancelled = kept.get(token);
        if (cancelled === undefined) {
          this.#held
            .get(token)
            ?.abort(new ActivityAborted('lease-lost', 'Another worker has taken over this activity.'));
        } else if (cancelled) {
          this.#held.get(token)?.abort(new ActivityAborted('cancelled', 'The orchestration was cancelled.'));
        }
      }
    } catch (error) {
      // The database may be restarting. What runs goes on; its result is only written if the lease is still ours.
      this.#logger.warn(`Leases could not be renewed: ${errorMessage(error)}`);
    }
  }
}
