/** Below this, counting is quick and people notice a difference of one. */
const WORTH_REMEMBERING = 1_000;
/** Milliseconds after which a total is counted again, behind the answer that still has the old one. */
const FRESH_MS = 2_000;
/** Milliseconds after which a total is not used any more. */
const LIFE_MS = 10_000;
const CAPACITY = 200;

interface RecentTotal {
  readonly total: number;
  readonly countedAt: number;
}

/**
 * How many instances match a filter, remembered for a few seconds where it is many: counting them takes the longer the more there are, and
 * whoever pages through them asks again and again.
 */
export class RecentTotals {
  readonly #totals = new Map<string, RecentTotal>();
  readonly #counting = new Map<string, Promise<number>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The total if it is known, however little fresh. */
  remembered(key: string): number | undefined {
    return this.#current(key)?.total;
  }

  /**
   * The total, at most {@link LIFE_MS} old.
   *
   * @param count counts anew and passes the result to {@link remember}
   */
  async get(key: string, count: () => Promise<number>): Promise<number> {
    const known = this.#current(key);
    if (known === undefined) {
      return this.#count(key, count);
    }
    if (this.now() - known.countedAt >= FRESH_MS) {
      // Whoever finds it too old the next time will see the error.
      this.#count(key, count).catch(() => undefined);
    }
    return known.total;
  }

  remember(key: string, total: number): void {
    // Written anew, so that the first of the map is the oldest.
    this.#totals.delete(key);
    if (total >= WORTH_REMEMBERING) {
      this.#totals.set(key, { total, countedAt: this.now() });
    }
    const [oldest] = this.#totals.keys();
    if (this.#totals.size > CAPACITY && oldest !== undefined) {
      this.#totals.delete(oldest);
    }
  }

  #current(key: string): RecentTotal | undefined {
    const known = this.#totals.get(key);
    return known && this.now() - known.countedAt < LIFE_MS ? known : undefined;
  }

  /** One count at a time for a filter, whoever asks for it. */
  #count(key: string, count: () => Promise<number>): Promise<number> {
    const counting = this.#counting.get(key) ?? count().finally(() => this.#counting.delete(key));
    this.#counting.set(key, counting);
    return counting;
  }
}
