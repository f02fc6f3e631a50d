import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { actUntil, type Misfortune, misfortune, WORKERS } from '../chaos/chaos-actor.js';
import { ChaosClient, Tally } from '../chaos/chaos-client.js';
import { ChaosDatabase } from '../chaos/chaos-database.js';
import { checkSecrets, checkTimelines, clearAll, compareWithModel, findAllRows, untilQuiet } from '../chaos/checks.js';
import { type ChaosCommand, chaosCommands } from '../chaos/commands.js';
import { TestSystem } from '../support/test-system.js';

const MINUTES = Number(process.env['TOYGRES_TEST_CHAOS_MINUTES'] ?? 3);
const SEED = Number(process.env['TOYGRES_TEST_CHAOS_SEED'] ?? Date.now() % 1_000_000_000);
const CLIENTS = 4;
const COMMANDS = 40;
/** Time for what is under way at the end, in milliseconds. */
const END_MS = 5 * 60_000;

let database: ChaosDatabase;
let system: TestSystem;

beforeAll(async () => {
  database = await ChaosDatabase.create();
  system = await TestSystem.start({ database, workers: WORKERS });
});

afterAll(async () => {
  await system.stop();
});

/** One sequence: people ask for things while everything dies; then everything is quiet, and as it was said to be. */
async function sequence(
  name: string,
  script: Iterator<Misfortune>,
  commands: readonly Iterable<ChaosCommand>[],
  tally: Tally,
): Promise<void> {
  const clients = commands.map((_, index) => new ChaosClient(`${name}-${String(index)}`, () => system.url, tally));
  const enough = new AbortController();
  const acting = actUntil({ system, database }, script, tally, enough.signal);
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

it(
  `nothing is stuck, lost or left over, whatever people do and whatever dies (seed ${String(SEED)})`,
  { timeout: MINUTES * 60_000 + END_MS },
  async () => {
    const tally = new Tally();
    const end = Date.now() + MINUTES * 60_000;
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
              await sequence(`chaos-${String(number)}`, script, commands, tally);
            }
          },
        ),
        { seed: SEED, numRuns: 20 + MINUTES * 20, endOnFailure: true },
      );
    } finally {
      process.stdout.write(`Chaos, seed ${String(SEED)}: ${tally.toString()}.\n`);
    }
    expect(tally.get('operations')).toBeGreaterThan(MINUTES * 50);
    // What is killed again and again may fail, and say so; it is the exception.
    const failed = [...tally.counts].reduce((sum, [what, count]) => sum + (what.startsWith('failed:') ? count : 0), 0);
    expect(failed).toBeLessThan(tally.get('operations') / 20);
  },
);
