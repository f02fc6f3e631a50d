import { lineStartsBackward, type LineStart, type LogFile } from './log-file.js';
import { isStartOfServer, timeOf } from './log-words.js';

/** What is wanted of the end of a log. */
export interface LogStart {
  /** The last so many lines. */
  readonly lines: number;
  /** Bytes that these may take: then there are fewer. */
  readonly bytes: number;
  /** Nothing that was written before. */
  readonly since?: Date | undefined;
  /** Only what the server before the present one has written. */
  readonly previous?: boolean | undefined;
}

/** Finds where the last lines of a log begin, on the way back through its files, the newest first. */
export class LogTail {
  #lines: number;
  #bytes: number;

  /** @param shows whether a line counts */
  constructor(
    private readonly wanted: LogStart,
    private readonly shows: (line: string) => boolean,
  ) {
    this.#lines = wanted.lines;
    this.#bytes = wanted.bytes;
  }

  /** Where to begin in a file that is read up to `end`: there, when enough was found in the files behind it. */
  async beginIn(file: LogFile, end: number): Promise<number> {
    let begin = end;
    if (this.#lines === 0) {
      return begin;
    }
    for await (const lines of lineStartsBackward(file, end)) {
      for (const line of lines) {
        if (this.#isTooOld(line)) {
          this.#lines = 0;
          return begin;
        }
        if (this.#isDecided(line)) {
          this.#take(line, begin - line.start);
          begin = line.start;
        }
        if (this.#lines === 0) {
          return begin;
        }
      }
    }
    return begin;
  }

  #isTooOld({ head }: LineStart): boolean {
    const { since } = this.wanted;
    return since !== undefined && (timeOf(head()) ?? since) < since;
  }

  /** A line that goes on from the one before it is wanted if that one is; what is found there takes both. */
  #isDecided({ head }: LineStart): boolean {
    return this.wanted.since === undefined || timeOf(head()) !== null;
  }

  #take({ head }: LineStart, bytes: number): void {
    this.#bytes -= bytes;
    if (this.#bytes <= 0 || (this.wanted.previous === true && isStartOfServer(head()))) {
      this.#lines = 0;
    } else if (this.shows(head())) {
      this.#lines -= 1;
    }
  }
}

/** Where files end that a server before the present one has written to; null when there is none. @param files oldest first */
export async function endsOfPrevious(files: readonly LogFile[]): Promise<ReadonlyMap<string, number> | null> {
  for (const [index, file] of [...files.entries()].toReversed()) {
    for await (const lines of lineStartsBackward(file, file.size)) {
      const begin = lines.find(({ head }) => isStartOfServer(head()));
      if (begin) {
        const before = [...sizesOf(files.slice(0, index)), [file.name, begin.start] as const];
        return before.some(([, end]) => end > 0) ? new Map(before) : null;
      }
    }
  }
  return null;
}

export function sizesOf(files: readonly LogFile[]): (readonly [string, number])[] {
  return files.map(({ name, size }) => [name, size] as const);
}
