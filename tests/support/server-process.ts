import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

const ROOT = join(import.meta.dirname, '..', '..');
const READY = /(?:ready at|health is at) (http:\/\/\S+)/;

/** One `toygres-server` as a process of its own, built and started as a user would start it. */
export class ServerProcess {
  #output = '';

  private constructor(
    private readonly child: ChildProcessByStdio<null, Readable, Readable>,
    readonly role: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (this.#output += chunk));
    }
  }

  /**
   * Starts a server and resolves when it says that it is ready.
   *
   * @param entry the program, when it is not the one that ships
   */
  static async start(
    role: 'api' | 'worker' | 'all',
    environment: Readonly<Record<string, string>>,
    entry: readonly string[] = ['dist/server/src/main.js', role],
  ): Promise<ServerProcess> {
    const server = ServerProcess.spawn(role, environment, entry);
    await server.#ready();
    return server;
  }

  /** Starts a server without waiting. */
  static spawn(
    role: string,
    environment: Readonly<Record<string, string>>,
    entry: readonly string[] = ['dist/server/src/main.js', role],
  ): ServerProcess {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TOYGRES_')));
    const child = spawn(process.execPath, [...entry], {
      cwd: ROOT,
      env: { ...inherited, NODE_ENV: 'production', TOYGRES_PORT: '0', TOYGRES_WORKER_PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new ServerProcess(child, role);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Everything that it has written to its standard output and error. */
  get output(): string {
    return this.#output;
  }

  /** Where it listens, as it said itself. */
  get url(): string {
    const [, url] = READY.exec(this.#output) ?? [];
    if (url === undefined) {
      throw new Error(`The ${this.role} is not ready:\n${this.#output}`);
    }
    return url.replace(/\/health$/, '');
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** @returns the exit code, or the signal that ended it */
  async exited(): Promise<number | NodeJS.Signals | null> {
    if (this.running) {
      await once(this.child, 'exit');
    }
    return this.child.exitCode ?? this.child.signalCode;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.signal(signal);
    return this.exited();
  }

  async #ready(): Promise<void> {
    while (!READY.test(this.#output)) {
      const gone = new AbortController();
      try {
        await Promise.race([
          once(this.child.stdout, 'data', { signal: gone.signal }),
          once(this.child, 'exit', { signal: gone.signal }),
        ]);
      } finally {
        gone.abort();
      }
      if (!this.running && !READY.test(this.#output)) {
        throw new Error(`The ${this.role} ended before it was ready:\n${this.#output}`);
      }
    }
  }
}
