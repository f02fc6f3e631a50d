import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Cleanup } from './cleanup.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** The program as it ships; its first argument is the role. */
export const TOYGRES = join(ROOT, 'dist', 'server', 'src', 'main.js');
/** The floor of what Nest itself costs. */
export const BARE_NEST = [join(import.meta.dirname, 'bare-nest.ts')];
const READY = /(?:ready at|health is at) (http:\/\/[^/\s]+)/;

/** A server in a process of its own, started as it ships. */
export class ServerProcess {
  private readonly child: ChildProcess;
  /** Where it listens, as it said itself. */
  readonly url: string;
  /** Milliseconds from its start to the line that says that it is ready. */
  readonly startMs: number;

  private constructor(child: ChildProcess, url: string, startMs: number) {
    this.child = child;
    this.url = url;
    this.startMs = startMs;
  }

  /** Starts a program and resolves when it says that it is ready. */
  static async start(
    cleanup: Cleanup,
    command: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServerProcess> {
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('TOYGRES_'));
    const begun = performance.now();
    const child = spawn(process.execPath, [...command], {
      cwd: ROOT,
      env: {
        ...Object.fromEntries(inherited),
        NODE_ENV: 'production',
        TOYGRES_PORT: '0',
        TOYGRES_WORKER_PORT: '0',
        TOYGRES_LOG_LEVEL: 'warn',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    cleanup.add(() => end(child));
    for await (const line of createInterface(child.stdout)) {
      const [, url] = READY.exec(line) ?? [];
      if (url !== undefined) {
        const server = new ServerProcess(child, url, performance.now() - begun);
        child.stdout.resume();
        return server;
      }
    }
    throw new Error(`${command.join(' ')} ended before it was ready.`);
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Resident memory in megabytes (10^6 bytes). */
  async residentMb(): Promise<number> {
    const status = await readFile(`/proc/${String(this.pid)}/status`, 'utf8');
    return (Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1_024) / 1e6;
  }

  stop(): Promise<void> {
    return end(this.child);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}
