import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const module = JSON.stringify(new URL('./supervise.mjs', import.meta.url).href);

/** Prints `ready`, then each signal as it comes; ends with 7 on SIGTERM. */
const CHILD = `
  process.on('SIGINT', () => console.log('SIGINT'));
  process.on('SIGTERM', () => { console.log('SIGTERM'); process.exit(7); });
  setInterval(() => {}, 1000);
  console.log('ready');`;

/** Starts a program that supervises `child`, in a process group of its own, and yields the lines of both. */
function start(child, options = {}) {
  const parent = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const { supervise } = await import(${module});
       process.exitCode = await supervise(process.execPath, ['--eval', ${JSON.stringify(child)}], ${JSON.stringify(options)});`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  );
  const lines = createInterface({ input: parent.stdout })[Symbol.asyncIterator]();
  return { parent, exit: once(parent, 'exit'), next: async () => (await lines.next()).value };
}

it('passes one signal on once, although the terminal and npm both send it, and returns the exit code', async () => {
  const { parent, exit, next } = start(CHILD);
  expect(await next()).toBe('ready');
  process.kill(-parent.pid, 'SIGINT');
  expect(await next()).toBe('SIGINT');
  parent.kill('SIGINT');
  parent.kill('SIGTERM');
  expect(await next()).toBe('SIGTERM');
  expect(await exit).toEqual([7, null]);
});

it('reports the signal that ended a program as a shell does', async () => {
  const { exit } = start(`process.kill(process.pid, 'SIGKILL')`);
  expect(await exit).toEqual([137, null]);
});

it('ends a disposable program at once, even one that ignores the signal', async () => {
  const { parent, exit, next } = start(
    `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('ready');`,
    {
      disposable: true,
    },
  );
  expect(await next()).toBe('ready');
  parent.kill('SIGTERM');
  expect(await exit).toEqual([137, null]);
});
