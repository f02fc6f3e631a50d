import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A process of PostgreSQL: a postmaster, one of its children, or `postgres --single`. */
export interface PostgresProcess {
  readonly pid: number;
  /** Its working directory, which PostgreSQL sets to the data directory. The directory itself may be gone. */
  readonly directory: string;
}

/** Every process of PostgreSQL that this user may look at. */
export async function listPostgresProcesses(): Promise<PostgresProcess[]> {
  if (process.platform !== 'linux') {
    return listByLsof([]);
  }
  const names = await readdir('/proc');
  const found = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map((name) => lookUp(Number(name))));
  return found.filter((entry) => entry !== null);
}

/**
 * Whether a process is a PostgreSQL server of exactly this data directory. A pid alone proves nothing: after a crash of
 * the machine the pid in `postmaster.pid` may belong to anybody, another instance's server included.
 *
 * @param dataDirectory without symbolic links
 */
export async function isServerOf(pid: number, dataDirectory: string): Promise<boolean> {
  const [entry] = process.platform === 'linux' ? [await lookUp(pid)] : await listByLsof(['-p', String(pid)]);
  return entry?.directory === dataDirectory;
}

async function lookUp(pid: number): Promise<PostgresProcess | null> {
  try {
    if ((await readFile(`/proc/${pid}/comm`, 'utf8')) !== 'postgres\n') {
      return null;
    }
    const directory = await readlink(`/proc/${pid}/cwd`);
    return { pid, directory: directory.replace(/ \(deleted\)$/, '') };
  } catch {
    // It ended meanwhile (a zombie has no working directory), or it is another user's.
    return null;
  }
}

/** For macOS, which has no /proc. */
async function listByLsof(selection: readonly string[]): Promise<PostgresProcess[]> {
  try {
    const { stdout } = await run('lsof', ['-a', '-d', 'cwd', '-c', '/^postgres$/', ...selection, '-F', 'pn']);
    return parseLsof(stdout);
  } catch {
    // lsof exits with 1 when nothing matches.
    return [];
  }
}

/** Parses the output of `lsof -F pn`: a line `p<pid>` per process, then `n<directory>`. */
export function parseLsof(output: string): PostgresProcess[] {
  const processes: PostgresProcess[] = [];
  let pid = 0;
  for (const line of output.split('\n')) {
    if (line.startsWith('p')) {
      pid = Number(line.slice(1));
    } else if (line.startsWith('n')) {
      processes.push({ pid, directory: line.slice(1) });
    }
  }
  return processes;
}
