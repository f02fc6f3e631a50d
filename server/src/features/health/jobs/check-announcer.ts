import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { errorMessage } from '../../../platform/errors/domain-error.js';
import { HealthRepository } from '../data/health.repository.js';
import type { RecordedCheck } from '../domain/check-notice.js';

/** How long checks are gathered, in milliseconds. Every notification holds up all commits of the database for a moment. */
const GATHER_MS = 250;

/** Tells the api processes of checks that were recorded, for the pages that are open. What is lost here is lost: rows say what was seen. */
@Injectable()
export class CheckAnnouncer implements OnApplicationShutdown {
  readonly #logger = new Logger(CheckAnnouncer.name);
  #gathered: RecordedCheck[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly health: HealthRepository) {}

  add(check: RecordedCheck): void {
    this.#gathered.push(check);
    this.#timer ??= setTimeout(() => void this.#announce(), GATHER_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.#timer);
  }

  async #announce(): Promise<void> {
    const checks = this.#gathered;
    this.#gathered = [];
    this.#timer = undefined;
    try {
      await this.health.announce(checks);
    } catch (error) {
      this.#logger.debug(`Checks could not be announced: ${errorMessage(error)}`);
    }
  }
}
