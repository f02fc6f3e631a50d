import type { Benchmark, BenchmarkContext, Line } from '../support/benchmark.ts';
import { startDatabase, temporaryHome } from '../support/home.ts';
import { InstanceParts, type Measured } from '../support/instance-parts.ts';
import { poolIsFull, pretendOtherVersionsAreReady } from '../support/pool.ts';
import { ServerProcess, TOYGRES } from '../support/server-process.ts';
import { alternate, median, milliseconds } from '../support/statistics.ts';
import { type CreateTimes, ToygresClient } from '../support/toygres-client.ts';

const RUNS = 7;
const GOAL_MS = 200;
const GOAL_RATIO = 0.25;
/** As it ships. */
const POOL_SIZE = 3;
const PORTS = '38000-38199';

interface Orchestration {
  readonly created_at: string;
  readonly finished_at: string;
  readonly activities: readonly { readonly name: string; readonly started_at: string; readonly finished_at: string }[];
}

/** From the request to the first authenticated query, with a full pool. */
export const create: Benchmark = {
  name: 'create',
  async run(context) {
    const lines: Line[] = [];
    const details: { title: string; rows: string[][] }[] = [];
    const data: Record<string, unknown> = {};
    for (const [system, start] of Object.entries(SYSTEMS)) {
      const { times, stages, fromNothing, fromPool } = await measure(context, start);
      const subject = median(times.map(({ loggedIn }) => loggedIn));
      const [nothing, pool] = [median(fromNothing), median(fromPool)];
      const work = `create → first query, ${system}`;
      lines.push(
        {
          work,
          subject: milliseconds(subject),
          floor: `initdb, start, login ${milliseconds(nothing)}`,
          ratio: subject / nothing,
          goal: `≤ ${String(GOAL_MS)} ms, ≤ ${String(GOAL_RATIO)}`,
          met: subject <= GOAL_MS && subject / nothing <= GOAL_RATIO,
        },
        {
          work,
          subject: milliseconds(subject),
          floor: `the parts alone ${milliseconds(pool)}`,
          ratio: subject / pool,
          goal: 'none',
          met: true,
        },
      );
      details.push({ title: `Stages of a create, ${system} (medians)`, rows: stageTable(stages) });
      data[system] = { times, stages, fromNothing, fromPool };
    }
    return { lines, details, data };
  },
};

type StartSystem = (context: BenchmarkContext, home: string) => Promise<string>;

/** @returns the URL of the API */
const SYSTEMS: Readonly<Record<string, StartSystem>> = {
  all: async ({ cleanup }, home) =>
    (await ServerProcess.start(cleanup, [TOYGRES, 'all'], { TOYGRES_HOME: home, TOYGRES_INSTANCE_PORTS: PORTS })).url,
  'api and worker': async ({ cleanup }, home) => {
    const environment = {
      TOYGRES_HOME: home,
      TOYGRES_INSTANCE_PORTS: PORTS,
      TOYGRES_DATABASE_URL: await startDatabase(cleanup, home),
    };
    await ServerProcess.start(cleanup, [TOYGRES, 'worker'], environment);
    return (await ServerProcess.start(cleanup, [TOYGRES, 'api'], environment)).url;
  },
};

async function measure(context: BenchmarkContext, start: StartSystem) {
  const home = await temporaryHome(context.cleanup);
  await pretendOtherVersionsAreReady(home, POOL_SIZE);
  const parts = await InstanceParts.prepare(await temporaryHome(context.cleanup));
  const client = await ToygresClient.open(await start(context, home));
  const times: CreateTimes[] = [];
  const stages: Record<string, number>[] = [];

  const subject = async (): Promise<number> => {
    await poolIsFull(home, POOL_SIZE);
    const created = await client.create(`bench-${String(times.length)}`);
    times.push(created);
    stages.push(
      stagesOf(created, await client.request<Orchestration>('GET', `/api/orchestrations/${created.orchestration}`)),
    );
    await client.delete(created.name);
    return created.loggedIn;
  };
  const discarded = async (measured: Measured): Promise<number> => {
    await measured.discard();
    return measured.milliseconds;
  };

  // The first create of a process also loads what it needs; that is what the start-up row is about.
  await subject();
  times.length = 0;
  stages.length = 0;
  const { fromNothing, fromPool } = await alternate(context.runs ?? RUNS, {
    fromNothing: async () => discarded(await parts.fromNothing()),
    fromPool: async () => {
      const [initialised = ''] = await parts.stock(1);
      return discarded(await parts.fromPool(initialised));
    },
    subject,
  });
  client.close();
  await context.cleanup.run();
  return { times, stages, fromNothing, fromPool };
}

/** Milliseconds per stage, as the rows say. What lies between two activities is the queue's. */
function stagesOf(times: CreateTimes, { created_at, finished_at, activities }: Orchestration): Record<string, number> {
  const stages: Record<string, number> = { 'request answered (client)': times.accepted };
  let last = Date.parse(created_at);
  let waiting = 0;
  for (const [index, { name, started_at, finished_at: ended }] of activities.entries()) {
    const wait = Date.parse(started_at) - last;
    if (index === 0) {
      stages['row → first activity'] = wait;
    } else {
      waiting += wait;
    }
    stages[name] = Date.parse(ended) - Date.parse(started_at);
    last = Date.parse(ended);
  }
  stages['between activities, together'] = waiting;
  stages['last activity → closed'] = Date.parse(finished_at) - last;
  stages['row → closed'] = Date.parse(finished_at) - Date.parse(created_at);
  stages['announced (client)'] = times.announced;
  stages['credentials, login, query (client)'] = times.loggedIn - times.announced;
  return stages;
}

function stageTable(stages: readonly Record<string, number>[]): string[][] {
  const names = Object.keys(stages[0] ?? {});
  return [
    ['stage', 'time'],
    ...names.map((name) => [name, milliseconds(median(stages.map((times) => times[name] ?? Number.NaN)))]),
  ];
}
