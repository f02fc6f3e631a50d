import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';

/** What systems call a Chromium. */
const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/**
 * The browser that tests drive: what CHROMIUM_PATH names, else Playwright's own, else the system's.
 *
 * @returns {Promise<string | undefined>} path of the program; undefined when there is none
 */
export async function findBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    return named;
  }
  const { chromium } = await import('@playwright/test');
  const candidates = [
    chromium.executablePath(),
    ...(process.env.PATH ?? '').split(delimiter).flatMap((directory) => NAMES.map((name) => join(directory, name))),
    ...ELSEWHERE,
  ];
  return candidates.find(isProgram);
}

/** The same; on Debian and Ubuntu, when there is none and we are root, the system's is installed first. */
export async function provideBrowser() {
  const found = await findBrowser();
  if (found || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return found;
  }
  console.log('Installing chromium, which the tests of the console need.');
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const parameters of [
    ['-qq', 'update'],
    ['-qq', 'install', '-y', '--no-install-recommends', 'chromium'],
  ]) {
    spawnSync('apt-get', parameters, { env: environment, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 });
  }
  return findBrowser();
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
