import { type Browser, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';
import type { Benchmark, Line } from '../support/benchmark.ts';
import { connect, startDatabase, temporaryHome } from '../support/home.ts';
import { initialScriptBytes } from '../support/initial-scripts.ts';
import { insertInstances } from '../support/instance-rows.ts';
import { ServerProcess, TOYGRES } from '../support/server-process.ts';
import { median, milliseconds, percentile } from '../support/statistics.ts';

/** Visits of each page. */
const RUNS = 5;
const INSTANCES = 10_000;
const GOALS = { paintMs: 1_000, shift: 0.001, interactionMs: 100, eventMs: 250, initialKb: 200 } as const;
/** Changes whose way to the screen is measured. */
const EVENTS = 60;
/** Rounds of what people do on the list. */
const ROUNDS = 3;
/** A page in which nothing was drawn or loaded for so long is done, in milliseconds. */
const QUIET_MS = 400;
/** What has not been painted by then is not coming, in milliseconds. */
const PATIENCE_MS = 5_000;

interface Load {
  readonly paintMs: number;
  readonly shift: number;
  /** All scripts that the page has loaded by then. */
  readonly scriptKb: number;
}

/** Runs in the page before anything of its own, and speaks the language of the page. Nothing in it may be made of text: the page forbids that. */
const IN_PAGE = `
  window.bench = {
    paint: 0,
    shift: 0,
    interactions: [],
    busyAt: 0,
    bytes: () => performance.getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js')).reduce((sum, entry) => sum + entry.encodedBodySize, 0),
    load: () => ({ paintMs: bench.paint, shift: bench.shift, scriptKb: bench.bytes() / 1000 }),
    waits: () => document.querySelector('h1') === null || document.querySelector('main tg-skeleton, main [aria-busy=true]') !== null,
    /** Resolves when the page has all that it shows, and nothing has been drawn or loaded for so many milliseconds. */
    quiet: (ms) => new Promise((resolve) => {
      const look = () => {
        if (bench.waits()) {
          busy(performance.now());
        }
        const idle = performance.now() - bench.busyAt;
        idle >= ms ? resolve() : setTimeout(look, ms - idle);
      };
      look();
    }),
    rows: () => [...document.querySelectorAll('tbody tr')].map((row) => ({ name: row.querySelector('a')?.textContent.trim(), text: row.textContent })),
    /** Resolves with the time, since 1970, at which a row was painted with that health. */
    painted: (name, health, patience) => new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(name + ' is not ' + health + ' yet.')), patience);
      const look = () => {
        if (!bench.rows().some((row) => row.name === name && row.text.includes(health))) {
          return;
        }
        observer.disconnect();
        clearTimeout(limit);
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          // Frames are painted before the next message is delivered.
          port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
          port2.postMessage(null);
        });
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      look();
    }),
  };
  const observe = (type, each, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  const busy = (until) => (bench.busyAt = Math.max(bench.busyAt, until));
  observe('largest-contentful-paint', (entry) => { bench.paint = entry.startTime; busy(entry.startTime); });
  observe('layout-shift', (entry) => { if (!entry.hadRecentInput) bench.shift += entry.value; busy(entry.startTime); });
  observe('resource', (entry) => busy(entry.responseEnd));
  observe('event', (entry) => { if (entry.interactionId) bench.interactions.push(entry.duration); }, { durationThreshold: 16 });
`;

/** The console in a real browser: how fast it is there, how fast it answers, how fast it shows what happens. */
export const consolePages: Benchmark = {
  name: 'console',
  async run({ cleanup, runs = RUNS }) {
    const executablePath = await findBrowser();
    if (executablePath === undefined) {
      throw new Error('There is no Chromium; see "Tests" in docs/development.md.');
    }
    const home = await temporaryHome(cleanup);
    const databaseUrl = await startDatabase(cleanup, home);
    const database = await connect(cleanup, databaseUrl);
    const server = await ServerProcess.start(cleanup, [TOYGRES, 'api'], {
      TOYGRES_HOME: home,
      TOYGRES_DATABASE_URL: databaseUrl,
    });
    await insertInstances(database, 0, INSTANCES);
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking'],
    });
    cleanup.add(() => browser.close());

    const loads: Record<string, Load[]> = { '/': [], '/instances': [], '/instances/new': [] };
    for (let run = 0; run < runs; run += 1) {
      for (const [path, measured] of Object.entries(loads)) {
        measured.push(await load(browser, server.url + path));
      }
    }
    const interactions = await interact(await open(browser, `${server.url}/instances`));
    const delays = await followEvents(await open(browser, `${server.url}/instances`), (name, health) =>
      database.query(
        `WITH changed AS (
           UPDATE instances SET health_status = $2, updated_at = now(), revision = revision + 1 WHERE name = $1 RETURNING id)
         INSERT INTO instance_events (instance_id, type, data)
         SELECT id, 'instance.health_changed', jsonb_build_object('health_status', $2::text, 'reason', 'bench', 'response_time_ms', null) FROM changed`,
        [name, health],
      ),
    );

    const lines = Object.entries(loads).flatMap(([path, measured]): Line[] => {
      const paint = median(measured.map(({ paintMs }) => paintMs));
      const shift = Math.max(...measured.map((one) => one.shift));
      return [
        line(`largest paint of ${path}`, milliseconds(paint), `≤ ${String(GOALS.paintMs)} ms`, paint <= GOALS.paintMs),
        line(`layout shift of ${path}`, shift.toFixed(4), `≤ ${String(GOALS.shift)}`, shift <= GOALS.shift),
      ];
    });
    const initial = (await initialScriptBytes(server.url)) / 1_000;
    const whole = median((loads['/'] ?? []).map(({ scriptKb }) => scriptKb));
    const slowest = percentile(interactions, 0.98);
    const late = percentile(delays, 0.95);
    lines.push(
      line(
        `initial JavaScript (${whole.toFixed(0)} kB with the dashboard and its chart)`,
        `${initial.toFixed(0)} kB`,
        `≤ ${String(GOALS.initialKb)} kB`,
        initial <= GOALS.initialKb,
      ),
      line(
        `interaction to next paint, ${INSTANCES.toLocaleString('en')} instances`,
        `p98 ${milliseconds(slowest)}`,
        `≤ ${String(GOALS.interactionMs)} ms`,
        slowest <= GOALS.interactionMs,
      ),
      line('commit → paint', `p95 ${milliseconds(late)}`, `≤ ${String(GOALS.eventMs)} ms`, late <= GOALS.eventMs),
    );
    return { lines, data: { loads, interactions, delays } };
  },
};

function line(work: string, subject: string, goal: string, met: boolean): Line {
  return { work, subject, floor: '–', ratio: null, goal, met };
}

async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(IN_PAGE);
  await page.goto(url);
  await page.getByText('Live', { exact: true }).waitFor();
  return page;
}

/** One visit of somebody who has never been here. */
async function load(browser: Browser, url: string): Promise<Load> {
  const page = await open(browser, url);
  await quiet(page);
  const measured = await page.evaluate<Load>('bench.load()');
  await page.context().close();
  return measured;
}

const quiet = (page: Page): Promise<unknown> => page.evaluate(`bench.quiet(${String(QUIET_MS)})`);

/** What people do on the list. @returns how long each took to show, in milliseconds */
async function interact(page: Page): Promise<number[]> {
  await quiet(page);
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.getByRole('searchbox').pressSequentially('prod', { delay: 40 });
    await quiet(page);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('button', { name: 'State', exact: true }).first().click();
    await quiet(page);
    await page.getByRole('checkbox').nth(1).click();
    await page.getByRole('checkbox').nth(1).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').first().waitFor();
    await page.keyboard.type('orders', { delay: 40 });
    await quiet(page);
    await page.keyboard.press('Escape');
    await quiet(page);
  }
  return page.evaluate<number[]>('bench.interactions');
}

/** Changes rows that are on the screen. @returns from each commit to the paint that shows it, in milliseconds */
async function followEvents(page: Page, change: (name: string, health: string) => Promise<unknown>): Promise<number[]> {
  await quiet(page);
  const rows = await page.evaluate<{ readonly name?: string; readonly text: string }[]>('bench.rows()');
  const names = rows.flatMap(({ name, text }) => (name !== undefined && text.includes('Healthy') ? [name] : []));
  const delays: number[] = [];
  for (let index = 0; index < EVENTS; index += 1) {
    const name = names[index % names.length] ?? '';
    const ill = Math.floor(index / names.length) % 2 === 0;
    const painted = page.evaluate<number>(
      `bench.painted(${JSON.stringify(name)}, '${ill ? 'Unhealthy' : 'Healthy'}', ${String(PATIENCE_MS)})`,
    );
    await change(name, ill ? 'unhealthy' : 'healthy');
    const committed = Date.now();
    delays.push((await painted) - committed);
  }
  return delays;
}
