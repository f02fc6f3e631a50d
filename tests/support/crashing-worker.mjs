/**
 * The worker that ships, killed or paused at one point of one activity:
 *
 *   node tests/support/crashing-worker.mjs <activity> <point> [activity that fails for good]
 *
 * Points: `inside` the handler, `after` it and before its result is recorded, `recorded` and before the queue knows. `pause` stops it inside
 * the handler by SIGSTOP, for whoever has started it to let it go on. `hold` says "holding" and keeps the handler from ending until it is aborted,
 * the first time.
 */
import 'reflect-metadata';
import { once } from 'node:events';
import process from 'node:process';
import { enableCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , activity, point, failing] = process.argv;
enableCompileCache();

const built = (path) => import(`../../dist/server/src/${path}`);
const { HandlerRegistry } = await built('orchestrations/jobs/handler-registry.js');
const { ActivityRunner } = await built('orchestrations/jobs/activity-runner.js');
const { DataPlaneError } = await built('data-plane/index.js');

/** Long enough to be in the midst of what takes long, short enough not to be past it. */
const INSIDE_MS = 15;
let recorded;
let held = false;

function die() {
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

const find = HandlerRegistry.prototype.activity;
HandlerRegistry.prototype.activity = function (name) {
  const handler = find.call(this, name);
  if (name === failing) {
    return () => Promise.reject(new DataPlaneError('server_exited', 'The test lets it fail.', false));
  }
  if (name !== activity || !handler) {
    return handler;
  }
  return async (context, signal) => {
    if (point === 'pause') {
      // Now and then in the midst of the handler, not always where it waits for the same thing.
      setTimeout(() => process.kill(process.pid, 'SIGSTOP'), Math.random() * INSIDE_MS);
    }
    const running = handler(context, signal);
    if (point === 'hold' && !held) {
      held = true;
      running.catch(() => undefined);
      process.stdout.write('holding\n');
      await once(signal, 'abort');
    }
    if (point === 'inside') {
      await Promise.race([running, sleep(INSIDE_MS)]);
      await die();
    }
    const result = await running;
    if (point === 'after') {
      await die();
    }
    if (point === 'recorded') {
      recorded = context.orchestrationId;
    }
    return result;
  };
};

const run = ActivityRunner.prototype.run;
ActivityRunner.prototype.run = async function (key) {
  const verdict = await run.call(this, key);
  if (recorded === key.orchestrationId) {
    await die();
  }
  return verdict;
};

process.argv.splice(2, Infinity, 'worker');
await built('main.js');
