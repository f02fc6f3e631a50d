import { errorMessage } from '../platform/errors/domain-error.js';

/** After this the process ends, whatever has not ended yet, in milliseconds. Leases and rows mend what was cut off. */
const LIMIT_MS = 9_500;

/**
 * Resolves with the first SIGTERM or SIGINT. A second one ends the process at once.
 */
export function untilTold(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const told = (signal: NodeJS.Signals): void => {
      process.removeListener('SIGTERM', told).removeListener('SIGINT', told);
      process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
      resolve(signal);
    };
    process.on('SIGTERM', told).on('SIGINT', told);
  });
}

/** Runs the steps of a shutdown one after the other; a step that fails keeps none of the others from running. */
export async function shutDown(steps: readonly (() => Promise<unknown>)[]): Promise<void> {
  const limit = setTimeout(() => {
    process.stderr.write('The shutdown took too long; what was left is taken up by the next start.\n');
    process.exit(1);
  }, LIMIT_MS);
  for (const step of steps) {
    await step().catch((error: unknown) => {
      process.stderr.write(`While shutting down: ${errorMessage(error)}\n`);
      process.exitCode = 1;
    });
  }
  clearTimeout(limit);
}
