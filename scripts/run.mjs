#!/usr/bin/env node
/**
 * Runs a command of this repository, from a bare clone too: installs the dependencies when they are missing or older than the
 * lockfile, builds what is stale, then starts the command on the Node.js version that the lockfile pins.
 *
 *   node scripts/run.mjs [--build[=server|=console]] [<file.js|file.mjs|file.ts> | <program in node_modules/.bin>] [arguments…]
 *
 * Imports nothing that has to be installed, and no syntax that Node.js 20 doesn't know.
 */
import { realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { ensureInstalled, pinnedNode } from './install.mjs';
import { supervise } from './supervise.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = 20;

/** The file behind a command: a path is taken as it is, a bare word is a program of an installed package. */
function fileOf(command) {
  return /\.[cm]?[jt]s$/.test(command)
    ? join(root, command)
    : realpathSync(join(root, 'node_modules', '.bin', command));
}

async function main(parameters) {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    return fail(
      `Toygres needs Node.js ${OLDEST_NODE} or newer to install itself, and this is ${process.versions.node}. ` +
        'Get a newer one from https://nodejs.org and run the command again.',
    );
  }
  const [, withBuild, part] = /^(--build)(?:=(server|console))?$/.exec(parameters[0] ?? '') ?? [];
  const [command, ...rest] = withBuild ? parameters.slice(1) : parameters;

  const installed = await ensureInstalled(root);
  if (installed.problem) {
    return fail(installed.problem, installed.exitCode);
  }
  if (withBuild) {
    const built = await build(root, part);
    if (built.problem) {
      return fail(built.problem, built.exitCode);
    }
  }
  if (command === undefined) {
    return 0;
  }
  const endWithParent = new URL('./end-with-parent.mjs', import.meta.url).href;
  return supervise(pinnedNode(root), ['--import', endWithParent, fileOf(command), ...rest], {
    cwd: root,
    // What the command starts as `node` is to be the pinned one too, also when npm isn't the one that started us.
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
}

function fail(message, exitCode = 1) {
  console.error(message);
  return exitCode;
}

process.exitCode = await main(process.argv.slice(2));
