/** `npm run dev`: compiles on every change and starts the server again. Parameters go to the server; `all` without any. */
import { join } from 'node:path';
import process from 'node:process';
import { supervise } from './supervise.mjs';

const root = join(import.meta.dirname, '..');
const parameters = process.argv.slice(2);
const compiler = [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'server/tsconfig.json')];
const server = [join(root, 'dist/server/src/main.js'), ...(parameters.length > 0 ? parameters : ['all'])];

// Not `nest start --watch`: it ends the server by killing every process below it, and the PostgreSQL instances are below it.
await Promise.all([
  supervise(process.execPath, [...compiler, '--watch', '--preserveWatchOutput'], { cwd: root }),
  supervise(process.execPath, ['--enable-source-maps', '--watch', '--watch-preserve-output', ...server], { cwd: root }),
]);
