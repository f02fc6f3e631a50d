import type { Cleanup } from './cleanup.ts';

/** A line of the table. */
export interface Line {
  readonly work: string;
  readonly subject: string;
  readonly floor: string;
  /** Subject to floor in times, floor to subject in rates: what the goal is about. */
  readonly ratio: number | null;
  readonly goal: string;
  readonly met: boolean;
}

export interface Report {
  readonly lines: readonly Line[];
  /** Where the time goes: further tables, printed below the lines. */
  readonly details?: readonly { readonly title: string; readonly rows: readonly (readonly string[])[] }[];
  /** The figures behind the lines, for the file of results. */
  readonly data: unknown;
}

export interface BenchmarkContext {
  /** How often floor and subject are measured; undefined = as often as the benchmark thinks fit. */
  readonly runs: number | undefined;
  /** Ended when the benchmark is over. */
  readonly cleanup: Cleanup;
}

export interface Benchmark {
  readonly name: string;
  run(context: BenchmarkContext): Promise<Report>;
}
