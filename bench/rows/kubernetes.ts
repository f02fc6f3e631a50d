import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Line } from '../support/benchmark.ts';
import { BenchCluster, SMALL } from '../support/cluster.ts';
import { startDatabase, temporaryHome } from '../support/home.ts';
import { logIn, PASSWORD } from '../support/instance-parts.ts';
import { ServerProcess, TOYGRES } from '../support/server-process.ts';
import { alternate, median, milliseconds, timed } from '../support/statistics.ts';
import { type CreateTimes, ToygresClient } from '../support/toygres-client.ts';

const RUNS = 5;
const GOAL_RATIO = 1.1;
const AT_ONCE = 20;
/** How long the API server is listened to while nothing happens, in seconds. */
const IDLE_SECONDS = 60;

/** Creates on the cluster of KUBECONFIG, against the very same objects without a control plane. */
export const kubernetes: Benchmark = {
  name: 'kubernetes',
  async run({ cleanup, runs = RUNS }) {
    const home = await temporaryHome(cleanup);
    const cluster = await BenchCluster.create(cleanup);
    const { count, path } = await cluster.countRequests(cleanup, home);
    const environment = {
      ...SMALL,
      KUBECONFIG: path,
      TOYGRES_HOME: home,
      TOYGRES_DATABASE_URL: await startDatabase(cleanup, home),
      TOYGRES_DATA_PLANE: 'kubernetes',
      TOYGRES_NAMESPACES: cluster.namespace,
    };
    const worker = await ServerProcess.start(cleanup, [TOYGRES, 'worker'], environment);
    const api = await ServerProcess.start(cleanup, [TOYGRES, 'api'], environment);
    const client = await ToygresClient.open(api.url, { use_load_balancer: true });
    const times: CreateTimes[] = [];
    const requests: number[] = [];

    const subject = async (): Promise<number> => {
      const before = count.asked;
      const created = await client.create(`bench-${String(times.length)}`, 'ip');
      times.push(created);
      requests.push(count.asked - before);
      await client.delete(created.name);
      return created.loggedIn;
    };
    const floor = async (): Promise<number> => {
      let name = '';
      const elapsed = await timed(async () => {
        const applied = await cluster.apply();
        name = applied.name;
        await logIn(`postgresql://postgres:${encodeURIComponent(PASSWORD)}@${applied.host}:5432/postgres`);
      });
      await cluster.discard(name);
      return elapsed;
    };
    await subject();
    times.length = 0;
    requests.length = 0;
    const results = await alternate(runs, { floor, subject });

    const names = Array.from({ length: AT_ONCE }, (_, index) => `many-${String(index)}`);
    const applied: string[] = [];
    const floorAtOnce = await timed(async () => {
      const all = await Promise.all(names.map(() => cluster.apply()));
      applied.push(...all.map(({ name }) => name));
    });
    await Promise.all(applied.map((name) => cluster.discard(name)));
    const subjectAtOnce = await timed(() => Promise.all(names.map((name) => client.create(name, 'ip'))));

    await sleep(5_000);
    const before = { ...count };
    await sleep(IDLE_SECONDS * 1_000);
    const idle = { asked: count.asked - before.asked, watches: count.watches - before.watches };
    const memory = { worker: await worker.residentMb(), api: await api.residentMb() };
    for (const name of names) {
      await client.delete(name);
    }
    client.close();

    const line = (work: string, measured: number, alone: number): Line => ({
      work,
      subject: milliseconds(measured),
      floor: `the same objects applied ${milliseconds(alone)}`,
      ratio: measured / alone,
      goal: `≤ ${String(GOAL_RATIO)}`,
      met: measured / alone <= GOAL_RATIO,
    });
    const figure = (work: string, measured: string, goal: string, met: boolean): Line => ({
      work,
      subject: measured,
      floor: 'none',
      ratio: null,
      goal,
      met,
    });
    return {
      lines: [
        line('create → first query, cluster', median(results.subject), median(results.floor)),
        line(`${String(AT_ONCE)} creates at once, cluster`, subjectAtOnce, floorAtOnce),
        figure('requests to the API server per create', String(median(requests)), 'none', true),
        figure(
          `requests beside watches, ${String(AT_ONCE)} instances idle for ${String(IDLE_SECONDS)} s`,
          String(idle.asked),
          '0',
          idle.asked === 0,
        ),
        figure(`memory of a worker with ${String(AT_ONCE)} instances`, `${memory.worker.toFixed(0)} MB`, 'none', true),
      ],
      data: { ...results, times, requests, floorAtOnce, subjectAtOnce, idle, memory },
    };
  },
};
