/**
 * Takes pictures of every page of a running console, at three widths and in both themes, into tmp/screenshots:
 *
 *   npm run screenshots [-- http://127.0.0.1:8080]
 *
 * Pages of an instance are those of the newest one that runs, pages of an operation and of a batch those of the latest.
 */
import { chromium } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { findBrowser } from './browser.mjs';

const WIDTHS = { phone: 360, tablet: 768, desktop: 1440 };
const THEMES = ['light', 'dark'];
/** As long as a page may take to come to rest, in milliseconds. */
const REST_MS = 10_000;

const base = process.argv[2] ?? 'http://127.0.0.1:8080';
const directory = join(import.meta.dirname, '..', 'tmp', 'screenshots');

async function read(path) {
  const response = await fetch(new URL(path, base));
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}.`);
  }
  return response.json();
}

async function pages() {
  const [{ instances }, { orchestrations }, { batches }] = await Promise.all([
    read('/api/instances?state=running&sort=-created_at&limit=1'),
    read('/api/orchestrations?limit=1'),
    read('/api/batches?limit=1'),
  ]);
  const all = {
    dashboard: '/',
    instances: '/instances',
    'instances-no-match': '/instances?search=nothing-has-this-name',
    create: '/instances/new',
    operations: '/operations',
    batches: '/batches',
    images: '/images',
    findings: '/findings',
    failures: '/failures',
    'not-found': '/nowhere/at/all',
  };
  for (const { user_name: name } of instances) {
    for (const tab of ['overview', 'health', 'connection', 'activity', 'logs']) {
      all[`instance-${tab}`] = `/instances/${name}${tab === 'overview' ? '' : `/${tab}`}`;
    }
  }
  for (const { id } of orchestrations) {
    all.operation = `/operations/${id}`;
  }
  for (const { id } of batches) {
    all.batch = `/batches/${id}`;
  }
  return all;
}

async function main() {
  const executablePath = await findBrowser();
  if (executablePath === undefined) {
    throw new Error('There is no Chromium; see "Tests" in docs/development.md.');
  }
  const all = await pages();
  mkdirSync(directory, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  try {
    for (const theme of THEMES) {
      for (const [size, width] of Object.entries(WIDTHS)) {
        const context = await browser.newContext({
          viewport: { width, height: size === 'phone' ? 800 : 960 },
          colorScheme: theme,
          reducedMotion: 'reduce',
        });
        const page = await context.newPage();
        for (const [name, path] of Object.entries(all)) {
          await page.goto(new URL(path, base).href);
          await page.getByRole('heading', { level: 1 }).waitFor();
          await page
            .locator('main [aria-busy="true"], main tg-skeleton')
            .first()
            .waitFor({ state: 'detached', timeout: REST_MS });
          await page.waitForTimeout(500); // a chart draws itself
          await page.screenshot({ path: join(directory, `${name}-${size}-${theme}.png`) });
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
  console.log(`Pictures of ${Object.keys(all).length} pages are in ${directory}.`);
}

await main();
