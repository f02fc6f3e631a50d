import { type FoundLine, type LogFile, readLines } from './log-file.js';
import { endsOfPrevious, type LogStart, LogTail, sizesOf } from './log-tail.js';
import { LogWatch } from './log-watch.js';
import { timeOf } from './log-words.js';

export interface StoredLine {
  readonly text: string;
  readonly time: Date | null;
  /** Where the line ends: {@link LogReader.after} goes on there. */
  readonly cursor: string;
}

/** The files of a log. */
export interface LogFiles {
  readonly directory: string;
  /** @returns null while the directory is not there */
  list(): Promise<LogFile[] | null>;
  /** The files that keep what servers before the present one have written. */
  ofRuns(listed: readonly LogFile[]): LogFile[];
  /** Whether a line is shown to people. */
  shows(line: string): boolean;
}

/** Up to where a file was read. */
interface Position {
  readonly made: number;
  readonly offset: number;
}

const CURSOR = /^([^:]+):(\d+):(\d+)$/;

/**
 * Reads a log that is written by somebody else: in the order in which its files were written to, each from where the reader was. A file that is
 * rotated away is read to its end, one that was cut short or made anew from its beginning.
 */
export class LogReader {
  readonly #positions = new Map<string, Position>();
  /** Where files end that are not read any further; null = as they grow. */
  #ends: ReadonlyMap<string, number> | null = null;

  private constructor(private readonly files: LogFiles) {}

  /** Begins with the last lines. @returns null when there is no server before the present one whose lines are asked for */
  static async tail(files: LogFiles, start: LogStart): Promise<LogReader | null> {
    const reader = new LogReader(files);
    const listed = (await files.list()) ?? [];
    const ends = start.previous === true ? await endsOfPrevious(files.ofRuns(listed)) : new Map(sizesOf(listed));
    if (ends === null) {
      return null;
    }
    reader.#ends = start.previous === true ? ends : null;
    const tail = new LogTail(start, (line) => files.shows(line));
    for (const file of listed.toReversed()) {
      const offset = await tail.beginIn(file, ends.get(file.name) ?? 0);
      reader.#positions.set(file.name, { made: file.made, offset });
    }
    return reader;
  }

  /** Goes on behind a line, or, where its file is gone, with what was written later. @returns null when the cursor is none */
  static async after(files: LogFiles, cursor: string): Promise<LogReader | null> {
    const [, encoded, made, offset] = CURSOR.exec(cursor) ?? [];
    if (encoded === undefined) {
      return null;
    }
    const reader = new LogReader(files);
    const position = { made: Number(made), offset: Number(offset) };
    const listed = (await files.list()) ?? [];
    const at = listed.findIndex(({ name, made }) => encodeURIComponent(name) === encoded && made === position.made);
    for (const [index, file] of listed.entries()) {
      const isRead = at === -1 ? file.modified < position.made : index < at;
      const read = { made: file.made, offset: isRead ? file.size : 0 };
      reader.#positions.set(file.name, index === at ? position : read);
    }
    return reader;
  }

  /** What there is from here on. What is not a whole line yet is left for the next time. */
  async *read(): AsyncGenerator<StoredLine> {
    const listed = (await this.files.list()) ?? [];
    for (const [index, file] of listed.entries()) {
      const end = this.#ends === null ? file.size : (this.#ends.get(file.name) ?? 0);
      // Nothing is added any more to what is not the newest.
      const options = { alsoIncomplete: index < listed.length - 1 };
      let time: Date | null = null;
      for await (const line of readLines(file, this.#offsetIn(file), end, options)) {
        this.#positions.set(file.name, { made: file.made, offset: line.end });
        time = timeOf(line.text) ?? time;
        if (line.text !== '' && this.files.shows(line.text)) {
          yield stored(file, line, time);
        }
      }
    }
  }

  /** What there is, and then what comes, until the log is removed. @throws the reason of the signal */
  async *follow(signal: AbortSignal): AsyncGenerator<StoredLine> {
    using watch = new LogWatch(this.files.directory);
    for (let wasThere = false; ;) {
      for await (const line of this.read()) {
        yield line;
        signal.throwIfAborted();
      }
      const isThere = (await this.files.list()) !== null;
      if (wasThere && !isThere) {
        return;
      }
      wasThere = isThere;
      await watch.next(signal);
    }
  }

  #offsetIn({ name, made, size }: LogFile): number {
    const position = this.#positions.get(name);
    return position?.made === made && position.offset <= size ? position.offset : 0;
  }
}

function stored({ name, made }: LogFile, { text, end }: FoundLine, time: Date | null): StoredLine {
  return { text, time, cursor: `${encodeURIComponent(name)}:${String(made)}:${String(end)}` };
}
