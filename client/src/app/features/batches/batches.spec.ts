import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatCheckboxHarness } from '@angular/material/checkbox/testing';
import { type Batch, type BatchDetails, type BatchList, type Toygres, ToygresError } from '#sdk';
import { type ApiDouble, ConsoleTest, type Shown } from '../../../testing/console';
import { refusal } from '../../../testing/details';
import { aBatch, aBatchItem, aBatchOf, anEvent } from '../../../testing/samples';
import { Viewport } from '../../core/viewport';

const pageOf = (batches: Batch[], total = batches.length): BatchList => ({
  batches,
  total,
  page: 1,
  pages: Math.max(1, Math.ceil(total / 20)),
});
const running = aBatch({ id: 'batch-create-1', status: 'running', total: 12, pending: 6, running: 2, succeeded: 4 });
const changed = (batch: Batch, change: object) =>
  anEvent('batch.changed', null, { ...batch, batch_id: batch.id, ...change });
const onPhone = (): void => {
  TestBed.overrideProvider(Viewport, { useValue: { phone: signal(true), tablet: signal(false) } });
};
const click = async (shown: Shown<unknown>, text: string | RegExp): Promise<void> =>
  (await shown.page.getHarness(MatButtonHarness.with({ text }))).click();

describe('the list of batches', () => {
  const api = (list: Toygres['batches']['list']): ApiDouble => ({ batches: { list } });

  it('shows placeholders until the first answer, and says what will be here while there is nothing', async () => {
    let answer = (_: BatchList): void => undefined;
    const list = () => new Promise<BatchList>((resolve) => (answer = resolve));
    const shown = await new ConsoleTest(api(list)).visit('/batches');
    expect(shown.all('.skeletons tg-skeleton').length).toBeGreaterThan(0);
    answer(pageOf([]));
    await vi.waitFor(() => expect(shown.text).toContain('No batch yet'));
    expect(shown.all('[aria-current=page]').map(({ textContent }) => textContent)).toEqual(['Batches']);
  });

  it('lists what was asked for, how far it is, and what came of it', async () => {
    const removed = aBatch({
      id: 'b',
      kind: 'purge',
      status: 'failed',
      total: 5,
      succeeded: 3,
      failed: 1,
      cancelled: 1,
    });
    const shown = await new ConsoleTest(api(async () => pageOf([running, removed]))).visit('/batches');
    await vi.waitFor(() => expect(shown.all('tr.mat-mdc-row')).toHaveLength(2));
    expect(shown.all('td.batch a').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Create 12 instances', '/batches/batch-create-1'],
      ['Remove 5 instances for good', '/batches/b'],
    ]);
    expect(shown.text).toContain('4 of 12');
    expect(shown.text).toContain('3 removed, 1 failed, 1 called off');
    expect(shown.text).toContain('2 batches');
  });

  it('is cards on phones', async () => {
    onPhone();
    const shown = await new ConsoleTest(api(async () => pageOf([running]))).visit('/batches');
    await vi.waitFor(() => expect(shown.all('tg-batch-cards li')).toHaveLength(1));
    expect(shown.text).toContain('4 of 12 done');
  });

  it('keeps filter and page in the address', async () => {
    const list = vi.fn(async () => pageOf([running], 41));
    const test = new ConsoleTest(api(list));
    const shown = await test.visit('/batches?page=2&status=nonsense');
    await vi.waitFor(() =>
      expect(list).toHaveBeenCalledWith({ status: undefined, page: 2, limit: 20 }, expect.anything()),
    );
    await vi.waitFor(() => expect(shown.all('tg-pager')).toHaveLength(1));
    shown.all('tg-filter-button .trigger')[0]?.click();
    await (await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Running' }))).check();
    expect(test.url).toBe('/batches?status=running');
    await (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[aria-label="Next page"]' }))).click();
    expect(test.url).toBe('/batches?status=running&page=2');
  });

  it('says that nothing matches, and why it can not be read', async () => {
    const list = vi.fn(async () => pageOf([]));
    const test = new ConsoleTest(api(list));
    const shown = await test.visit('/batches?status=failed');
    await vi.waitFor(() => expect(shown.text).toContain('No batch matches'));
    list.mockRejectedValue(new ToygresError({ status: 500, code: 'internal_error', message: 'It is away.' }));
    await click(shown, 'Clear filters');
    await vi.waitFor(() => expect(shown.text).toContain('It is away.'));
    list.mockResolvedValue(pageOf([running]));
    await click(shown, 'Try again');
    await vi.waitFor(() => expect(shown.all('tr.mat-mdc-row')).toHaveLength(1));
  });

  it('moves with events, and reads anew what begins', async () => {
    const list = vi.fn(async () => pageOf([running]));
    const test = new ConsoleTest(api(list));
    const shown = await test.visit('/batches');
    await vi.waitFor(() => expect(shown.text).toContain('4 of 12'));
    test.event(changed(running, { running: 1, failed: 1 }));
    await shown.stable();
    expect(shown.text).toContain('5 of 12');
    expect(list).toHaveBeenCalledTimes(1);
    test.event(changed(running, { batch_id: 'another' }));
    await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  });
});

describe('the page of a batch', () => {
  const refused = aBatchItem({
    name: 'shop-2',
    status: 'failed',
    instance_id: null,
    orchestration_id: null,
    error_code: 'name_taken',
    error: 'The name "shop-2" is held by a running instance.',
  });
  const broken = aBatchItem({ name: 'shop-3', status: 'failed', error: 'The disk is full.' });
  const waiting = aBatchItem({ name: 'shop-4', status: 'pending', instance_id: null, orchestration_id: null });
  const begun = aBatchItem({ name: 'shop-5', status: 'running' });

  function visit(batch: BatchDetails, { query = '', others = {} }: { query?: string; others?: ApiDouble } = {}) {
    const get = vi.fn(() => Promise.resolve(batch));
    const cancel = vi.fn(() => Promise.resolve<Batch>(batch));
    const test = new ConsoleTest({ batches: { get, cancel }, ...others });
    return { test, get, cancel, page: test.visit(`/batches/${batch.id}${query}`) };
  }
  const names = (shown: Shown<unknown>) => shown.all('td.instance').map(({ textContent }) => textContent.trim());

  it('shows how far it is, each instance, and why one failed', async () => {
    const { page } = visit(aBatchOf([aBatchItem(), refused, broken, waiting, begun], { status: 'running' }));
    const shown = await page;
    await vi.waitFor(() => expect(shown.text).toContain('3 of 5 done'));
    expect(shown.text).toContain('Create 5 instances');
    const [bar] = shown.all('[role=progressbar]');
    expect([...(bar?.children ?? [])].map((part) => [part.className, (part as HTMLElement).style.width])).toEqual([
      ['succeeded', '20%'],
      ['failed', '40%'],
      ['cancelled', '0%'],
    ]);
    expect(bar?.getAttribute('aria-valuenow')).toBe('60');
    expect(shown.all('.filters a').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim())).toEqual([
      'All 5',
      'Failed 2',
      'Running 1',
      'Waiting 1',
      'Succeeded 1',
    ]);
    expect(names(shown)).toEqual(['shop-1', 'shop-2', 'shop-3', 'shop-4', 'shop-5']);
    expect(shown.all('td.instance a').map((link) => link.getAttribute('href'))).toContain('/instances/shop-1');
    expect(shown.text).toContain('The name "shop-2" is held by a running instance.');
    expect(shown.all('[aria-label="Create shop-2 again…"]')[0]?.getAttribute('href')).toBe(
      '/instances/new?name=shop-2',
    );
    expect(shown.all('[aria-label="Operation of shop-3"]')[0]?.getAttribute('href')).toBe(
      '/operations/create-shop-3-a1b2c3d4',
    );
  });

  it('shows only those that are asked for, page by page', async () => {
    const many = Array.from({ length: 120 }, (_, index) => aBatchItem({ name: `db-${String(index)}` }));
    const { test, page } = visit(aBatchOf([refused, ...many], { status: 'failed' }));
    const shown = await page;
    await vi.waitFor(() => expect(names(shown)).toHaveLength(50));
    await (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[aria-label="Last page"]' }))).click();
    expect(test.url).toContain('?page=3');
    expect(names(shown)).toHaveLength(21);
    shown.all('.filters a')[1]?.click();
    await vi.waitFor(() => expect(test.url).toContain('?status=failed'));
    await vi.waitFor(() => expect(names(shown)).toEqual(['shop-2']));
    await test.goTo(`/batches/batch-create-0c1d2e3f4a?status=cancelled`);
    await vi.waitFor(() => expect(shown.text).toContain('No instance of this batch is in this state now.'));
  });

  it('moves with events, and is read anew only where they do not say everything', async () => {
    const batch = aBatchOf([begun, waiting], { status: 'running' });
    const { test, get, page } = visit(batch);
    const shown = await page;
    const states = () => shown.all('td tg-status').map(({ textContent }) => textContent.trim());
    await vi.waitFor(() => expect(states()).toEqual(['Running', 'Waiting']));
    const instance = { id: begun.instance_id ?? '', user_name: begun.name };
    test.event(anEvent('orchestration.failed', instance, { error: 'The disk is full.' }, begun.orchestration_id));
    test.event(changed(batch, { running: 0, failed: 1 }));
    await shown.stable();
    expect(states()).toEqual(['Failed', 'Waiting']);
    expect(shown.text).toContain('The disk is full.');
    expect(shown.text).toContain('1 of 2 done');
    const item = { ...waiting, position: 1, status: 'running' as const };
    test.event(changed(batch, { running: 1, pending: 0, failed: 1, item }));
    await shown.stable();
    expect(states()).toEqual(['Failed', 'Running']);
    expect(get).toHaveBeenCalledTimes(1);

    get.mockResolvedValue(aBatchOf([broken, aBatchItem({ name: 'shop-4' })], { status: 'failed' }));
    test.event(changed(batch, { status: 'failed', running: 0, pending: 0, failed: 1, succeeded: 1 }));
    await shown.stable();
    expect(shown.text).toContain('1 created, 1 failed');
    await vi.waitFor(() => expect(states()).toEqual(['Failed', 'Succeeded']));
    expect(get).toHaveBeenCalledTimes(2);
  });

  it('calls off the rest when that is confirmed', async () => {
    const { cancel, page } = visit(aBatchOf([begun, waiting], { status: 'running' }));
    const shown = await page;
    cancel.mockRejectedValueOnce(refusal(409, 'not_cancellable', 'Nothing is left to begin.'));
    await vi.waitFor(() => click(shown, 'Call off the rest…'));
    const dialog = () => document.querySelector('mat-dialog-container')?.textContent ?? '';
    await vi.waitFor(() => expect(dialog()).toContain('One instance that was not begun is left alone.'));
    await click(shown, /^Call off the rest$/);
    await vi.waitFor(() => expect(dialog()).toContain('Nothing is left to begin.'));
    await click(shown, /^Call off the rest$/);
    await vi.waitFor(() => expect(document.querySelector('mat-dialog-container')).toBeNull());
    expect(cancel).toHaveBeenCalledTimes(2);
    expect(cancel).toHaveBeenLastCalledWith('batch-create-0c1d2e3f4a');
  });

  it('says that the rest was called off, and offers that no more', async () => {
    const gone = aBatchItem({ status: 'cancelled', instance_id: null, orchestration_id: null });
    const { page } = visit(aBatchOf([begun, gone], { status: 'running', cancel_requested: true }));
    const shown = await page;
    await vi.waitFor(() => expect(shown.text).toContain('The rest was called off. What is under way goes on.'));
    expect(shown.text).not.toContain('Call off the rest…');
  });

  it('tries again what failed', async () => {
    const retry = vi.fn(() => Promise.resolve({ orchestration_id: '', state: 'creating' as const, message: '' }));
    const { page } = visit(aBatchOf([broken], { status: 'failed' }), { others: { orchestrations: { retry } } });
    const shown = await page;
    await vi.waitFor(() => click(shown, 'Retry'));
    expect(retry).toHaveBeenCalledExactlyOnceWith('create-shop-3-a1b2c3d4');
  });

  it('leads to what was removed for good by its id, because its name is free', async () => {
    onPhone();
    const { page } = visit(aBatchOf([aBatchItem()], { kind: 'purge' }));
    const shown = await page;
    await vi.waitFor(() => expect(shown.all('li.card a')[0]?.getAttribute('href')).toMatch(/^\/instances\/0a3c8f0e-/));
  });

  it('says that there is no such batch, or why it can not be read', async () => {
    const get = vi.fn(() => Promise.reject<BatchDetails>(refusal(404, 'batch_not_found', 'No.')));
    const test = new ConsoleTest({ batches: { get } });
    const shown = await test.visit('/batches/nonsense');
    await vi.waitFor(() => expect(shown.text).toContain('No such batch'));
    get.mockRejectedValue(refusal(500, 'internal_error', 'It is away.'));
    await test.goTo('/batches/another');
    await vi.waitFor(() => expect(shown.text).toContain('It is away.'));
  });
});
