import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { exclusively } from './lock.mjs';
import { supervise } from './supervise.mjs';

/** The Node.js that the lockfile pins, through the npm package `node`. */
export function pinnedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', 'node');
}

/** Written last, and removed first by `npm ci`: an interrupted installation has none. */
const markerOf = (root) => join(root, 'node_modules', '.toygres-installed');

/** What an installation must have been made from and for. A checkout may be shared by a Mac and a Linux container. */
function wanted(root) {
  const lockfile = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lockfile} ${process.platform}-${process.arch}\n`;
}

/**
 * Why `npm ci` has to run, in words, or null when what is installed is what the lockfile asks for.
 *
 * @param {string} root directory of the checkout
 */
export function installReason(root) {
  if (!existsSync(join(root, 'node_modules'))) {
    return 'the dependencies are not installed yet';
  }
  if (!existsSync(pinnedNode(root))) {
    return 'the installed dependencies are not complete';
  }
  const marker = readText(markerOf(root));
  if (marker === wanted(root)) {
    return null;
  }
  if (marker === null && !existsSync(join(root, 'node_modules', '.package-lock.json'))) {
    return 'an earlier installation was interrupted';
  }
  const samePlatform = marker === null || marker.endsWith(` ${process.platform}-${process.arch}\n`);
  if (samePlatform && installedByHand(root)) {
    return null;
  }
  return samePlatform ? 'package-lock.json has changed' : 'the dependencies were installed for another platform';
}

/** Whether `npm install` or `npm ci` was run by hand and left exactly what the lockfile lists: npm keeps its own list of that. */
function installedByHand(root) {
  const locked = packagesOf(join(root, 'package-lock.json'));
  const installed = packagesOf(join(root, 'node_modules', '.package-lock.json'));
  const missing = Object.keys(locked).some((path) => path !== '' && !(path in installed) && !locked[path].optional);
  const different = Object.keys(installed).some((path) => identity(locked[path]) !== identity(installed[path]));
  return !missing && !different;
}

function packagesOf(lockfile) {
  try {
    return JSON.parse(readFileSync(lockfile, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

const identity = (entry) => entry && `${entry.version} ${entry.integrity} ${entry.link === true}`;

/**
 * Installs what the lockfile lists, if that isn't there yet.
 *
 * @param {string} root directory of the checkout
 * @returns {Promise<{ problem?: string, exitCode?: number }>}
 */
export async function ensureInstalled(root) {
  if (installReason(root) !== null) {
    const { problem, exitCode } = await exclusively(root, (started) => install(root, started));
    if (problem) {
      return { problem, exitCode };
    }
  }
  if (readText(markerOf(root)) !== wanted(root)) {
    writeFileSync(markerOf(root), wanted(root));
  }
  return {};
}

async function install(root, started) {
  const reason = installReason(root);
  if (reason === null) {
    return {}; // someone else has done it while we waited
  }
  console.error(`Installing the dependencies with npm ci, because ${reason}. The first time takes a minute or two.`);
  // Errors only: npm would warn about every package that wants a newer Node.js than the machine's, and they run on the pinned one.
  const exitCode = await supervise('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    env: { ...process.env, PATH: withoutOwnPrograms(root) },
    stdio: ['ignore', 'inherit', 'inherit'],
    started,
    // While a script of a package runs, npm doesn't stop on SIGTERM; and half an installation is worth nothing.
    disposable: true,
  });
  if (exitCode !== 0) {
    return {
      problem: `npm ci failed (exit code ${exitCode}), so nothing was started. Its own words are above.`,
      exitCode,
    };
  }
  if (!existsSync(pinnedNode(root))) {
    return {
      problem:
        'npm ci left out the pinned Node.js, which a script of the package "node" puts in place. ' +
        'If npm is set to ignore scripts, run: npm rebuild node --ignore-scripts=false',
    };
  }
  writeFileSync(markerOf(root), wanted(root));
  return {};
}

/** PATH with the machine's programs only: npm must not run on the very Node.js that it is about to replace. */
function withoutOwnPrograms(root) {
  const own = join(root, 'node_modules');
  return (process.env.PATH ?? '')
    .split(delimiter)
    .filter((directory) => !directory.startsWith(own))
    .join(delimiter);
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
