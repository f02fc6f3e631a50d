import { expect as expectPage, type Page } from '@playwright/test';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToygres, type Toygres } from '#sdk';
import { accessibilityFaults, ConsoleBrowser, scrollsSideways } from '../support/console-browser.js';
import { TestSystem } from '../support/test-system.js';

const NO_BROWSER = 'no Chromium';
const NEW = { password: 'SecurePass123!', postgres_version: '18', storage_size_gb: 10 };

/** What somebody does with the console from the first visit on, in a real browser, against real servers and real instances. */
describe('the console', () => {
  let system: TestSystem;
  let toygres: Toygres;
  let browser: ConsoleBrowser | undefined;

  beforeAll(async () => {
    [system, browser] = await Promise.all([TestSystem.start(), ConsoleBrowser.launch()]);
    toygres = createToygres({ baseUrl: system.url });
  });

  afterEach(async () => {
    await browser?.closeWindows();
    expect(browser?.errors.splice(0) ?? []).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await system.stop();
  });

  it('leads from the first visit to a database, and shows in a second tab what happens, without a reload', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const window = await browser!.window();
    const page = await window.newPage();
    await page.goto(system.url);
    const second = await window.newPage();
    await second.goto(`${system.url}/instances`);
    await expectPage(second.getByText('No instances yet')).toBeVisible();

    // Create.
    await page.getByRole('link', { name: 'Create your first instance' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('storydb');
    await expectPage(page.getByText('Available')).toBeVisible();
    await page.getByRole('button', { name: 'Create instance' }).click();
    await expectPage(page.getByRole('heading', { level: 1, name: 'storydb' })).toBeVisible();
    await expectPage(page.getByRole('heading', { name: 'Connect now' })).toBeVisible({ timeout: 30_000 });
    const row = second.getByRole('row', { name: /storydb/ });
    await expectPage(row.getByText('Running')).toBeVisible();
    await expectPage(row.getByText('Healthy')).toBeVisible({ timeout: 20_000 });

    // Connect with what the page gives.
    await page.getByRole('tab', { name: 'Connection' }).click();
    await page.getByRole('radio', { name: 'URL' }).click();
    await page.getByRole('button', { name: 'Copy Example for URL' }).click();
    await expectPage(page.getByText('Copied')).toBeVisible();
    const connectionString = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(await queryOne(connectionString.trim())).toBe(1);
    expect(await page.locator('body').innerText()).not.toContain(new URL(connectionString.trim()).password);

    // Its server dies; the supervisor brings it back.
    const instance = await toygres.instances.get('storydb');
    const before = await system.resources();
    process.kill(before.processes[0] ?? 0, 'SIGKILL');
    await expectPage(row.getByText('Unhealthy')).toBeVisible({ timeout: 20_000 });
    await expectPage(row.getByText('Healthy', { exact: true })).toBeVisible({ timeout: 30_000 });
    expect((await toygres.instances.get('storydb')).id).toBe(instance.id);
    await page.getByRole('tab', { name: 'Activity' }).click();
    await expectPage(page.getByText(/unhealthy/i).first()).toBeVisible();

    // Delete. The form protects what it creates.
    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog');
    await expectPage(dialog.getByText('Deletion protection is on')).toBeVisible();
    await dialog.getByRole('button', { name: 'Turn protection off' }).click();
    await dialog.getByRole('button', { name: 'Delete instance' }).click();
    await expectPage(page.getByText('This instance was deleted')).toBeVisible({ timeout: 30_000 });
    await expectPage(row).toBeHidden();
    expect((await system.resources()).processes).toEqual([]);
  });

  it('takes somebody who has no mouse from creating to deleting', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url);
    await expectPage(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('c');
    await expectPage(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
    await page.keyboard.type('keysdb');
    await expectPage(page.getByText('Available')).toBeVisible();
    await page.keyboard.press('Enter');
    await expectPage(page.getByRole('heading', { level: 1, name: 'keysdb' })).toBeVisible();
    await expectPage(page.getByRole('heading', { name: 'Connect now' })).toBeVisible({ timeout: 30_000 });

    const tab = (name: string) => page.getByRole('tab', { name });
    await tabTo(page, tab('Overview'));
    for (const name of ['Health', 'Connection']) {
      await page.keyboard.press('ArrowRight');
      await expectPage(tab(name)).toBeFocused();
    }
    await page.keyboard.press('Enter');
    await expectPage(page.getByRole('heading', { name: 'Parameters' })).toBeVisible({ timeout: 20_000 });
    await tabTo(page, page.getByRole('button', { name: /^Copy Example/ }));
    await page.keyboard.press('Enter');
    await expectPage(page.getByText('Copied')).toBeVisible();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('psql');

    await page.keyboard.press('Control+k');
    await page.keyboard.type('keysdb');
    await expectPage(page.getByRole('option', { name: /keysdb/ }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    const more = page.getByRole('button', { name: 'More actions' });
    await tabTo(page, more);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await expectPage(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('Escape');
    await expectPage(more).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await tabTo(page, dialog.getByRole('button', { name: 'Turn protection off' }));
    await page.keyboard.press('Enter');
    await expectPage(dialog.getByRole('button', { name: 'Keep it' })).toBeFocused();
    await tabTo(page, dialog.getByRole('checkbox'));
    await page.keyboard.press('Space');
    await tabTo(page, dialog.getByRole('textbox'));
    await page.keyboard.type('keysdb');
    await page.keyboard.press('Enter');
    await expectPage(page.getByText('This instance was removed for good')).toBeVisible({ timeout: 30_000 });
  });

  it('stops an instance, starts it, deletes it, brings it back and removes it for good', async (context) => {
    context.skip(!browser, NO_BROWSER);
    await toygres.instances.create({ ...NEW, name: 'lifedb', tags: { team: 'backend' } });
    const { id, endpoint } = await toygres.instances.waitUntil('lifedb', 'running');
    const page = await browser!.page(`${system.url}/instances/lifedb`);
    const dialog = page.getByRole('dialog');
    const choose = async (item: string): Promise<void> => {
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    const faults: string[] = [];
    const look = async (what: string): Promise<void> => {
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${what}: ${fault}`));
    };

    await choose('Stop…');
    await look('asked whether to stop');
    await dialog.getByRole('button', { name: 'Stop instance' }).click();
    await expectPage(page.getByText('This instance is stopped')).toBeVisible({ timeout: 30_000 });
    await page.getByRole('tab', { name: 'Connection' }).click();
    await expectPage(page.getByText('It is stopped, so nothing answers')).toBeVisible();
    await look('stopped');

    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await expectPage(page.getByText('This instance is stopped')).toBeHidden();
    await expectPage(page.getByRole('button', { name: 'Test now' })).toBeVisible({ timeout: 30_000 });
    expect((await toygres.instances.get('lifedb')).endpoint).toEqual(endpoint);

    await choose('Delete…');
    await expectPage(dialog.getByText(/are kept until .* you can bring it back/)).toBeVisible();
    await look('asked whether to delete');
    await dialog.getByRole('button', { name: 'Delete instance' }).click();
    await expectPage(page.getByText(/It can be brought back, .* until/)).toBeVisible({ timeout: 30_000 });
    await look('deleted');
    await page.goto(`${system.url}/instances?state=deleted`);
    const row = page.getByRole('row', { name: /lifedb/ });
    await expectPage(row.getByText(/^Kept until/)).toBeVisible();
    await look('list of what is deleted');

    await row.getByRole('button', { name: 'Undelete lifedb' }).click();
    await expectPage(row).toBeHidden({ timeout: 30_000 });
    await toygres.instances.waitUntil('lifedb', 'running', { signal: AbortSignal.timeout(30_000) });
    expect(await toygres.instances.get('lifedb')).toMatchObject({ id, endpoint: { port: endpoint?.port } });

    await page.goto(`${system.url}/instances/lifedb`);
    await choose('Delete…');
    await dialog.getByRole('checkbox', { name: /for good now/ }).check();
    const submit = dialog.getByRole('button', { name: 'Remove for good' });
    await expectPage(submit).toBeDisabled();
    await dialog.getByRole('textbox').fill('lifedb');
    await look('asked whether to remove for good');
    await submit.click();
    await expectPage(page.getByText('This instance was removed for good')).toBeVisible({ timeout: 30_000 });
    await look('removed');
    expect((await toygres.instances.checkName('lifedb')).available).toBe(true);
    expect(faults).toEqual([]);
  });

  it('is right again after its api was away while something happened', async (context) => {
    context.skip(!browser, NO_BROWSER);
    await toygres.instances.create({ ...NEW, name: 'awaydb' });
    await toygres.instances.waitUntil('awaydb', 'running');
    const page = await browser!.page(`${system.url}/instances`);
    const row = page.getByRole('row', { name: /awaydb/ });
    await expectPage(row.getByText('Running')).toBeVisible();

    await toygres.instances.delete('awaydb');
    await system.restartApi('SIGKILL');
    await expectPage(row).toBeHidden({ timeout: 30_000 });
    await expectPage(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
  });

  it('puts what the server refuses beside its field, and keeps what was typed', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/new`);
    const name = page.getByRole('textbox', { name: 'Name', exact: true });
    await name.fill('racedb');
    await expectPage(page.getByText('Available')).toBeVisible();
    // Somebody else is faster, and the page does not know yet.
    await toygres.instances.create({ ...NEW, name: 'racedb' });
    await page.getByRole('button', { name: 'Create instance' }).click();
    await expectPage(name).toBeFocused();
    await expectPage(page.getByText(/already|taken/i).first()).toBeVisible();
    await expectPage(name).toHaveValue('racedb');
  });

  it('works over a slow network, and sends a create once although it is asked twice', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/new`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('slowdb');
    await expectPage(page.getByText('Available')).toBeVisible();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    const posts: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') {
        posts.push(request.headers()['idempotency-key'] ?? 'none');
      }
    });
    await page.getByRole('button', { name: 'Create instance' }).dblclick();
    await expectPage(page.getByRole('heading', { name: 'Connect now' })).toBeVisible({ timeout: 60_000 });
    expect(posts).toHaveLength(1);
    const { total } = await toygres.instances.list({ search: 'slowdb' });
    expect(total).toBe(1);
  });

  it.for([
    { theme: 'light', width: 1440 },
    { theme: 'dark', width: 1440 },
    { theme: 'light', width: 768 },
    { theme: 'dark', width: 360 },
  ])(
    'has nothing that axe objects to, and nothing that scrolls sideways, in $theme at $width px',
    async ({ theme, width }, context) => {
      context.skip(!browser, NO_BROWSER);
      const name = 'axedb';
      if ((await toygres.instances.list({ search: name })).total === 0) {
        await toygres.instances.create({ ...NEW, name, tags: { team: 'backend' } });
        await toygres.instances.waitUntil(name, 'running');
      }
      const { orchestrations } = await toygres.orchestrations.list({ limit: 1 });
      const paths = [
        '/',
        '/instances',
        '/instances?search=nothing-like-this',
        '/instances/new',
        `/instances/${name}`,
        `/instances/${name}/health`,
        `/instances/${name}/connection`,
        `/instances/${name}/activity`,
        '/instances/never-heard-of',
        '/operations',
        '/failures',
        `/operations/${orchestrations[0]?.id ?? ''}`,
        '/nowhere/at/all',
      ];
      const page = await browser!.page(system.url, { width, dark: theme === 'dark' });
      const faults: string[] = [];
      for (const path of paths) {
        await page.goto(system.url + path);
        await expectPage(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectPage(page.locator('main [aria-busy="true"], main tg-skeleton')).toHaveCount(0);
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${path} ${fault}`));
        if (await scrollsSideways(page)) {
          faults.push(`${path} scrolls sideways`);
        }
      }
      expect(faults).toEqual([]);
    },
  );
});

async function queryOne(connectionString: string): Promise<number | undefined> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ one: number }>('SELECT 1 AS one');
    return rows[0]?.one;
  } finally {
    await client.end();
  }
}

/** Presses Tab until something has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, target: ReturnType<Page['getByRole']>): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) {
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached ${String(target)}.`);
}
