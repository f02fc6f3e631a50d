import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compressFiles } from './compress.mjs';
import { pinnedNode } from './install.mjs';
import { exclusively } from './lock.mjs';
import { namePreloads } from './preload.mjs';
import { supervise } from './supervise.mjs';

/**
 * What is built, each when a source of it has changed. The lockfile is one of them, because what is compiled may change with a dependency.
 */
const PARTS = [
  {
    name: 'server',
    sources: ['server/src', 'migrations', 'libs/rules/src'],
    settings: ['tsconfig.base.json', 'server/tsconfig.json', 'package-lock.json'],
    outputs: ['server', 'migrations', 'libs', 'server.tsbuildinfo'],
    program: ['typescript/bin/tsc', '-p', 'server/tsconfig.json'],
  },
  {
    name: 'console',
    sources: ['client/src', 'client/public', 'libs/rules/src', 'libs/sdk/src'],
    settings: ['angular.json', 'client/tsconfig.json', 'client/tsconfig.app.json', 'package-lock.json'],
    outputs: ['client'],
    program: ['@angular/cli/bin/ng.js', 'build'],
    // A table of its files, which says nothing to those who start it; what is wrong goes to the other stream.
    stdio: ['inherit', 'ignore', 'inherit'],
    finish: (root) => {
      const directory = join(root, 'dist', 'client');
      [directory, join(directory, 'de')].forEach(namePreloads);
      return compressFiles(directory);
    },
  },
];

/** Written after a good build. */
const markerOf = (root, { name }) => join(root, 'dist', `.${name}.json`);

/** Size and time of every source, by path. Reading the contents would take longer and find hardly more. */
function fingerprint(root, { sources: directories, settings }) {
  const sources = {};
  const note = (path) => {
    const { mtimeMs, size } = statSync(join(root, path));
    sources[path] = `${mtimeMs} ${size}`;
  };
  for (const directory of directories) {
    for (const path of filesIn(root, directory)) {
      if (!/\.(spec|contract)\.ts$/.test(path)) {
        note(path);
      }
    }
  }
  settings.forEach(note);
  return sources;
}

function filesIn(root, directory) {
  try {
    return readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
      .sort();
  } catch (error) {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/**
 * Builds into `dist` what has changed since its last good build: the server, and the console where its sources are there.
 *
 * @param {string} root directory of the checkout
 * @param {string} [only] name of the one part that is needed
 * @returns {Promise<{ problem?: string, exitCode?: number }>}
 */
export async function build(root, only) {
  for (const part of PARTS.filter(({ name }) => only === undefined || name === only)) {
    if (existsSync(join(root, part.sources[0])) && !isFresh(root, part)) {
      const outcome = await exclusively(root, (started) => compile(root, part, started));
      if (outcome.problem) {
        return outcome;
      }
    }
  }
  return {};
}

/**
 * Says that a part must be built anew when it is needed next, because something else is about to write where its build does.
 *
 * @param {string} root directory of the checkout
 * @param {string} name of the part
 */
export function forgetBuild(root, name) {
  rmSync(markerOf(root, { name }), { force: true });
}

function isFresh(root, part) {
  return JSON.stringify(readJson(markerOf(root, part))) === JSON.stringify(fingerprint(root, part));
}

async function compile(root, part, started) {
  if (isFresh(root, part)) {
    return {}; // someone else has done it while we waited
  }
  const begun = performance.now();
  const sources = fingerprint(root, part);
  const built = readJson(markerOf(root, part));
  // The compiler doesn't remove what it made from a file that is gone, and a migration left in dist would still be applied.
  if (built === null || Object.keys(built).some((path) => !(path in sources))) {
    for (const output of part.outputs) {
      rmSync(join(root, 'dist', output), { recursive: true, force: true });
    }
  }
  console.error(`Building the ${part.name}${built === null ? '' : ', because its sources have changed'}.`);
  const [program, ...parameters] = part.program;
  const exitCode = await supervise(pinnedNode(root), [join(root, 'node_modules', program), ...parameters], {
    cwd: root,
    started,
    disposable: true,
    ...(part.stdio && { stdio: part.stdio }),
  });
  if (exitCode !== 0) {
    return { problem: `The build of the ${part.name} failed, so nothing was started. The errors are above.`, exitCode };
  }
  await part.finish?.(root);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(markerOf(root, part), JSON.stringify(sources));
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
