import { expect as expectPage } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFaults, ConsoleBrowser } from '../support/console-browser.js';
import { ClusterSystem } from './cluster-system.js';

const NO_BROWSER = 'no Chromium';

/** That the console knows nothing of where instances are. */
describe('the console, with instances on a cluster', () => {
  let system: ClusterSystem;
  let browser: ConsoleBrowser | undefined;

  beforeAll(async () => {
    [system, browser] = await Promise.all([ClusterSystem.start({ workers: 1 }), ConsoleBrowser.launch()]);
  });

  afterEach(async () => {
    await browser?.closeWindows();
    expect(browser?.errors.splice(0) ?? []).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await system.stop();
  });

  it('creates an instance with a DNS name, shows how to connect, stops, starts and deletes it', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const name = system.unique('consoledb');
    const page = await browser!.page(`${system.url}/instances/new`);
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await expectPage(page.getByText('Available')).toBeVisible();
    await page.getByRole('button', { name: 'Create instance' }).click();
    await expectPage(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expectPage(page.getByRole('heading', { name: 'Connect now' })).toBeVisible({ timeout: 90_000 });
    await page.getByRole('tab', { name: 'Connection' }).click();
    await expectPage(page.getByText(`${name}.test.cloudapp.azure.com`).first()).toBeVisible();
    expect(await accessibilityFaults(page)).toEqual([]);
    const { id } = await system.toygres.instances.get(name);
    expect(await system.query(id, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    for (const [action, confirm, state] of [
      ['Stop…', 'Stop instance', 'Stopped'],
      ['Start', null, 'Running'],
    ] as const) {
      const button = page.getByRole('button', { name: action, exact: true });
      if (await button.isVisible()) {
        await button.click();
      } else {
        await page.getByRole('button', { name: 'More actions' }).click();
        await page.getByRole('menuitem', { name: action, exact: true }).click();
      }
      if (confirm !== null) {
        await page.getByRole('dialog').getByRole('button', { name: confirm }).click();
      }
      await expectPage(page.getByText(state, { exact: true }).first()).toBeVisible({ timeout: 60_000 });
    }
  });
});
