import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { createToygres } from '#sdk';
import { InstanceSecrets } from '../../server/src/features/instances/index.js';
import { Cipher } from '../../server/src/platform/crypto/cipher.js';
import { ABSENT_CLUSTER } from '../support/absent-cluster.js';
import { accessibilityFaults, ConsoleBrowser, scrollsSideways } from '../support/console-browser.js';
import { DurableServer } from '../support/durable-server.js';
import { ServerProcess } from '../support/server-process.js';
import { temporaryHome } from '../support/servers.js';
import { TestDatabase } from '../support/test-database.js';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** Seals the passwords of instances; the test has to do that too. */
const KEY = randomBytes(32);

let browser: ConsoleBrowser | undefined;
let home: string;
let database: TestDatabase;
let api: ServerProcess;
let server: DurableServer;

// An api without a worker, on the data plane of a cluster that is not there: what is accepted stays as it was accepted.
beforeAll(async () => {
  browser = await ConsoleBrowser.launch();
  [home, database, server] = [
    await temporaryHome('toygres-e2e-'),
    await TestDatabase.create(),
    await DurableServer.start(),
  ];
  api = await ServerProcess.start('api', {
    TOYGRES_HOME: home,
    TOYGRES_DATABASE_URL: database.url,
    TOYGRES_SECRET_KEY: KEY.toString('base64'),
    TOYGRES_DATA_PLANE: 'kubernetes',
    TOYGRES_IMAGE_REGISTRIES: 'registry.example.com,docker.io',
    TOYGRES_PG_DURABLE_IMAGES: `18=registry.example.com/pg_durable@${DIGEST}`,
    KUBECONFIG: ABSENT_CLUSTER,
  });
});

beforeEach(async () => {
  await database.query('DELETE FROM instances; DELETE FROM runtime_images');
  await server.reset();
});

afterEach(async () => {
  await browser?.closeWindows();
});

afterAll(async () => {
  await browser?.close();
  await api.stop('SIGKILL');
  await server.stop();
  await database.drop();
  await rm(home, { recursive: true });
});

const toygres = () => createToygres({ baseUrl: api.url });

/** The browser, or the end of the test where there is none. */
function chromium(context: TestContext): ConsoleBrowser {
  context.skip(browser === undefined, 'there is no Chromium');
  return browser!;
}

async function expectFit(page: Page): Promise<void> {
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await scrollsSideways(page)).toBe(false);
}

describe('runtime images in the console', () => {
  it('are registered, chosen for an instance, and kept while that is there', async (context) => {
    const page = await chromium(context).page(`${api.url}/images`);
    await page.getByRole('heading', { name: 'No image is registered yet' }).waitFor();
    await expectFit(page);
    await page.locator('tg-page-header').getByRole('button', { name: 'Register image' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('postgis-18');
    await dialog.getByLabel('Image', { exact: true }).fill('ghcr.io/team/postgis:18');
    await dialog.getByLabel('Digest').fill(DIGEST);
    await dialog.getByText('Images may not come from ghcr.io.').waitFor();
    await expectFit(page);
    await dialog.getByLabel('Image', { exact: true }).fill('postgis/postgis:18-3.6');
    await dialog.getByText('In full: docker.io/postgis/postgis:18-3.6').waitFor();
    await dialog.getByRole('button', { name: 'Register' }).click();
    await page.getByText('not used').waitFor();
    await expectFit(page);

    await page.goto(`${api.url}/instances/new`);
    await page.getByLabel('Name').fill('proddb');
    await page.getByRole('combobox', { name: 'Image' }).click();
    await page.getByRole('option', { name: 'postgis-18' }).click();
    await expectFit(page);
    await page.getByRole('button', { name: 'Create instance' }).click();
    await page.waitForURL('**/instances/proddb');
    expect(await toygres().instances.get('proddb')).toMatchObject({
      image_type: 'stock',
      image: `docker.io/postgis/postgis:18-3.6@${DIGEST}`,
    });

    await page.goto(`${api.url}/images`);
    await page.getByText('used by one instance').waitFor();
    await page.getByRole('button', { name: 'Remove postgis-18' }).click();
    await dialog.getByText('One instance is made of it.').waitFor();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByText('is used by "proddb" (creating). Purge them first.').waitFor();
    await expectFit(page);
  });

  it.for([
    [360, false],
    [360, true],
    [1440, true],
  ] as const)('fit into %d pixels, dark: %s', async ([width, dark], context) => {
    await toygres().runtimeImages.register({
      name: 'postgis-18',
      image_ref: 'registry.example.com/a-team-with-a-long-name/postgis-with-all-extensions:18-3.6-bookworm',
      digest: DIGEST,
      description: 'PostGIS 3.6 with everything that the maps need',
      postgres_version: '18',
    });
    const page = await chromium(context).page(`${api.url}/images`, { width, dark });
    await page.getByText('not used').waitFor();
    await expectFit(page);
    await page.getByRole('button', { name: 'Register image' }).click();
    await page.getByRole('dialog').waitFor();
    await expectFit(page);
  });
});

describe('durable functions in the console', () => {
  it.for([
    [360, true],
    [1440, false],
  ] as const)('are listed, read, signalled and cancelled at %d pixels, dark: %s', async ([width, dark], context) => {
    await server.pretend({ database, secrets: new InstanceSecrets(new Cipher(KEY)) }, { name: 'flows' });
    await server.give(
      { id: 'a1b2c3d4', label: 'nightly-report' },
      { id: 'e5f6a7b8', status: 'failed', output: 'oops' },
    );
    const page = await chromium(context).page(`${api.url}/instances/flows/durable`, { width, dark });
    await page.getByRole('link', { name: 'nightly-report' }).waitFor();
    await expectFit(page);
    await page.getByRole('link', { name: 'nightly-report' }).click();
    await page.getByRole('heading', { name: 'Steps' }).waitFor();
    await expectFit(page);
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Send signal…' }).click();
    await dialog.getByLabel('Name').fill('approval');
    await dialog.getByLabel('Data').fill('{"approved": true}');
    await expectFit(page);
    await dialog.getByRole('button', { name: 'Send signal' }).click();
    await page.getByText('Signal approval sent to a1b2c3d4').waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Cancel…' }).click();
    await dialog.getByLabel('Reason').fill('No longer needed');
    await expectFit(page);
    await dialog.getByRole('button', { name: 'Cancel it' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Send signal…' }).waitFor({ state: 'detached' });
    expect(await server.calls()).toMatchObject([
      { call: 'signal', name: 'approval', data: '{"approved":true}', role: 'postgres' },
      { call: 'cancel', data: 'No longer needed', role: 'postgres' },
    ]);
  });
});
