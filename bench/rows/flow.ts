import type { Benchmark, BenchmarkContext, Line } from '../support/benchmark.ts';
import { Engine } from '../support/engine.ts';
import { startDatabase, temporaryHome } from '../support/home.ts';
import { RawFlows } from '../support/raw-flows.ts';
import { startRedis } from '../support/redis.ts';
import { alternate, median, milliseconds, perSecond, timed } from '../support/statistics.ts';

const RUNS = 5;
const FLOWS = 300;
/** Flows that are run one at a time, for the time of a single one. */
const SINGLE_FLOWS = 20;
const GOAL_RATIO = 0.5;

/** Flows of five activities that do nothing, durable rows and all, against bare BullMQ on the same backend. */
export const flow: Benchmark = {
  name: 'flow',
  async run(context) {
    const lines: Line[] = [];
    const rows: string[][] = [['backend', 'engine', 'raw']];
    const data: Record<string, unknown> = {};
    for (const backend of ['PostgreSQL', 'Redis'] as const) {
      const result = await measure(context, backend);
      if (result === null) {
        rows.push(['Redis', 'not measured: there is no redis-server', '']);
        continue;
      }
      data[backend] = result;
      const rate = (times: readonly number[]): number => (FLOWS / median(times)) * 1_000;
      const [subject, floor] = [rate(result.engine), rate(result.raw)];
      lines.push({
        work: `five-step flow of no-ops, ${backend}`,
        subject: perSecond(subject),
        floor: `raw BullMQ flow ${perSecond(floor)}`,
        ratio: subject / floor,
        goal: `≥ ${String(GOAL_RATIO)} of its rate`,
        met: subject / floor >= GOAL_RATIO,
      });
      rows.push([backend, milliseconds(median(result.singleEngine)), milliseconds(median(result.singleRaw))]);
    }
    return { lines, details: [{ title: 'One flow at a time (medians)', rows }], data };
  },
};

async function measure({ cleanup, runs = RUNS }: BenchmarkContext, backend: 'PostgreSQL' | 'Redis') {
  const home = await temporaryHome(cleanup);
  const redisUrl = backend === 'Redis' ? await startRedis(cleanup, home) : undefined;
  if (backend === 'Redis' && redisUrl === undefined) {
    return null;
  }
  const databaseUrl = await startDatabase(cleanup, home);
  // The backend of BullMQ is chosen for a whole process, so both are of the same.
  const raw = await RawFlows.start(cleanup, databaseUrl, redisUrl);
  const engine = await Engine.start(cleanup, databaseUrl, redisUrl);
  const engineFlows = async (count: number): Promise<number> => {
    const instances = await engine.insertInstances(count);
    return timed(() => engine.run(instances));
  };
  const rawFlows = (count: number) => timed(() => raw.run(count));
  // Warm-up.
  await rawFlows(FLOWS);
  await engineFlows(FLOWS);
  const many = await alternate(runs, { raw: () => rawFlows(FLOWS), engine: () => engineFlows(FLOWS) });
  const single = await alternate(SINGLE_FLOWS, { raw: () => rawFlows(1), engine: () => engineFlows(1) });
  await cleanup.run();
  return { ...many, singleRaw: single.raw, singleEngine: single.engine };
}
