import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { actUntil, type Misfortune, misfortune, type Stage, WORKERS } from '../chaos/chaos-actor.js';
import { ChaosClient, Tally } from '../chaos/chaos-client.js';
import { ChaosDatabase } from '../chaos/chaos-database.js';
import { type ChaosQueue, postgresQueue, redisQueue } from '../chaos/chaos-queue.js';
import { checkSecrets, checkTimelines, clearAll, compareWithModel, findAllRows, untilQuiet } from '../chaos/checks.js';
import { type ChaosCommand, chaosCommands } from '../chaos/commands.js';
import { TestSystem } from '../support/test-system.js';

/** Of all queues together. */
const MINUTES = Number(process.env['TOYGRES_TEST_CHAOS_MINUTES'] ?? 4);
const SEED = Number(process.env['TOYGRES_TEST_CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
const CLIENTS = 4;
const COMMANDS = 40;
/** Time for what is under way at the end, in milliseconds. */
const END_MS = 5 * 60_000;
/** A database of the run's Redis that no other test uses. */
const REDIS_DATABASE = 9;

const redisUrl = inject('redisUrl');
const QUEUES: readonly [name: string, open: ((database: ChaosDatabase) => ChaosQueue) | undefined][] = [
  ['PostgreSQL', postgresQueue],
  ['Redis', redisUrl === null ? undefined : () => redisQueue(`${redisUrl}/${String(REDIS_DATABASE)}`)],
];
const MINUTES_EACH = MINUTES / QUEUES.filter(([, open]) => open !== undefined).length;

/** One sequence: people ask for things while everything dies; then everything is quiet, and as it was said to be. */
async function sequence(
  stage: Stage,
  name: string,
  script: Iterator<Misfortune>,
  commands: readonly Iterable<ChaosCommand>[],
  tally: Tally,
): Promise<void> {
  const { system } = stage;
  const clients = commands.map((_, index) => new ChaosClient(`${name}-${String(index)}`, () => system.url, tally));
  const enough = new AbortController();
  const acting = actUntil(stage, script, tally, enough.signal);
  try {
    await Promise.all(
      clients.map((real, index) => fc.asyncModelRun(() => ({ model: {}, real }), commands[index] ?? [])),
    );
  } finally {
    enough.abort();
    await acting;
  }
  await untilQuiet(system);
  for (const client of clients) {
    await compareWithModel(system, client, tally);
  }
  await system.expectConsistency();
  await Promise.all(clients.map((client) => findAllRows(system, client, tally)));
  await system.expectConsistency();
  await clearAll(system, clients);
  await checkTimelines(system);
  await checkSecrets(system);
  tally.add('sequences');
}

describe.each(QUEUES)('with the queue in %s', (name, open) => {
  let stage: Stage;

  beforeAll(async () => {
    if (open) {
      const database = await ChaosDatabase.create();
      const queue = open(database);
      const system = await TestSystem.start({ database, redisUrl: queue.redisUrl, workers: WORKERS });
      stage = { system, database, queue };
    }
  });

  afterAll(async () => {
    if (open) {
      await stage.system.stop();
      await stage.queue.close();
    }
  });

  it(
    `nothing is stuck, lost or left over, whatever people do and whatever dies (seed ${String(SEED)})`,
    { timeout: MINUTES_EACH * 60_000 + END_MS },
    async (context) => {
      context.skip(!open, `there is no ${name}`);
      const tally = new Tally();
      const end = Date.now() + MINUTES_EACH * 60_000;
      let number = 0;
      try {
        // Nothing is shrunk: what dies when is not the same a second time.
        await fc.assert(
          fc.asyncProperty(
            fc.infiniteStream(misfortune),
            fc.array(chaosCommands(COMMANDS), { minLength: CLIENTS, maxLength: CLIENTS }),
            async (script, commands) => {
              if (Date.now() < end) {
                number += 1;
                await sequence(stage, `chaos-${String(number)}`, script, commands, tally);
              }
            },
          ),
          { seed: SEED, numRuns: 20 + MINUTES * 20, endOnFailure: true },
        );
      } finally {
        process.stdout.write(`Chaos with the queue in ${name}, seed ${String(SEED)}: ${tally.toString()}.\n`);
      }
      expect(tally.get('operations')).toBeGreaterThan(MINUTES_EACH * 50);
      // What is killed again and again may fail, and say so; it is the exception.
      const failed = [...tally.counts].reduce(
        (sum, [what, count]) => sum + (what.startsWith('failed:') ? count : 0),
        0,
      );
      expect(failed).toBeLessThan(tally.get('operations') / 20);
    },
  );
});
