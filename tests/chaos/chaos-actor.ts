import fc from 'fast-check';
import { pause } from '../../server/src/platform/embedded-postgres/pause.js';
import type { TestSystem } from '../support/test-system.js';
import type { ChaosDatabase } from './chaos-database.js';
import type { ChaosQueue } from './chaos-queue.js';
import type { Tally } from './chaos-client.js';

export interface Misfortune {
  readonly what: keyof typeof MISFORTUNES;
  /** Which of several it meets. */
  readonly index: number;
  /** Quiet after it, in milliseconds. */
  readonly rest: number;
}

/** How many workers a system has. */
export const WORKERS = 2;

/** What is acted on. */
export interface Stage {
  readonly system: TestSystem;
  readonly database: ChaosDatabase;
  readonly queue: ChaosQueue;
}

const MISFORTUNES = {
  'worker killed': async ({ system }: Stage, index: number) => {
    const [worker] = system.workers.splice(index % system.workers.length, 1);
    await worker?.stop('SIGKILL');
    await system.startWorker();
  },
  'worker paused beyond its lease': async ({ system }: Stage, index: number) => {
    const worker = system.workers[index % system.workers.length];
    worker?.signal('SIGSTOP');
    await pause(1_500 + (index % 1_500), AbortSignal.timeout(10_000));
    worker?.signal('SIGCONT');
  },
  'api killed': async ({ system }: Stage) => {
    await system.restartApi('SIGKILL');
  },
  'instance killed': async ({ system }: Stage, index: number) => {
    const { processes } = await system.resources();
    const pid = processes[index % Math.max(1, processes.length)];
    if (pid !== undefined) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It has ended by itself meanwhile.
      }
    }
  },
  'connections dropped': async ({ database, queue }: Stage) => {
    await Promise.all([database.dropConnections(), queue.dropConnections()]);
  },
  'queue emptied': async ({ queue }: Stage) => {
    await queue.empty();
  },
  'metadata server killed': async ({ database }: Stage) => {
    await database.kill();
  },
} as const;

export const misfortune: fc.Arbitrary<Misfortune> = fc.record({
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constant('worker killed' as const) },
    { weight: 3, arbitrary: fc.constant('worker paused beyond its lease' as const) },
    { weight: 3, arbitrary: fc.constant('api killed' as const) },
    { weight: 4, arbitrary: fc.constant('instance killed' as const) },
    { weight: 3, arbitrary: fc.constant('connections dropped' as const) },
    { weight: 2, arbitrary: fc.constant('queue emptied' as const) },
    { weight: 1, arbitrary: fc.constant('metadata server killed' as const) },
  ),
  index: fc.nat(10_000),
  rest: fc.integer({ min: 50, max: 1_000 }),
});

/** Lets one misfortune after the other happen until the signal aborts; then everything is there again. */
export async function actUntil(
  stage: Stage,
  script: Iterator<Misfortune>,
  tally: Tally,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const { what, index, rest } = script.next().value as Misfortune;
    tally.add(what);
    try {
      await MISFORTUNES[what](stage, index);
    } catch (error) {
      // With the metadata server just killed, another misfortune may find nothing to do harm to.
      tally.add(`${what}, in vain`);
      if (what === 'worker killed' || what === 'api killed' || what === 'metadata server killed') {
        throw error;
      }
    }
    await pause(rest, signal).catch(() => undefined);
  }
}
