import { errorMessage } from '../platform/errors/domain-error.js';

/** After this the process ends, whatever has not ended yet, in milliseconds. Leases and rows mend what was cut off. */
const LIMIT_MS = 9_500;

/**
 * Runs a server: starts it, waits for SIGTERM or SIGINT, and ends what it has opened, the last first. A signal that comes during the start
 * ends what is open by then; a second one ends the process at once.
 *
 * @param start opens things one after the other and says for each how it is closed
 */
export async function runUntilTold(start: (opened: Opened) => Promise<void>): Promise<void> {
  const told = untilTold();
  const opened = new Opened();
  try {
    await Promise.race([start(opened), told]);
    await told;
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
    const limit = setTimeout(() => {
      process.stderr.write('The shutdown took too long; what was left is taken up by the next start.\n');
      process.exit(1);
    }, LIMIT_MS);
    for (const close of this.#closers) {
      await close().catch((error: unknown) => {
        process.stderr.write(`While shutting down: ${errorMessage(error)}\n`);
        process.exitCode = 1;
      });
    }
    clearTimeout(limit);
  }
}

/** Resolves with the first SIGTERM or SIGINT. A second one ends the process at once. */
function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    const told = (): void => {
      process.removeListener('SIGTERM', told).removeListener('SIGINT', told);
      process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
      process.stdout.write('Stopping.\n');
      resolve();
    };
    process.on('SIGTERM', told).on('SIGINT', told);
  });
}
