import type { Benchmark } from '../support/benchmark.ts';
import { temporaryHome } from '../support/home.ts';
import { InstanceParts, type Measured } from '../support/instance-parts.ts';
import { poolDirectory, poolIsFull, pretendOtherVersionsAreReady } from '../support/pool.ts';
import { ServerProcess, TOYGRES } from '../support/server-process.ts';
import { alternate, median, milliseconds, timed } from '../support/statistics.ts';
import { ToygresClient } from '../support/toygres-client.ts';

const RUNS = 3;
const CREATES = 50;
const GOAL_RATIO = 0.5;
/** Instances that the floor makes at once: as many as a worker runs activities. */
const CONCURRENCY = 8;

/** Many creates at once, against the same number of the parts. */
export const burst: Benchmark = {
  name: 'burst',
  async run({ cleanup, runs = RUNS }) {
    const home = await temporaryHome(cleanup);
    const parts = await InstanceParts.prepare(await temporaryHome(cleanup));
    await pretendOtherVersionsAreReady(home, CREATES);
    // Filled from here: fifty times initdb take a minute.
    await parts.stock(CREATES, poolDirectory(home));
    const server = await ServerProcess.start(cleanup, [TOYGRES, 'all'], {
      TOYGRES_HOME: home,
      TOYGRES_POOL_SIZE: String(CREATES),
      TOYGRES_INSTANCE_PORTS: '38200-38399',
    });
    const client = await ToygresClient.open(server.url);

    const { floor, subject } = await alternate(runs, {
      floor: async () => {
        const made: Measured[] = [];
        const copies = await parts.stock(CREATES);
        const elapsed = await timed(() =>
          inParallel(CONCURRENCY, copies, async (directory) => {
            made.push(await parts.fromPool(directory));
          }),
        );
        await inParallel(CONCURRENCY, made, (instance) => instance.discard());
        return elapsed;
      },
      subject: async () => {
        await poolIsFull(home, CREATES);
        const names = Array.from({ length: CREATES }, (_, index) => `burst-${String(index)}`);
        const elapsed = await timed(() => Promise.all(names.map((name) => client.create(name))));
        await inParallel(CONCURRENCY, names, (name) => client.delete(name));
        await parts.stock(CREATES, poolDirectory(home));
        return elapsed;
      },
    });
    client.close();
    const ratio = median(floor) / median(subject);
    return {
      lines: [
        {
          work: `${String(CREATES)} creates at once`,
          subject: milliseconds(median(subject)),
          floor: `${String(CREATES)} × the parts ${milliseconds(median(floor))}`,
          ratio,
          goal: `≥ ${String(GOAL_RATIO)} of the floor's rate`,
          met: ratio >= GOAL_RATIO,
        },
      ],
      data: { floor, subject },
    };
  },
};

async function inParallel<Item>(
  width: number,
  items: readonly Item[],
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const queue = items.values();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (const item of queue) {
        await work(item);
      }
    }),
  );
}
