import { setTimeout as sleep } from 'node:timers/promises';
import { errorMessage } from '../platform/errors/domain-error.js';

/** This long after it was told, the process ends, whatever has not ended yet, in milliseconds. Leases and rows mend what was cut off. */
const LIMIT_MS = 9_500;

/** A start that was told to stop gets this long to reach its next step. Only one that waits for a dead network needs longer. */
const START_MS = 4_000;

/**
 * Runs a server: starts it, waits for SIGTERM or SIGINT, and ends what it has opened, the last first. A signal that comes during the start
 * ends that first, so that nothing is opened behind the back of the shutdown; a second signal ends the process at once.
 *
 * @param start opens things one after the other, says for each how it is closed, and goes no further when `told` aborts
 */
export async function runUntilTold(start: (opened: Opened, told: AbortSignal) => Promise<void>): Promise<void> {
  const { told, untilTold } = listen();
  const opened = new Opened();
  try {
    const starting = start(opened, told);
    await Promise.race([starting, untilTold]);
    await untilTold;
    // Its error says no more than that it was ended.
    await Promise.race([starting.catch(() => undefined), sleep(START_MS)]);
  } finally {
    await opened.close();
  }
}

/** What a process has opened, and how each is closed. */
export class Opened {
  readonly #closers: (() => Promise<unknown>)[] = [];

  add(close: () => Promise<unknown>): void {
    this.#closers.unshift(close);
  }

  /** Closes everything; what fails keeps none of the others from being closed. */
  async close(): Promise<void> {
    limitShutdown();
    for (const close of this.#closers.splice(0)) {
      await close().catch((error: unknown) => {
        process.stderr.write(`While shutting down: ${errorMessage(error)}\n`);
        process.exitCode = 1;
      });
    }
  }
}

let limit: NodeJS.Timeout | undefined;

/** The process ends soon, whatever happens. Counts from the first call. */
function limitShutdown(): void {
  limit ??= setTimeout(() => {
    process.stderr.write('The shutdown took too long; what was left is taken up by the next start.\n');
    process.exit(1);
  }, LIMIT_MS);
}

/** Aborts and resolves with the first SIGTERM or SIGINT. A second one ends the process at once. */
function listen(): { readonly told: AbortSignal; readonly untilTold: Promise<void> } {
  const controller = new AbortController();
  const untilTold = new Promise<void>((resolve) => {
    const tell = (): void => {
      process.removeListener('SIGTERM', tell).removeListener('SIGINT', tell);
      process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
      process.stdout.write('Stopping.\n');
      limitShutdown();
      // First, so that what the abort makes of the start comes second.
      resolve();
      controller.abort();
    };
    process.on('SIGTERM', tell).on('SIGINT', tell);
  });
  return { told: controller.signal, untilTold };
}
