/**
 * Measures Toygres against its floors and prints a table.
 *
 *   npm run bench -- [--only create,list] [--runs 5]
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { burst } from './rows/burst.ts';
import { consolePages } from './rows/console.ts';
import { create } from './rows/create.ts';
import { flow } from './rows/flow.ts';
import { get } from './rows/get.ts';
import { kubernetes } from './rows/kubernetes.ts';
import { list } from './rows/list.ts';
import { start } from './rows/start.ts';
import { streams } from './rows/streams.ts';
import { view } from './rows/view.ts';
import type { Benchmark } from './support/benchmark.ts';
import { Cleanup } from './support/cleanup.ts';
import { format } from './support/table.ts';

const HERE: readonly Benchmark[] = [create, burst, flow, list, get, streams, start, view, consolePages];
/** What needs more than this machine is measured when it is asked for. */
const BENCHMARKS: readonly Benchmark[] = [...HERE, kubernetes];
const RESULTS = join(import.meta.dirname, 'results');

const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } });
const names = values.only?.split(',') ?? HERE.map(({ name }) => name);
const unknown = names.filter((name) => !BENCHMARKS.some((benchmark) => benchmark.name === name));
const runs = values.runs === undefined ? undefined : Number(values.runs);
if (unknown.length > 0 || (runs !== undefined && !(Number.isInteger(runs) && runs > 0))) {
  console.error(`Usage: npm run bench -- [--only ${BENCHMARKS.map(({ name }) => name).join(',')}] [--runs <number>]`);
  process.exit(1);
}

const cleanup = new Cleanup();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void cleanup.run().finally(() => process.exit(130));
  });
}

const started = new Date();
console.log(
  `${String(availableParallelism())} cores (${cpus()[0]?.model ?? 'unknown'}), Node.js ${process.version}, load ${loadavg()[0]?.toFixed(1) ?? '?'} before the start`,
);
const results: Record<string, unknown> = {};
for (const benchmark of BENCHMARKS.filter(({ name }) => names.includes(name))) {
  const begun = performance.now();
  try {
    const report = await benchmark.run({ runs, cleanup });
    const seconds = ((performance.now() - begun) / 1_000).toFixed(0);
    results[benchmark.name] = { ...report, seconds: Number(seconds), load: loadavg()[0] };
    console.log(`\n${benchmark.name} (${seconds} s, load ${loadavg()[0]?.toFixed(1) ?? '?'})\n\n${format(report)}`);
  } catch (error) {
    console.error(`\n${benchmark.name} could not be measured:`, error);
    process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
}

await mkdir(RESULTS, { recursive: true });
const file = join(RESULTS, `${started.toISOString().replaceAll(':', '-')}.json`);
await writeFile(
  file,
  `${JSON.stringify({ started, cores: availableParallelism(), node: process.version, results }, null, 2)}\n`,
);
console.log(`\nWritten to ${file}`);
// An idle connection of a pool must not keep it from ending.
process.exit();
