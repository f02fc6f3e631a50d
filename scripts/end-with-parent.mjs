/**
 * Preloaded into what run.mjs starts. That process has a process group of its own (see supervise.mjs), so a `kill -9` of the group of
 * `npm start` doesn't reach it; the closing of the channel to its parent does, and then it shuts down in order.
 */
import process from 'node:process';

if (process.connected) {
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  // The channel alone must not keep a finished command alive.
  process.channel?.unref();
}
