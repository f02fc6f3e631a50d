import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * One Ctrl-C arrives twice here: from the terminal, which signals its whole foreground group, and from npm, which passes it on.
 * A second one that a person means comes later than this.
 */
const REPEATED_WITHIN_MS = 1000;

/**
 * Runs a program in a process group of its own, so that a signal reaches it once and only from here, and waits for it.
 *
 * @param {string} program
 * @param {string[]} parameters
 * @param {import('node:child_process').SpawnOptions & { started?: (pid: number) => void, disposable?: boolean }} [options]
 *   `disposable`: a signal ends the program and all that it started at once, instead of being passed on.
 * @returns {Promise<number>} its exit code; 128 and the number of the signal that ended it, as a shell counts; 127 when it can't be started
 */
export function supervise(program, parameters, { started, disposable = false, ...options } = {}) {
  const child = spawn(program, parameters, { stdio: 'inherit', ...options, detached: true });
  if (child.pid !== undefined) {
    started?.(child.pid);
  }
  const last = new Map();
  const forward = (signal) => {
    const now = performance.now();
    if (now - (last.get(signal) ?? -Infinity) > REPEATED_WITHIN_MS) {
      last.set(signal, now);
      if (disposable) {
        process.kill(-child.pid, 'SIGKILL');
      } else {
        child.kill(signal);
      }
    }
  };
  for (const signal of FORWARDED) {
    process.on(signal, forward);
  }
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`${program} can't be started: ${error.message}`);
      resolve(127);
    });
    child.on('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  }).finally(() => {
    for (const signal of FORWARDED) {
      process.off(signal, forward);
    }
  });
}
