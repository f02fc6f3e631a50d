import { Agent, get, type IncomingMessage } from 'node:http';
import type { Benchmark } from '../support/benchmark.ts';
import { connect, startDatabase, temporaryHome } from '../support/home.ts';
import { insertInstances } from '../support/instance-rows.ts';
import { ServerProcess, TOYGRES } from '../support/server-process.ts';
import { median, milliseconds, percentile } from '../support/statistics.ts';

const RUNS = 50;
const STREAMS = 1_000;
const GOAL_MS = 250;

/** From the commit of an event to every one of many open streams. */
export const streams: Benchmark = {
  name: 'streams',
  async run({ cleanup, runs = RUNS }) {
    const home = await temporaryHome(cleanup);
    const databaseUrl = await startDatabase(cleanup, home);
    const database = await connect(cleanup, databaseUrl);
    await insertInstances(database, 0, 100);
    const { url } = await ServerProcess.start(cleanup, [TOYGRES, 'api'], {
      TOYGRES_HOME: home,
      TOYGRES_DATABASE_URL: databaseUrl,
    });
    const arrivals: number[] = [];
    let arrived: () => void = () => undefined;
    const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
    const open: IncomingMessage[] = [];
    cleanup.add(async () => {
      open.forEach((response) => response.destroy());
    });
    for (let index = 0; index < STREAMS; index += 1) {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        get(`${url}/api/events`, { agent }, resolve).on('error', reject);
      });
      response
        .setEncoding('latin1')
        .on('error', () => undefined)
        .on('data', (text: string) => {
          if (text.includes('event: bench')) {
            arrivals.push(performance.now());
            if (arrivals.length === STREAMS) {
              arrived();
            }
          }
        });
      open.push(response);
    }

    const latencies: number[] = [];
    const last: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      arrivals.length = 0;
      const everyone = new Promise<void>((resolve) => {
        arrived = resolve;
      });
      await database.query('BEGIN');
      await database.query(
        `INSERT INTO instance_events (instance_id, type, data) SELECT id, 'bench', '{"from":"creating","state":"running"}'
         FROM instances ORDER BY created_at, id OFFSET $1 LIMIT 1`,
        [run % 100],
      );
      const committed = performance.now();
      await database.query('COMMIT');
      await everyone;
      const milliseconds_ = arrivals.map((time) => time - committed);
      latencies.push(...milliseconds_);
      last.push(Math.max(...milliseconds_));
    }
    const p95 = percentile(latencies, 0.95);
    return {
      lines: [
        {
          work: `${STREAMS.toLocaleString('en')} event streams, commit → client`,
          subject: `p95 ${milliseconds(p95)} (p50 ${milliseconds(median(latencies))})`,
          floor: '–',
          ratio: null,
          goal: `p95 ≤ ${String(GOAL_MS)} ms`,
          met: p95 <= GOAL_MS,
        },
      ],
      data: { p50: median(latencies), p95, p99: percentile(latencies, 0.99), lastClient: last },
    };
  },
};
