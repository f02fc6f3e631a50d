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
const MOST_WAITING = 10 * MOST_IN_FRAME;

/** Hands the health checks of the workers on to the event streams that ask for them. */
@Injectable()
export class LiveChecks implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #logger = new Logger(LiveChecks.name);
  /** What has not been sent, in the order in which it came. */
  #waiting: Check[] = [];
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
    this.#waiting.push(...this.#parse(notice));
    // More than this is no news any more when its turn comes.
    this.#waiting = this.#waiting.slice(-MOST_WAITING);
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
    if (this.#waiting.length > 0) {
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
    const checks = this.#waiting.splice(0, MOST_IN_FRAME);
    const byInstance = Map.groupBy(checks, ({ instance_id }) => instance_id);
    this.#sentAt = performance.now();
    let all: string | undefined;
    this.hub.sendTransient({
      all: () => (all ??= frameOf(checks)),
      of: (instanceId) => {
        const own = byInstance.get(instanceId);
        return own ? frameOf(own) : null;
      },
    });
  }
}

/** Without an id: what the client resumes after stays what it was. */
function frameOf(checks: Check[]): string {
  const event: z.input<typeof ChecksEvent> = { type: 'health.checked', checks };
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
