import { performance } from 'node:perf_hooks';
import type { ServerLog } from './server-log.js';

/** How often the log is looked at, in milliseconds: as often as the server writes how far it has come. */
const LOOK_EVERY_MS = 1_000;
const LOG_LINES = 50;

/** Positions in the WAL, in bytes. */
export interface Redo {
  /** Where it began; null when that is not among the lines any more. */
  readonly from: number | null;
  readonly at: number;
}

/** How far a server that is starting has replayed its WAL, by its log. @returns null while it says nothing of it */
export function findRedo(log: readonly string[]): Redo | null {
  const own = log.slice(log.findLastIndex((line) => line.includes('LOG:  starting PostgreSQL')) + 1);
  const at = findPosition(own, 'redo in progress, .*current LSN:');
  return at === null ? null : { from: findPosition(own, 'redo starts at'), at };
}

/** The last position that the server itself has named after these words, such as `1/6B3A8F0`. */
function findPosition(log: readonly string[], words: string): number | null {
  const pattern = new RegExp(`^\\S+ \\S+ \\S+ \\[\\d+\\] LOG:  ${words} ([0-9A-F]+)/([0-9A-F]+)$`);
  const [, high, low] = log.map((line) => pattern.exec(line)).findLast((match) => match !== null) ?? [];
  return high === undefined || low === undefined ? null : parseInt(high, 16) * 2 ** 32 + parseInt(low, 16);
}

/** Follows the recovery of a server that is starting. */
export class RecoveryProgress {
  #from: number | null = null;
  // A server that has nothing to recover is ready before the first look.
  #lookedAt = performance.now();

  /** @param report is told how many bytes of WAL were replayed */
  constructor(
    private readonly log: ServerLog,
    private readonly report: (bytes: number) => void,
  ) {}

  /** Reports how far it has come; to be called again and again while the server starts. */
  async look(): Promise<void> {
    if (performance.now() - this.#lookedAt < LOOK_EVERY_MS) {
      return;
    }
    this.#lookedAt = performance.now();
    const redo = findRedo(await this.log.tail(LOG_LINES));
    if (redo !== null) {
      this.#from ??= redo.from ?? redo.at;
      this.report(redo.at - this.#from);
    }
  }
}
