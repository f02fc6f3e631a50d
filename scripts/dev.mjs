/**
 * `npm run dev`: compiles on every change, starts the server again, and builds the console again. Parameters go to the server; `all` without
 * any.
 */
import { join } from 'node:path';
import process from 'node:process';
import { forgetBuild } from './build.mjs';
import { supervise } from './supervise.mjs';

const root = join(import.meta.dirname, '..');
const parameters = process.argv.slice(2);
const compiler = [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'server/tsconfig.json')];
const server = [join(root, 'dist/server/src/main.js'), ...(parameters.length > 0 ? parameters : ['all'])];

// In one language, and with hashes in the names as in production: the server has browsers keep what has one.
const consoleBuild = ['build', '--watch', '--configuration', 'development', '--output-hashing', 'all'];
forgetBuild(root, 'console');

// Not `nest start --watch`: it ends the server by killing every process below it, and the PostgreSQL instances are below it.
await Promise.all([
  supervise(process.execPath, [...compiler, '--watch', '--preserveWatchOutput'], { cwd: root }),
  // Disposable, because its compiler writes a panic over the last words of the server when it is only asked to end.
  supervise(process.execPath, [join(root, 'node_modules/@angular/cli/bin/ng.js'), ...consoleBuild], {
    cwd: root,
    disposable: true,
  }),
  supervise(process.execPath, ['--enable-source-maps', '--watch', '--watch-preserve-output', ...server], { cwd: root }),
]);
