import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { z } from 'zod';
import { DatabaseListener } from '../../../platform/database/database-listener.js';
import { EventHub } from '../../timeline/http.js';
import { ChecksEvent, InstanceCheck } from './health.schemas.js';

type Check = z.output<typeof InstanceCheck>;

const Notice = z.array(InstanceCheck);

/** No stream gets more than one frame in this time, in milliseconds. */
const PAUSE_MS = 1_000;
/** Checks in one frame; the others come with the next. A frame stays well below what a slow client is dropped for. */
const MOST_IN_FRAME = 1_000;

/** Hands the health checks of the workers on to the event streams that ask for them. */
@Injectable()
export class LiveChecks implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(LiveChecks.name);
  /** The latest check of each instance that has not been sent, by the id of the instance. */
  readonly #waiting = new Map<string, Check>();
  #timer: NodeJS.Timeout | undefined;
  #sentAt = -Infinity;
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly listener: DatabaseListener,
    private readonly hub: EventHub,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.#unsubscribe = await this.listener.subscribe('toygres_checks', (notice) => {
      this.#take(notice);
    });
  }

  onModuleDestroy(): void {
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
  }

  #take(notice: string): void {
    // Without a notice the listener has come back: what was lost meanwhile is old by now.
    if (notice === '' || !this.hub.wantsTransients) {
      return;
    }
    for (const check of this.#parse(notice)) {
      const known = this.#waiting.get(check.instance_id);
      if (!known || Date.parse(known.checked_at) < Date.parse(check.checked_at)) {
        this.#waiting.set(check.instance_id, check);
      }
    }
    this.#sendLater();
  }

  #parse(notice: string): readonly Check[] {
    try {
      return Notice.parse(JSON.parse(notice));
    } catch {
      this.#logger.warn(`A notice of health checks can't be read.`);
      return [];
    }
  }

  #sendLater(): void {
    if (this.#waiting.size > 0) {
      this.#timer ??= setTimeout(
        () => {
          this.#timer = undefined;
          this.#send();
          this.#sendLater();
        },
        Math.max(0, this.#sentAt + PAUSE_MS - performance.now()),
      );
    }
  }

  #send(): void {
    const checks = [...this.#waiting.values()].slice(0, MOST_IN_FRAME);
    const byInstance = new Map(checks.map((check) => [check.instance_id, check]));
    byInstance.forEach((_, id) => this.#waiting.delete(id));
    this.#sentAt = performance.now();
    let all: string | undefined;
    this.hub.sendTransient({
      all: () => (all ??= frameOf(checks)),
      of: (instanceId) => {
        const check = byInstance.get(instanceId);
        return check ? frameOf([check]) : null;
      },
    });
  }
}

/** Without an id: what the client resumes after stays what it was. */
function frameOf(checks: Check[]): string {
  const event: z.input<typeof ChecksEvent> = { type: 'health.checked', checks };
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
