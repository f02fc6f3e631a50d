import autocannon from 'autocannon';
import type { Benchmark } from '../support/benchmark.ts';
import { connect, startDatabase, temporaryHome } from '../support/home.ts';
import { insertInstances } from '../support/instance-rows.ts';
import { BARE_NEST, ServerProcess, TOYGRES } from '../support/server-process.ts';
import { alternate, median, perSecond } from '../support/statistics.ts';

const RUNS = 5;
const SECONDS = 4;
/** Requests that are under way at once. */
const CONNECTIONS = 50;
const GOAL_PER_SECOND = 5_000;

/** Reading one instance, as fast as one api process answers. */
export const get: Benchmark = {
  name: 'get',
  async run({ cleanup, runs = RUNS }) {
    const home = await temporaryHome(cleanup);
    const databaseUrl = await startDatabase(cleanup, home);
    const database = await connect(cleanup, databaseUrl);
    await insertInstances(database, 0, 1_000);
    const { rows } = await database.query<{ name: string }>(
      `SELECT name FROM instances WHERE state = 'running' LIMIT 100`,
    );
    const api = await ServerProcess.start(cleanup, [TOYGRES, 'api'], {
      TOYGRES_HOME: home,
      TOYGRES_DATABASE_URL: databaseUrl,
    });
    const bare = await ServerProcess.start(cleanup, BARE_NEST);
    const paths = rows.map(({ name }) => `/api/instances/${name}`);

    const load = async (url: string, requests: readonly string[], duration: number): Promise<number> => {
      const {
        requests: rate,
        non2xx,
        errors,
      } = await autocannon({
        url,
        connections: CONNECTIONS,
        duration,
        requests: requests.map((path) => ({ path })),
      });
      if (non2xx + errors > 0) {
        throw new Error(`${url}: ${String(non2xx)} answers were not good, ${String(errors)} requests failed.`);
      }
      return rate.average;
    };
    await load(api.url, paths, 2);
    await load(bare.url, ['/bare'], 2);
    const { bare: floor, subject } = await alternate(runs, {
      bare: () => load(bare.url, ['/bare'], SECONDS),
      subject: () => load(api.url, paths, SECONDS),
    });
    return {
      lines: [
        {
          work: `GET of an instance, ${String(CONNECTIONS)} connections`,
          subject: perSecond(median(subject)),
          floor: `trivial Nest GET ${perSecond(median(floor))}`,
          ratio: median(subject) / median(floor),
          goal: `≥ ${perSecond(GOAL_PER_SECOND)}`,
          met: median(subject) >= GOAL_PER_SECOND,
        },
      ],
      data: { floor, subject },
    };
  },
};
