import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect as expectPage, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToygres, type InstanceDetails, type Toygres } from '#sdk';
import { accessibilityFaults, ConsoleBrowser, scrollsSideways } from '../support/console-browser.js';
import { TestSystem } from '../support/test-system.js';

const NO_BROWSER = 'no Chromium';
const template = { postgres_version: '18', storage_size_gb: 10 };

/** Many instances at once, and what is found behind the back of Toygres, in a real browser with real instances. */
describe('the console', () => {
  let system: TestSystem;
  let toygres: Toygres;
  let browser: ConsoleBrowser | undefined;
  const faults: string[] = [];

  beforeAll(async () => {
    [system, browser] = await Promise.all([
      TestSystem.start({ environment: { TOYGRES_BULK_PARALLELISM: '2', TOYGRES_RECONCILE_SECONDS: '1' } }),
      ConsoleBrowser.launch(),
    ]);
    toygres = createToygres({ baseUrl: system.url });
  });

  afterEach(async () => {
    await browser?.closeWindows();
    expect(browser?.errors.splice(0) ?? []).toEqual([]);
    expect(faults.splice(0)).toEqual([]);
    await system.expectConsistency();
  });

  afterAll(async () => {
    await browser?.close();
    await system.stop();
  });

  async function running(name: string): Promise<InstanceDetails> {
    await toygres.instances.create({ ...template, name, password: 'SecurePass123!' });
    return toygres.instances.waitUntil(name, 'running');
  }

  /** Notes what is wrong with what is shown. */
  async function look(page: Page, what: string): Promise<void> {
    faults.push(...(await accessibilityFaults(page)).map((fault) => `${what}: ${fault}`));
    if (await scrollsSideways(page)) {
      faults.push(`${what} scrolls sideways`);
    }
  }

  it('creates a series, follows it, and deletes what was selected', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/instances/new`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('shop');
    await page.getByRole('spinbutton', { name: 'How many' }).fill('4');
    await expectPage(page.getByText('shop-4', { exact: true })).toBeVisible();
    await look(page, 'the form for a series');
    await page.getByRole('button', { name: 'Create 4 instances' }).click();

    await expectPage(page.getByRole('heading', { level: 1, name: 'Create 4 instances' })).toBeVisible();
    expect(new URL(page.url()).pathname).toMatch(/^\/batches\/batch-create-/);
    await expectPage(page.getByRole('progressbar')).toBeVisible();
    await expectPage(page.getByRole('heading', { name: '4 created' })).toBeVisible({ timeout: 60_000 });
    await look(page, 'a batch that has succeeded');
    await page.getByRole('link', { name: 'shop-2', exact: true }).click();
    await expectPage(page.getByRole('heading', { level: 1, name: 'shop-2' })).toBeVisible();
    expect((await toygres.instances.testConnection('shop-2')).ok).toBe(true);

    for (const name of ['shop-1', 'shop-2', 'shop-3', 'shop-4']) {
      await toygres.instances.update(name, { deletion_protection: false });
    }
    await page
      .getByRole('link', { name: /^Instances/ })
      .first()
      .click();
    await page.getByRole('checkbox', { name: 'Select all on this page' }).check();
    await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Delete…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('delete 4');
    await look(page, 'asked whether to delete four');
    // Somebody protects one of them meanwhile: it stays, and says why.
    await toygres.instances.update('shop-2', { deletion_protection: true });
    await dialog.getByRole('button', { name: 'Delete 4 instances' }).click();
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expectPage(page.getByRole('heading', { name: '3 deleted, 1 failed' })).toBeVisible({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Show those that failed' }).click();
    const row = page.getByRole('row', { name: /shop-2/ });
    await expectPage(row).toContainText('protected');
    await expectPage(page.getByRole('row', { name: /shop-3/ })).toBeHidden();
    await look(page, 'a batch of which one has failed');
  });

  it('stays usable with 500 items, is right after the api was away, and calls off the rest', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const { batch_id: id } = await toygres.instances.createMany({ baseName: 'many', count: 500, template });
    const window = await browser!.window({ width: 360, height: 800 });
    const phone = await window.newPage();
    await phone.goto(`${system.url}/batches`);
    await expectPage(phone.getByRole('link', { name: 'Create 500 instances' })).toBeVisible();
    await look(phone, 'the list of batches on a phone');

    const page = await browser!.page(`${system.url}/batches/${id}`);
    await expectPage(page.getByRole('heading', { level: 1, name: 'Create 500 instances' })).toBeVisible();
    await expectPage(page.getByText('1 to 50 of 500')).toBeVisible();
    await page.getByRole('button', { name: 'Last page' }).click();
    await expectPage(page.getByText('many-500', { exact: true })).toBeVisible();

    await system.restartApi('SIGKILL');
    await expectPage(page.getByText('Live', { exact: true })).toBeVisible({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Call off the rest…' }).click();
    await look(page, 'asked whether to call off the rest');
    await page.getByRole('dialog').getByRole('button', { name: 'Call off the rest' }).click();
    const { succeeded, failed, cancelled } = await toygres.batches.waitForEnd(id);
    expect(succeeded).toBeGreaterThan(0);
    expect([failed, succeeded + cancelled]).toEqual([0, 500]);
    const result = `${String(succeeded)} created, ${String(cancelled)} called off`;
    await expectPage(page.getByRole('heading', { name: result })).toBeVisible();
    await phone.reload();
    await expectPage(phone.getByText(result)).toBeVisible();
    await look(page, 'a batch of 500');

    const names: string[] = [];
    for await (const { user_name: name } of toygres.instances.all({ search: 'many-' })) {
      names.push(name);
    }
    expect(names).toHaveLength(succeeded);
    const { batch_id: purge } = await toygres.instances.deleteMany(names, { purge: true });
    expect(await toygres.batches.waitForEnd(purge)).toMatchObject({ status: 'succeeded' });
  });

  it('shows what belongs to nobody as soon as it is found, and removes it when somebody asks for it', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const { id, k8s_name: label } = await running('lost');
    const page = await browser!.page(`${system.url}/findings`);
    await expectPage(page.getByRole('heading', { name: 'Record and reality agree' })).toBeVisible();
    await look(page, 'no findings');

    await system.database.query(`DELETE FROM instances WHERE id = $1`, [id]);
    const all = page.getByRole('list', { name: 'Findings' }).getByRole('listitem');
    const finding = all.filter({ hasText: 'A data directory that belongs to no instance' });
    await expectPage(finding).toContainText(join(system.home, 'instances', label), { timeout: 20_000 });
    await expectPage(all).toHaveCount(3);
    await look(page, 'findings');
    await page.setViewportSize({ width: 360, height: 800 });
    await look(page, 'findings on a phone');

    await finding.getByRole('button', { name: /^Remove/ }).click();
    const dialog = page.getByRole('dialog');
    await expectPage(dialog).toContainText(label);
    await look(page, 'asked whether to remove what was found');
    await dialog.getByRole('button', { name: 'Remove for good' }).click();
    await expectPage(page.getByRole('heading', { name: 'Record and reality agree' })).toBeVisible({ timeout: 30_000 });
    expect((await system.resources()).directories).not.toContain(label);
    await page.getByRole('link', { name: 'Resolved' }).click();
    await expectPage(finding).toContainText('Removed');
    await look(page, 'findings that are resolved');
  });

  it('says what is missing, which nobody can make out of nothing', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const { id, k8s_name: label } = await running('empty');
    await toygres.instances.stop(id);
    await toygres.instances.waitUntil(id, 'stopped');
    await rm(join(system.home, 'instances', label), { recursive: true });
    const page = await browser!.page(system.url, { dark: true });
    await page
      .getByRole('link', { name: /finding/i })
      .first()
      .click();
    const finding = page.getByRole('listitem').filter({ hasText: 'The data directory is missing' });
    await expectPage(finding).toContainText('purge the instance');
    await expectPage(finding.getByRole('button')).toHaveCount(0);
    await look(page, 'a finding in the dark');
    await toygres.instances.delete(id, { purge: true });
    await expectPage(finding).toBeHidden({ timeout: 30_000 });
  });
});
