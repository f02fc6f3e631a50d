import { MatButtonHarness } from '@angular/material/button/testing';
import { MatCheckboxHarness } from '@angular/material/checkbox/testing';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { type OrchestrationList, type OrchestrationRecord, type Toygres, ToygresError } from '#sdk';
import { type ApiDouble, ConsoleTest } from '../../../../testing/console';
import { anActivity, anEvent, anInstance, anOrchestration } from '../../../../testing/samples';
import { Viewport } from '../../../core/viewport';

const pageOf = (orchestrations: OrchestrationRecord[], total = orchestrations.length): OrchestrationList => ({
  orchestrations,
  total,
  page: 1,
  pages: Math.max(1, Math.ceil(total / 20)),
});

const api = (list: Toygres['orchestrations']['list'], others: ApiDouble = {}): ApiDouble => ({
  orchestrations: { list },
  ...others,
});

const failed = anOrchestration({
  id: 'create-billing-1',
  instance_name: 'billing',
  status: 'failed',
  error: 'PostgreSQL did not start.',
  error_details: 'FATAL: out of memory',
  activities: [anActivity({ status: 'failed' }), anActivity({ name: 'instance.discard', phase: 'compensation' })],
});

describe('the list of operations', () => {
  it('shows placeholders until the first answer', async () => {
    const shown = await new ConsoleTest(api(() => new Promise(() => undefined))).visit('/operations');
    expect(shown.all('.skeletons tg-skeleton').length).toBeGreaterThan(0);
  });

  it('says what will be here while there is nothing', async () => {
    const shown = await new ConsoleTest(api(async () => pageOf([]))).visit('/operations');
    await vi.waitFor(() => expect(shown.text).toContain('Nothing has been done yet'));
    expect(shown.all('.nothing a')[0]?.getAttribute('href')).toBe('/instances/new');
  });

  it('lists operations with their steps, and unfolds the reason of a failure', async () => {
    const shown = await new ConsoleTest(api(async () => pageOf([anOrchestration(), failed]))).visit('/operations');
    await vi.waitFor(() => expect(shown.all('tr.mat-mdc-row:not(.fold)')).toHaveLength(2));
    expect(shown.text).toContain('2 operations');
    expect(shown.text).toContain('1 of 1');
    expect(shown.all('td.instance a').map((link) => link.getAttribute('href'))).toEqual([
      '/instances/orders-prod',
      '/instances/billing',
    ]);

    const unfold = await shown.loader.getHarness(
      MatButtonHarness.with({ selector: '[aria-label="Steps of Create billing"]' }),
    );
    await unfold.click();
    expect(shown.all('tg-operation-error')[0]?.textContent).toContain('PostgreSQL did not start.');
    expect(shown.all('tg-operation-error')[0]?.textContent).toContain('Everything it had made was removed.');
    expect(shown.all('tg-operation-error pre')[0]?.textContent).toBe('FATAL: out of memory');
    expect(shown.all('tg-operation-timeline')).toHaveLength(1);
    await unfold.click();
    expect(shown.all('tg-operation-timeline')).toHaveLength(0);
  });

  it('has words for upkeep', async () => {
    const upkeep = ['recover', 'settle', 'clean-up'].map((kind) => anOrchestration({ id: kind, kind }));
    const shown = await new ConsoleTest(api(async () => pageOf(upkeep))).visit('/operations');
    await vi.waitFor(() =>
      expect(shown.all('a.operation').map(({ textContent }) => textContent)).toEqual([
        'Recover',
        'Stop a server that should not run',
        'Remove what was left',
      ]),
    );
  });

  it('does not lead to an instance that was purged', async () => {
    const shown = await new ConsoleTest(api(async () => pageOf([anOrchestration({ kind: 'purge' })]))).visit(
      '/operations',
    );
    await vi.waitFor(() => expect(shown.all('td.instance')[0]?.textContent.trim()).toBe('orders-prod'));
    expect(shown.all('td.instance a')).toHaveLength(0);
  });

  it('offers to call off what is under way, and to try again what failed', async () => {
    const open = anOrchestration({
      id: 'stop-1',
      kind: 'stop',
      status: 'running',
      finished_at: null,
      cancellable: true,
    });
    const cancel = vi.fn(async () => ({ orchestration_id: 'stop-1', state: 'stopping' as const, message: '' }));
    const double = api(async () => pageOf([open, anOrchestration({ id: 'done' }), { ...failed, retryable: true }]));
    const test = new ConsoleTest({ ...double, orchestrations: { ...double.orchestrations, cancel } });
    const shown = await test.visit('/operations');
    const labels = () => shown.all('tg-operation-buttons button').map((found) => found.getAttribute('aria-label'));
    await vi.waitFor(() => expect(labels()).toEqual(['Call off: Stop orders-prod', 'Retry: Create billing']));
    shown.all('tg-operation-buttons button')[0]?.click();
    test.event(anEvent('orchestration.cancel_requested', anInstance(), {}, 'stop-1'));
    await vi.waitFor(() => expect(shown.all('tg-status')[0]?.textContent.trim()).toBe('Being called off'));
    expect(labels()).toEqual(['Retry: Create billing']);
    expect(cancel).toHaveBeenCalledExactlyOnceWith('stop-1');
  });

  it('is cards on phones', async () => {
    const test = new ConsoleTest(api(async () => pageOf([failed])));
    TestBed.overrideProvider(Viewport, { useValue: { phone: signal(true), tablet: signal(false) } });
    const shown = await test.visit('/operations');
    await vi.waitFor(() => expect(shown.all('tg-operation-cards li')).toHaveLength(1));
    expect(shown.all('tg-operation-cards a')[0]?.getAttribute('href')).toBe('/operations/create-billing-1');
    expect(shown.all('table')).toHaveLength(0);
  });

  it('reads what the address asks for, and passes over what makes no sense', async () => {
    const list = vi.fn(async () => pageOf([failed], 41));
    await new ConsoleTest(api(list)).visit('/operations?kind=create,nonsense&status=failed&page=2');
    await vi.waitFor(() =>
      expect(list).toHaveBeenCalledWith(
        { kind: ['create'], status: ['failed'], instance_id: undefined, page: 2, limit: 20 },
        expect.anything(),
      ),
    );
  });

  it('sends no filter that is not set', async () => {
    const list = vi.fn(async () => pageOf([failed]));
    await new ConsoleTest(api(list)).visit('/operations');
    await vi.waitFor(() =>
      expect(list).toHaveBeenCalledWith(
        { kind: undefined, status: undefined, instance_id: undefined, page: 1, limit: 20 },
        expect.anything(),
      ),
    );
  });

  it('keeps filters and page in the address', async () => {
    const test = new ConsoleTest(api(async () => pageOf([failed], 41)));
    const shown = await test.visit('/operations?page=2');
    await vi.waitFor(() => expect(shown.all('table')).toHaveLength(1));
    shown.all('tg-filter-button .trigger')[1]?.click();
    await (await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Running' }))).check();
    expect(test.url).toBe('/operations?status=running');
    // It stays open for the next one.
    await (await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Waiting' }))).check();
    expect(test.url).toBe('/operations?status=running,pending');
    expect(shown.text).toContain('State Waiting + 1');

    expect(shown.all('tg-pager')[0]?.textContent).toMatch(/1 to 1 of 41.*1 of 3/s);
    await (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[aria-label="Next page"]' }))).click();
    expect(test.url).toBe('/operations?status=running,pending&page=2');
    shown.all('[aria-label="Clear the filter State"]')[0]?.click();
    await vi.waitFor(() => expect(test.url).toBe('/operations'));
  });

  it('finds the operations of an instance by its name', async () => {
    const instance = anInstance({ user_name: 'orders-prod' });
    const list = vi.fn(async () => pageOf([anOrchestration()]));
    const test = new ConsoleTest(api(list, { instances: { get: async () => instance } }));
    const shown = await test.visit('/operations');
    const field = shown.all('input')[0] as HTMLInputElement;
    field.value = ' orders-prod ';
    field.dispatchEvent(new Event('change'));
    await vi.waitFor(() =>
      expect(list).toHaveBeenLastCalledWith(expect.objectContaining({ instance_id: instance.id }), expect.anything()),
    );
    expect(test.url).toBe('/operations?instance=orders-prod');
  });

  it('says that there is no such instance', async () => {
    const get = () => Promise.reject(new ToygresError({ status: 404, code: 'instance_not_found', message: 'No.' }));
    const list = vi.fn();
    const test = new ConsoleTest(api(list, { instances: { get } }));
    const shown = await test.visit('/operations?instance=nobody');
    await vi.waitFor(() => expect(shown.text).toContain('There is no instance with the name “nobody”.'));
    expect(list).not.toHaveBeenCalled();
    await (await shown.loader.getHarness(MatButtonHarness.with({ text: 'Clear filters' }))).click();
    expect(test.url).toBe('/operations');
  });

  it('names the filters that nothing matches', async () => {
    const shown = await new ConsoleTest(api(async () => pageOf([]))).visit('/operations?kind=recover&status=failed');
    await vi.waitFor(() => expect(shown.text).toContain('Filtered by Kind “Recover” and State “Failed”.'));
  });

  it('says why it can not be read, and tries again', async () => {
    let away = true;
    const list = vi.fn(async () => {
      if (away) {
        throw new ToygresError({ status: 500, code: 'internal_error', message: 'The database is away.' });
      }
      return pageOf([failed]);
    });
    const shown = await new ConsoleTest(api(list)).visit('/operations');
    await vi.waitFor(() => expect(shown.text).toContain('The database is away.'));
    away = false;
    await (await shown.loader.getHarness(MatButtonHarness.with({ text: 'Try again' }))).click();
    await vi.waitFor(() => expect(shown.all('table')).toHaveLength(1));
    expect(shown.text).not.toContain('The database is away.');
  });

  it('does not leave rows of other filters under an error', async () => {
    const list = vi.fn(async ({ status = [] }: { readonly status?: readonly string[] | undefined } = {}) => {
      if (status.length > 0) {
        throw new ToygresError({ status: 403, code: 'forbidden', message: 'No.' });
      }
      return pageOf([failed]);
    });
    const test = new ConsoleTest(api(list));
    const shown = await test.visit('/operations');
    await vi.waitFor(() => expect(shown.all('table')).toHaveLength(1));
    shown.all('tg-filter-button .trigger')[1]?.click();
    await (await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Failed' }))).check();
    await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
    expect(shown.all('table')).toHaveLength(0);
  });

  it('moves with events, and reads anew what begins', async () => {
    const instance = anInstance({ user_name: 'orders-prod' });
    const running = anOrchestration({
      id: 'create-1',
      instance_id: instance.id,
      status: 'running',
      finished_at: null,
      activities: [
        anActivity({ status: 'pending', started_at: null, finished_at: null }),
        anActivity({ name: 'b', status: 'pending' }),
      ],
    });
    const list = vi.fn(async () => pageOf([running]));
    const test = new ConsoleTest(api(list));
    const shown = await test.visit('/operations');
    await vi.waitFor(() => expect(shown.text).toContain('0 of 2'));
    const progress = { activity: 'instance.start', phase: 'forward', status: 'succeeded', position: 0, attempt: 1 };
    test.event(anEvent('orchestration.progress', instance, progress, 'create-1'));
    await shown.stable();
    expect(shown.text).toContain('1 of 2');
    expect(list).toHaveBeenCalledTimes(1);

    test.event(anEvent('orchestration.progress', instance, { ...progress, position: 3 }, 'another'));
    test.event(anEvent('instance.health_changed', instance, { health_status: 'healthy' }));
    test.event(anEvent('batch.changed', null, { batch_id: 'batch-create-1', status: 'running' }));
    await shown.stable();
    expect(list).toHaveBeenCalledTimes(1);
    test.event(anEvent('orchestration.progress', instance, progress, 'another'));
    await vi.waitFor(() => expect(list).toHaveBeenCalledTimes(2));
  });
});
