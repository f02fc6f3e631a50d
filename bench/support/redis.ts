import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Cleanup } from './cleanup.ts';
import { freePort } from './free-port.ts';

/** Starts the machine's redis-server without persistence. @returns its URL; undefined when there is none */
export async function startRedis(cleanup: Cleanup, directory: string): Promise<string | undefined> {
  const port = String(await freePort());
  const child = spawn('redis-server', ['--port', port, '--bind', '127.0.0.1', '--save', '', '--dir', directory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const found = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]).catch(() => false);
  if (!found) {
    return undefined;
  }
  cleanup.add(async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
  });
  for await (const line of createInterface(child.stdout)) {
    if (line.includes('Ready to accept connections')) {
      break;
    }
  }
  child.stdout.resume();
  return `redis://127.0.0.1:${port}`;
}
