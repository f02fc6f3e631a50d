import { expect as expectPage } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleBrowser } from '../support/console-browser.js';
import { TestSystem } from '../support/test-system.js';
import { until } from '../support/until.js';

const NO_BROWSER = 'no Chromium';

describe('what surrounds the pages of the console', () => {
  let system: TestSystem;
  let browser: ConsoleBrowser | undefined;

  beforeAll(async () => {
    [system, browser] = await Promise.all([TestSystem.start(), ConsoleBrowser.launch()]);
  });

  afterEach(async () => {
    await browser?.closeWindows();
    expect(browser?.errors.splice(0) ?? []).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await system.stop();
  });

  const streams = async (): Promise<number> => {
    const metrics = await (await fetch(`${system.url}/metrics`)).text();
    return Number(/^toygres_event_streams (\d+)/m.exec(metrics)?.[1]);
  };

  it('shares one stream between the tabs of a window, and closes it with the last of them', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const window = await browser!.window();
    const tabs = await Promise.all(Array.from({ length: 12 }, () => window.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto(system.url)));
    for (const tab of tabs) {
      await expectPage(tab.getByText('Live', { exact: true })).toBeVisible();
    }
    expect(await streams()).toBe(1);
    await window.close();
    await until('the stream is closed', async () => (await streams()) === 0);
  });

  it('says when the server is away, and comes back by itself', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url);
    await expectPage(page.getByText('Live', { exact: true })).toBeVisible();
    await expectPage(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
    const { port } = new URL(system.url);
    await system.api.stop('SIGKILL');
    await expectPage(page.getByText('Not live')).toBeVisible();
    await expectPage(page.getByText('Connection lost.')).toBeVisible();
    await system.startApi(port);
    await page.getByRole('button', { name: 'Try now' }).click();
    await expectPage(page.getByText('Live', { exact: true })).toBeVisible();
    await expectPage(page.getByText('Connection lost.')).toBeHidden();
  });

  it('goes to a page that it has not loaded yet as soon as the server is back', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url);
    await expectPage(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
    const { port } = new URL(system.url);
    await system.api.stop('SIGKILL');
    await expectPage(page.getByText('Not live')).toBeVisible();
    await page.getByRole('link', { name: 'Operations' }).click();
    await expectPage(page.getByText('The page opens as soon as the server is there again.')).toBeVisible();
    await expectPage(page.getByText('Something went wrong')).toBeHidden();
    await system.startApi(port);
    await expectPage(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible({ timeout: 30_000 });
    await expectPage(page.getByText('Live', { exact: true })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe('/operations');
  });

  it('takes a page from the new build when the one that it is of has gone', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url);
    await expectPage(page.getByText('Live', { exact: true })).toBeVisible();
    // The documents that a tab has loaded name files that the next build does not have.
    await page.route('**/operations*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
    await page.getByRole('link', { name: 'Operations' }).click();
    await expectPage(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
    await expectPage(page.getByText('Something went wrong')).toBeHidden();
  });

  it('shows the failure that an address asks about', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/failures#login_refused`);
    const asked = page.getByRole('heading', { level: 2, name: 'The server refuses the login of Toygres' });
    await expectPage(asked).toBeInViewport({ ratio: 1 });
    await expectPage(
      page.getByRole('heading', { level: 2, name: 'No room for another instance' }),
    ).not.toBeInViewport();
  });

  it('is there in German, and stays German', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(`${system.url}/operations?page=1`);
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: 'Deutsch' }).click();
    await expectPage(page.getByRole('link', { name: 'Vorgänge', exact: true })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe('/de/operations');
    await page.goto(system.url);
    await expectPage(page.getByRole('link', { name: 'Vorgänge', exact: true })).toBeVisible();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
  });

  it('remembers the theme without a flash of the other one', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url);
    await page.getByRole('button', { name: 'Theme' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expectPage(page.locator('html')).toHaveClass('dark');
    // Before any module has run: the class is there when the document has been read.
    await page.route('**/main-*.js', (route) => route.abort());
    await page.goto(system.url, { waitUntil: 'commit' });
    await expectPage(page.locator('html')).toHaveClass('dark');
  });

  it('can be skipped, and moves the focus to what was gone to', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url);
    await expectPage(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.keyboard.press('Tab');
    await expectPage(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expectPage(page.getByRole('main')).toBeFocused();
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await expectPage(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeFocused();
    expect(await page.title()).toBe('Operations · Toygres');
  });

  it('is a drawer on a phone, which is closed by Escape and by going somewhere', async (context) => {
    context.skip(!browser, NO_BROWSER);
    const page = await browser!.page(system.url, { width: 360, height: 800 });
    const open = page.getByRole('button', { name: 'Open the navigation' });
    await open.click();
    await expectPage(page.getByRole('link', { name: /Instances/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await expectPage(page.getByRole('link', { name: /Instances/ })).toBeHidden();
    await open.click();
    await page.getByRole('link', { name: /Operations/ }).click();
    await expectPage(page.getByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
    await expectPage(page.getByRole('link', { name: /Instances/ })).toBeHidden();
  });
});
