import { constants } from 'node:fs';
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Read at once. */
const CHUNK_BYTES = 64 * 1024;
/** What is beyond this of a line is left out: one statement may fill a disk. */
export const LONGEST_LINE_BYTES = 32 * 1024;
/** As much of a line as tells when it was written, by whom, and how it begins. */
const HEAD_BYTES = 128;
const LINE_BREAK = 0x0a;

/** A file of a log as it was a moment ago. */
export interface LogFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  /** When it was last written to, in milliseconds since 1970. */
  readonly modified: number;
  /** When it was made: tells it from another one that had its name before. */
  readonly made: number;
}

export interface FoundLine {
  readonly text: string;
  /** Where the next line begins, in bytes. */
  readonly end: number;
}

/** Where a line begins, and its first bytes. */
export interface LineStart {
  readonly start: number;
  readonly head: () => string;
}

/**
 * The files that there are, the one that was written to last at the end.
 *
 * @param directory whose files belong to the log
 * @param further paths that do too
 * @returns null when the directory is not there
 */
export async function listLogFiles(directory: string, ...further: readonly string[]): Promise<LogFile[] | null> {
  const names = await readdir(directory).catch(() => null);
  if (names === null) {
    return null;
  }
  const paths = [...further, ...names.map((name) => join(directory, name))];
  const files = await Promise.all(paths.map(describe));
  return files
    .filter((file) => file !== null)
    .sort((one, other) => one.modified - other.modified || (one.name < other.name ? -1 : 1));
}

async function describe(path: string): Promise<LogFile | null> {
  const stats = await lstat(path).catch(() => null);
  return stats?.isFile() === true
    ? {
        path,
        name: path.slice(path.lastIndexOf('/') + 1),
        size: stats.size,
        modified: stats.mtimeMs,
        made: Math.round(stats.birthtimeMs),
      }
    : null;
}

/** Lines that are complete, oldest first, with no more than a chunk in memory. The file may be gone by now: then there are none. */
export async function* readLines(
  { path }: Pick<LogFile, 'path'>,
  from: number,
  to: number,
  options: { readonly alsoIncomplete: boolean },
): AsyncGenerator<FoundLine> {
  await using file = await openFile(path);
  let line: Buffer[] = [];
  let length = 0;
  const keep = (bytes: Buffer): void => {
    const rest = bytes.subarray(0, Math.max(0, LONGEST_LINE_BYTES - length));
    if (rest.length > 0) {
      // A copy: the chunk is read into again.
      line.push(Buffer.from(rest));
    }
    length += bytes.length;
  };
  const take = (): string => {
    const text = Buffer.concat(line).toString('utf8');
    const cut = length > LONGEST_LINE_BYTES;
    line = [];
    length = 0;
    return cut ? `${text}…` : text;
  };
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (let position = from; file !== null && position < to;) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(CHUNK_BYTES, to - position), position);
    if (bytesRead === 0) {
      break;
    }
    const bytes = chunk.subarray(0, bytesRead);
    let begin = 0;
    for (let end = bytes.indexOf(LINE_BREAK); end !== -1; end = bytes.indexOf(LINE_BREAK, begin)) {
      keep(bytes.subarray(begin, end));
      begin = end + 1;
      yield { text: take(), end: position + begin };
    }
    keep(bytes.subarray(begin));
    position += bytesRead;
  }
  if (options.alsoIncomplete && length > 0) {
    yield { text: take(), end: to };
  }
}

/** Where lines begin, the last one first, a chunk at a time: however large the file is, no more of it is read than is looked at. */
export async function* lineStartsBackward(
  { path }: Pick<LogFile, 'path'>,
  end: number,
): AsyncGenerator<readonly LineStart[]> {
  await using file = await openFile(path);
  // The first bytes of what was read before, which go on from a line that begins in this chunk.
  let behind: Buffer = Buffer.alloc(0);
  for (let to = end; file !== null && to > 0;) {
    const from = Math.max(0, to - CHUNK_BYTES);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(to - from), 0, to - from, from);
    const bytes = Buffer.concat([buffer.subarray(0, bytesRead), behind]);
    const starts: LineStart[] = [];
    const add = (at: number): void => {
      // Behind the last line break there is no line.
      if (from + at < end) {
        starts.push({ start: from + at, head: () => bytes.toString('utf8', at, at + HEAD_BYTES) });
      }
    };
    for (let at = bytes.lastIndexOf(LINE_BREAK, bytesRead - 1); at !== -1;) {
      add(at + 1);
      at = at === 0 ? -1 : bytes.lastIndexOf(LINE_BREAK, at - 1);
    }
    if (from === 0) {
      add(0);
    }
    yield starts;
    behind = bytes.subarray(0, HEAD_BYTES);
    to = from;
  }
}

/** The directory belongs to the server's user, so a name in it may be a symbolic link or a pipe laid out for root. */
async function openFile(path: string): Promise<FileHandle | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file !== null && !(await file.stat()).isFile()) {
    await file.close();
    return null;
  }
  return file;
}
