import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode } from './install.mjs';
import { exclusively } from './lock.mjs';
import { supervise } from './supervise.mjs';

/** What the server is compiled from. The lockfile is one of them, because the types of a dependency may change with it. */
const SOURCES = ['server/src', 'migrations', 'libs/rules/src'];
const SETTINGS = ['tsconfig.base.json', 'server/tsconfig.json', 'package-lock.json'];

/** Written after a good build. */
const markerOf = (root) => join(root, 'dist', '.sources.json');

/** Size and time of every source, by path. Reading the contents would take longer and find hardly more. */
function fingerprint(root) {
  const sources = {};
  const note = (path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    sources[path] = `${mtimeMs} ${size}`;
  };
  for (const directory of SOURCES) {
    for (const path of filesIn(root, directory)) {
      if (path.endsWith('.ts') && !/\.(spec|contract)\.ts$/.test(path)) {
        note(path);
      }
    }
  }
  SETTINGS.forEach(note);
  return sources;
}

function filesIn(root, directory) {
  try {
    return readdirSync(join(root, directory), { recursive: true })
      .map((path) => `${directory}/${path}`)
      .sort();
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/**
 * Compiles the server into `dist` if a source has changed since the last good build.
 *
 * @param {string} root directory of the checkout
 * @returns {Promise<{ problem?: string, exitCode?: number }>}
 */
export async function build(root) {
  if (isFresh(root)) {
    return {};
  }
  return exclusively(root, (started) => compile(root, started));
}

function isFresh(root) {
  return JSON.stringify(readJson(markerOf(root))) === JSON.stringify(fingerprint(root));
}

async function compile(root, started) {
  if (isFresh(root)) {
    return {}; // someone else has done it while we waited
  }
  const begun = performance.now();
  const sources = fingerprint(root);
  const built = readJson(markerOf(root));
  // The compiler doesn't remove what it made from a file that is gone, and a migration left in dist would still be applied.
  if (built === null || Object.keys(built).some((path) => !(path in sources))) {
    rmSync(join(root, 'dist'), { recursive: true, force: true });
  }
  console.error(built === null ? 'Building the server.' : 'Building the server, because its sources have changed.');
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const exitCode = await supervise(pinnedNode(root), [compiler, '-p', join(root, 'server', 'tsconfig.json')], {
    cwd: root,
    started,
    disposable: true,
  });
  if (exitCode !== 0) {
    return { problem: 'The build failed, so nothing was started. The errors are above.', exitCode };
  }
  writeFileSync(markerOf(root), JSON.stringify(sources));
  console.error(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
  return {};
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return null;
  }
}
