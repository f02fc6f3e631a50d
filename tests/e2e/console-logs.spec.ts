import { readFile } from 'node:fs/promises';
import { expect as expectPage, type Locator, type Page } from '@playwright/test';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToygres, type InstanceDetails, type InstanceLogLine, type Toygres } from '#sdk';
import { accessibilityFaults, ConsoleBrowser, scrollsSideways } from '../support/console-browser.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

const NO_BROWSER = 'no Chromium';

/** The log of a real instance, through the SDK and in a real browser. */
describe('the log of an instance', () => {
  let system: TestSystem;
  let toygres: Toygres;
  let browser: ConsoleBrowser | undefined;
  let instance: InstanceDetails;
  let client: pg.Client;
  const faults: string[] = [];

  beforeAll(async () => {
    [system, browser] = await Promise.all([TestSystem.start(), ConsoleBrowser.launch()]);
    toygres = createToygres({ baseUrl: system.url });
    await toygres.instances.create({
      name: 'weblog',
      password: 'SecurePass123!',
      postgres_version: '18',
      storage_size_gb: 10,
    });
    instance = await toygres.instances.waitUntil('weblog', 'running');
    client = await connect();
  });

  afterEach(async () => {
    await browser?.closeWindows();
    expect(browser?.errors.splice(0) ?? []).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await client.end();
    await system.stop();
  });

  async function connect(): Promise<pg.Client> {
    const { dns_connection_string: connectionString } = await toygres.instances.credentials('weblog');
    const connected = new pg.Client({ connectionString });
    // A server that is killed ends the session with an error event.
    connected.on('error', () => undefined);
    await connected.connect();
    return connected;
  }

  const fail = (sql: string) => expect(client.query(sql)).rejects.toThrow();

  /** Has the server write so many lines: "word 0", "word 1" … */
  const say = (word: string, count = 1) =>
    client.query(`DO $$ BEGIN FOR i IN 0..${String(count - 1)} LOOP RAISE LOG '${word} %', i; END LOOP; END $$`);

  const logOf = (page: Page): Locator => page.getByRole('log', { name: 'Log of weblog' });

  /** Notes what is wrong with what is shown. */
  async function look(page: Page, what: string): Promise<void> {
    faults.push(...(await accessibilityFaults(page)).map((fault) => `${what}: ${fault}`));
    if (await scrollsSideways(page)) {
      faults.push(`${what} scrolls sideways`);
    }
  }

  it('goes on over the death of an api without losing or repeating a line', async () => {
    const end = new AbortController();
    const lines: InstanceLogLine[] = [];
    const opened = Promise.withResolvers<undefined>();
    const options = { tailLines: 1, signal: end.signal, onOpen: () => opened.resolve(undefined) };
    const following = (async () => {
      for await (const line of toygres.instances.followLogs('weblog', options)) {
        lines.push(line);
      }
    })();
    following.catch(() => undefined);
    await opened.promise;
    const numbers = () => lines.flatMap(({ text }) => /LOG: {2}steady (\d+)/.exec(text)?.[1] ?? []).map(Number);
    await say('steady', 1_000);
    await until('some lines have come', () => Promise.resolve(numbers().length > 0));
    await system.api.stop('SIGKILL');
    await say('steady', 1_000);
    await system.startApi(new URL(system.url).port);
    await say('steady', 1_000);
    await until('all lines have come', () => Promise.resolve(numbers().length >= 3_000));
    const thousand = Array.from({ length: 1_000 }, (_, index) => index);
    expect(numbers()).toEqual([...thousand, ...thousand, ...thousand]);
    end.abort(new Error('enough'));
    await expect(following).rejects.toThrow('enough');
  });

  it('is there as it is written, to be searched, paused and kept', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/weblog`);
    await page.getByRole('tab', { name: 'Logs' }).click();
    const log = logOf(page);
    await expectPage(log).toBeVisible();
    await expectPage(page.locator('tg-log-status')).toContainText('Live');

    await fail('SELECT * FROM nothing_here');
    const row = log.locator('.row.error', { hasText: 'relation "nothing_here" does not exist' });
    await expectPage(row).toBeVisible();
    await expectPage(row).toContainText('ERROR');
    await expectPage(log.locator('.row.error', { hasText: 'SELECT * FROM nothing_here' })).toContainText('STATEMENT');
    await fail(`ALTER ROLE nobody_here PASSWORD 'canary-of-a-customer'`);
    await expectPage(log).toContainText(`ALTER ROLE nobody_here PASSWORD '***'`);
    await expectPage(log).not.toContainText('canary-of-a-customer');
    await look(page, 'the log');

    await page.getByRole('button', { name: 'Pause' }).click();
    await say('while paused', 36);
    await expectPage(page.getByRole('button', { name: /^\d+ new lines$/ })).toBeVisible();
    await expectPage(log).not.toContainText('while paused');
    await look(page, 'a log that is paused');
    await page.getByRole('button', { name: /^\d+ new lines$/ }).click();
    await expectPage(log).toContainText('while paused 35');

    const field = page.getByRole('searchbox', { name: 'Search the log' });
    await field.fill('NOTHING_here');
    await expectPage(log.locator('.row.current mark')).toHaveText('nothing_here');
    await expectPage(page.getByText('2 of 2', { exact: true })).toBeVisible();
    await field.press('Enter');
    await expectPage(page.getByText('1 of 2', { exact: true })).toBeVisible();
    await expectPage(page.getByRole('button', { name: 'Jump to the end' })).toBeVisible();
    await look(page, 'a log that is searched');

    await page.getByRole('button', { name: 'Level any' }).click();
    await page.getByRole('checkbox', { name: 'Errors' }).check();
    await page.keyboard.press('Escape');
    await expectPage(log).not.toContainText('while paused');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download what is shown' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('weblog.log');
    const file = await readFile(await download.path(), 'utf8');
    expect(file).toMatch(
      /^\d{4}-\d\d-\d\dT\S+Z \[\d+\] postgres@postgres ERROR: {2}relation "nothing_here" does not exist/m,
    );
    expect(file).not.toContain('while paused');
  });

  it('stays usable with ten thousand lines, with the keyboard and on a phone', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/weblog/logs`, { width: 360, height: 800, dark: true });
    const log = logOf(page);
    await expectPage(page.locator('tg-log-status')).toContainText('Live');
    await say('crowd', 12_000);
    await expectPage(log).toContainText('crowd 11999', { timeout: 30_000 });
    expect(await log.locator('.row').count()).toBeLessThan(150);
    await look(page, 'a long log on a phone in the dark');

    await log.focus();
    for (let pages = 0; pages < 5; pages++) {
      await page.keyboard.press('PageUp');
    }
    await expectPage(page.getByRole('button', { name: 'Jump to the end' })).toBeVisible();
    await expectPage(log).not.toContainText('crowd 11999');
    await until('it has come to rest', () => rests(page));
    // Who reads is not disturbed by what comes, and by what is dropped for it.
    const seen = log.locator('.row', { hasText: 'crowd 119' }).first();
    const place = await seen.boundingBox();
    const words = await seen.textContent();
    await say('later', 100);
    await expectPage(page.getByText('the latest 20,000 are kept here')).toBeVisible();
    expect(await seen.textContent()).toBe(words);
    expect(Math.abs(((await seen.boundingBox())?.y ?? 0) - (place?.y ?? 0))).toBeLessThan(2);
    await page.getByRole('button', { name: 'Jump to the end' }).click();
    await expectPage(log).toContainText('later 99');
    await page.getByRole('button', { name: 'Wrap lines' }).click();
    await expectPage(log).toContainText('later 99');
    await look(page, 'a log that is not wrapped');
  });

  it('says that it reconnects, and is whole again then', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/weblog/logs`);
    await expectPage(page.locator('tg-log-status')).toContainText('Live');
    await system.api.stop('SIGKILL');
    await expectPage(page.getByText('Reconnecting; no line is lost')).toBeVisible();
    await say('in the dark');
    await system.startApi(new URL(system.url).port);
    await expectPage(logOf(page)).toContainText('in the dark 0', { timeout: 40_000 });
  });

  it('has the run before the present one, and stays when the instance is stopped', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/weblog/logs`);
    await page.getByRole('radio', { name: 'Previous run' }).click();
    await expectPage(page.getByRole('heading', { name: 'There was no run before this one' })).toBeVisible();
    await look(page, 'no run before');
    await page.getByRole('radio', { name: 'Latest' }).click();
    await expectPage(logOf(page)).toBeVisible();

    await toygres.instances.restart(instance.id);
    await expectPage(logOf(page)).toContainText('database system is ready to accept connections', { timeout: 30_000 });
    await page.getByRole('radio', { name: 'Previous run' }).click();
    await expectPage(logOf(page)).toContainText('database system is shut down');
    await expectPage(page.getByRole('button', { name: 'Pause' })).toBeHidden();

    await toygres.instances.waitUntil('weblog', 'running');
    await toygres.instances.stop('weblog');
    await page.getByRole('radio', { name: 'Latest' }).click();
    await expectPage(page.getByText('The server does not run. This is what it wrote before.')).toBeVisible({
      timeout: 30_000,
    });
    await expectPage(logOf(page)).toContainText('database system is shut down');
    await look(page, 'the log of a stopped instance');
    await system.expectConsistency();
  });
});

/** Whether the log is not scrolled any more: keys do so over some frames. */
async function rests(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`new Promise((resolve) => {
    const log = document.querySelector('[role="log"]');
    const before = log.scrollTop;
    let frames = 20;
    const look = () => (frames-- > 0 ? requestAnimationFrame(look) : resolve(log.scrollTop === before));
    look();
  })`);
}
