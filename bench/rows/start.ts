import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Line } from '../support/benchmark.ts';
import { startDatabase, temporaryHome } from '../support/home.ts';
import { BARE_NEST, ServerProcess, TOYGRES } from '../support/server-process.ts';
import { alternate, median, milliseconds } from '../support/statistics.ts';

const RUNS = 7;
const GOAL_MS = 2_000;
const GOAL_MB = 200;
/** After this a process has settled, in milliseconds. */
const SETTLE_MS = 1_000;

/** From the start of the process to the line that says that it is ready, and its memory then. */
export const start: Benchmark = {
  name: 'start',
  async run({ cleanup, runs = RUNS }) {
    const home = await temporaryHome(cleanup);
    const environment = { TOYGRES_HOME: home, TOYGRES_DATABASE_URL: await startDatabase(cleanup, home) };
    const commands = { api: [TOYGRES, 'api'], worker: [TOYGRES, 'worker'], bare: BARE_NEST };
    const memory: Record<keyof typeof commands, number[]> = { api: [], worker: [], bare: [] };

    const measure = (name: keyof typeof commands) => async (): Promise<number> => {
      const server = await ServerProcess.start(cleanup, commands[name], environment);
      await sleep(SETTLE_MS);
      memory[name].push(await server.residentMb());
      await server.stop();
      return server.startMs;
    };
    const times = await alternate(runs, { bare: measure('bare'), api: measure('api'), worker: measure('worker') });

    const lines = (['api', 'worker'] as const).flatMap((name): Line[] => {
      const [time, megabytes] = [median(times[name]), median(memory[name])];
      return [
        {
          work: `start of ${name}`,
          subject: milliseconds(time),
          floor: `bare Nest ${milliseconds(median(times.bare))}`,
          ratio: time / median(times.bare),
          goal: `≤ ${String(GOAL_MS)} ms`,
          met: time <= GOAL_MS,
        },
        {
          work: `memory of ${name}`,
          subject: `${megabytes.toFixed(0)} MB`,
          floor: `bare Nest ${median(memory.bare).toFixed(0)} MB`,
          ratio: megabytes / median(memory.bare),
          goal: `≤ ${String(GOAL_MB)} MB`,
          met: megabytes <= GOAL_MB,
        },
      ];
    });
    return { lines, data: { times, memory } };
  },
};
