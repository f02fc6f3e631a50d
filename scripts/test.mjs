/**
 * `npm test`: unit tests, those of the console's components, medium and end-to-end tests, one after the other, and one line with the sum.
 *
 *   node scripts/test.mjs [unit] [console] [medium] [e2e] [k8s] [arguments for Vitest, such as part of a file name or -t "name of a test"]
 *
 * Those of `k8s` need a cluster and are run only when they are named: `npm run test:k8s`.
 * With TOYGRES_TEST_SUMMARY set to a file, the sum is also written there, for programs.
 */
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { provideBrowser } from './browser.mjs';
import { supervise } from './supervise.mjs';

const SIZES = ['unit', 'console', 'medium', 'e2e', 'k8s'];
/** What needs nothing but this machine. */
const HERE = SIZES.filter((size) => size !== 'k8s');
const WITH_BROWSER = ['e2e', 'k8s'];
const root = join(import.meta.dirname, '..');
/** How long Vitest may take to stop what its global setup has started. */
const CLOSE_MS = 60_000;

async function main(parameters) {
  const named = parameters.filter((parameter) => SIZES.includes(parameter));
  const filters = parameters.filter((parameter) => !SIZES.includes(parameter));
  // A filter is for the tests that Vitest finds itself, unless the others are asked for by name.
  const all = filters.length > 0 ? HERE.filter((size) => size !== 'console') : HERE;
  const sizes = named.length > 0 ? SIZES.filter((size) => named.includes(size)) : all;

  const needsBrowser = sizes.some((size) => WITH_BROWSER.includes(size));
  const browser = needsBrowser ? await provideBrowser() : undefined;
  if (browser) {
    process.env.CHROMIUM_PATH = browser;
  }

  const sum = { passed: 0, failed: 0, skipped: {} };
  for (const size of sizes) {
    const started = performance.now();
    console.log(`\n== ${size} tests`);
    const { interrupted, tally } = await run(size, filters);
    add(sum, tally);
    console.log(`== ${size} tests: ${counts(tally)} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    if (interrupted) {
      break;
    }
  }

  console.log();
  if (sizes.some((size) => size === 'medium' || size === 'e2e') && !redisIsThere()) {
    console.log(
      'REDIS HALF NOT RUN: there is no redis-server in PATH and TOYGRES_TEST_REDIS_URL is not set, so only the queue in PostgreSQL was ' +
        'tested. Install it (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis) or set that variable.',
    );
  }
  if (needsBrowser && !browser) {
    console.log(
      'CONSOLE NOT TESTED IN A BROWSER: there is no Chromium. Install one (Debian, Ubuntu: apt-get install chromium; elsewhere: npx playwright ' +
        'install chromium), or set CHROMIUM_PATH to its program.',
    );
  }
  const skipped = Object.entries(sum.skipped);
  if (skipped.length > 0) {
    const total = skipped.reduce((all, [, count]) => all + count, 0);
    console.log(`${total} skipped: ${skipped.map(([reason, count]) => `${reason} (${count})`).join('; ')}`);
  }
  if (process.env.TOYGRES_TEST_SUMMARY) {
    writeFileSync(process.env.TOYGRES_TEST_SUMMARY, JSON.stringify(sum));
  }
  console.log(counts(sum));
  return sum.failed > 0 ? 1 : 0;
}

/** Runs the tests of one size in a Vitest of their own, so that a broken setup of one doesn't take the others with it. */
async function run(size, filters) {
  const directory = mkdtempSync(join(tmpdir(), 'toygres-test-'));
  const file = join(directory, 'tally.json');
  let vitest;
  let stuck = false;
  // A process that a test has left behind, and that holds its output open, would keep a finished Vitest waiting for ever.
  const watch = setInterval(() => {
    if (existsSync(file) && Date.now() - statSync(file).mtimeMs > CLOSE_MS && !stuck) {
      stuck = true;
      console.error(
        `The ${size} tests are done, but Vitest doesn't end: something that a test has started is still running.`,
      );
      process.kill(-vitest, 'SIGKILL');
    }
  }, 1000);
  try {
    const exitCode = await supervise(
      process.execPath,
      size === 'console' ? consoleTests(filters) : vitestTests(size, filters),
      {
        cwd: root,
        env: { ...process.env, TOYGRES_TEST_TALLY: file },
        stdio: ['ignore', 'inherit', 'inherit'],
        started: (pid) => {
          vitest = pid;
        },
      },
    );
    const tally = tallyOf(file, stuck ? 0 : exitCode);
    return { interrupted: exitCode > 128 && !stuck, tally: stuck ? { ...tally, failed: tally.failed + 1 } : tally };
  } finally {
    clearInterval(watch);
    rmSync(directory, { recursive: true, force: true });
  }
}

const TALLY = join(import.meta.dirname, 'tally-reporter.mjs');

function vitestTests(size, filters) {
  return [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    `--project=${size}*`,
    '--reporter=default',
    `--reporter=${TALLY}`,
    // A filter may name tests of one size only; without a filter, no tests at all is a mistake.
    ...(filters.length > 0 ? ['--passWithNoTests', ...filters] : []),
  ];
}

/** Angular compiles the components of the console, and starts Vitest itself. */
function consoleTests(filters) {
  return [
    join(root, 'node_modules', '@angular', 'cli', 'bin', 'ng.js'),
    'test',
    '--reporters=default',
    `--reporters=${TALLY}`,
    ...filters.map((filter) => `--include=**/*${filter}*`),
  ];
}

function tallyOf(file, exitCode) {
  let tally = { passed: 0, failed: 0, skipped: {} };
  try {
    tally = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Vitest ended before the end of the run; its exit code says whether that is a failure.
  }
  if (exitCode !== 0 && tally.failed === 0) {
    tally.failed = 1;
  }
  return tally;
}

function add(sum, tally) {
  sum.passed += tally.passed;
  sum.failed += tally.failed;
  for (const [reason, count] of Object.entries(tally.skipped)) {
    sum.skipped[reason] = (sum.skipped[reason] ?? 0) + count;
  }
}

const counts = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

function redisIsThere() {
  return Boolean(process.env.TOYGRES_TEST_REDIS_URL) || (process.env.PATH ?? '').split(delimiter).some(hasRedis);
}

function hasRedis(directory) {
  try {
    accessSync(join(directory, 'redis-server'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

process.exitCode = await main(process.argv.slice(2));
