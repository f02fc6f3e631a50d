import { LiveAnnouncer } from '@angular/cdk/a11y';
import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { MATERIAL_ANIMATIONS } from '@angular/material/core';
import { MatCheckboxHarness } from '@angular/material/checkbox/testing';
import { MatDialogHarness } from '@angular/material/dialog/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { MatSortHarness } from '@angular/material/sort/testing';
import { type InstanceList as Page, type InstanceSummary, type ListInstancesQuery, ToygresError } from '#sdk';
import { ConsoleTest, type Shown } from '../../../../testing/console';
import { anEvent, anInstance, someCapabilities, someProgress } from '../../../../testing/samples';
import { Viewport } from '../../../core/viewport';

type List = (query?: ListInstancesQuery) => Promise<Page>;

const page = (instances: InstanceSummary[], given: Partial<Page> = {}): Page => ({
  instances,
  total: instances.length,
  page: 1,
  pages: 1,
  ...given,
});

function consoleWith(list: List, instances: Record<string, unknown> = {}): ConsoleTest {
  return new ConsoleTest({
    instances: { list, ...instances },
    capabilities: () => Promise.resolve(someCapabilities()),
  });
}

async function visit(list: List, url = '/instances'): Promise<{ test: ConsoleTest; shown: Shown<unknown> }> {
  const test = consoleWith(list);
  return { test, shown: await test.visit(url) };
}

const problem = (status: number): ToygresError =>
  new ToygresError({ status, code: 'x', message: 'The disk is full.', requestId: '8f14e45f-ceea' });
const rowsOf = (shown: Shown<unknown>): string[] => shown.all('tr.mat-mdc-row td.name a').map((a) => a.textContent);
const field = (shown: Shown<unknown>): HTMLInputElement => shown.element.querySelector('input[type=search]')!;

function type(shown: Shown<unknown>, text: string): void {
  field(shown).value = text;
  field(shown).dispatchEvent(new Event('input'));
}

function click(name: string, within: ParentNode = document): void {
  const button = [...within.querySelectorAll<HTMLElement>('button, a')].find(
    (candidate) => (candidate.getAttribute('aria-label') ?? candidate.textContent.replace(/\s+/g, ' ').trim()) === name,
  );
  expect(button, `a button "${name}"`).toBeDefined();
  button?.click();
}

// jsdom has no layout, and nothing to scroll.
const scrollIntoView = vi.fn();
Element.prototype.scrollIntoView = scrollIntoView;

describe('the instances list', () => {
  describe('shows', () => {
    it('its skeleton until the first answer', async () => {
      const { shown } = await visit(() => new Promise<Page>(() => undefined));
      expect(shown.all('table.skeleton tbody tr')).toHaveLength(10);
      expect(shown.element.querySelector('.frame')?.getAttribute('aria-busy')).toBe('true');
      expect(shown.text).toContain('Loading…');
    });

    it('a row with everything that one wants to know', async () => {
      const { shown } = await visit(async () =>
        page([
          anInstance(),
          anInstance({
            user_name: 'ill',
            health_status: 'unhealthy',
            last_health_check: {
              status: 'unhealthy',
              checked_at: '2026-11-14T12:00:00Z',
              response_time_ms: null,
              code: 'not_ready',
              reason: 'Connection timed out.',
            },
          }),
          anInstance({
            user_name: 'young',
            state: 'creating',
            health_status: 'unknown',
            last_health_check: null,
            dns_connection_string: null,
            ip_connection_string: null,
            orchestration: someProgress({ created_at: new Date().toISOString(), completed: 3, total: 7 }),
          }),
          anInstance({ user_name: 'broken', state: 'failed', failure_reason: 'No node has 4 GiB of memory free.' }),
        ]),
      );
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['orders-prod', 'ill', 'young', 'broken']));
      const [healthy, ill, young, broken] = shown.all('tr.mat-mdc-row').map((row) => row.textContent);
      expect(healthy).toMatch(/PostgreSQL 18 · 200 GB.*localhost:15432.*Running.*Healthy.*12 ms/s);
      expect(ill).toMatch(/Unhealthy.*Connection timed out\./s);
      expect(young).toMatch(/None yet.*Creating.*3 of 7,\s+\d s.*Not checked yet/s);
      expect(broken).toMatch(/Failed.*No node has 4 GiB of memory free\./s);
      expect(shown.element.querySelector('mat-progress-bar')?.getAttribute('aria-valuenow')).toMatch(/^42/);
      expect(shown.text).toContain('4 instances');
    });

    it('what to do first where there are none', async () => {
      const { shown } = await visit(async () => page([], { pages: 0 }));
      await vi.waitFor(() => expect(shown.text).toContain('No instances yet'));
      expect(shown.all('a.mat-mdc-unelevated-button').map((a) => a.getAttribute('href'))).toEqual(['/instances/new']);
    });

    it('the filters that nothing matches, and how to be rid of them', async () => {
      const list = vi.fn<List>(async () => page([], { pages: 0 }));
      const { test, shown } = await visit(list, '/instances?search=foo&state=failed&tag=team:backend&limit=50');
      await vi.waitFor(() => expect(shown.text).toContain('No instance matches'));
      expect(shown.all('.filters .chip').map((chip) => chip.textContent)).toEqual([
        '“foo”',
        'State: Failed',
        'Tag: team:backend',
      ]);
      click('Clear filters', shown.element.querySelector('.blank')!);
      await vi.waitFor(() => expect(test.url).toBe('/instances?limit=50'));
      await vi.waitFor(() => expect(shown.text).toContain('No instances yet'));
      expect(field(shown)).toBeNull();
    });

    it('why it could not be read, and reads again on demand', async () => {
      let fail = true;
      const { shown } = await visit(() =>
        fail ? Promise.reject(problem(500)) : Promise.resolve(page([anInstance()])),
      );
      await vi.waitFor(() => expect(shown.text).toContain('The disk is full. (request 8f14e45f)'));
      fail = false;
      click('Try again');
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['orders-prod']));
      expect(shown.element.querySelector('tg-load-error')).toBeNull();
    });

    it('the rows that it has while reading again fails', async () => {
      let fail = false;
      const { test, shown } = await visit(() =>
        fail ? Promise.reject(problem(500)) : Promise.resolve(page([anInstance()])),
      );
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      fail = true;
      test.tell({ kind: 'refresh' });
      await vi.waitFor(() => expect(shown.text).toContain('The disk is full.'));
      expect(rowsOf(shown)).toEqual(['orders-prod']);
    });

    it('that one may not see it', async () => {
      const { shown } = await visit(() => Promise.reject(problem(403)));
      await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
      expect(shown.text).not.toContain('Try again');
      expect(field(shown)).toBeNull();
      expect(rowsOf(shown)).toEqual([]);
    });

    it('cards on phones, with the filters in a sheet', async () => {
      const test = consoleWith(async () => page([anInstance(), anInstance({ user_name: 'old', state: 'deleting' })]));
      // The end of an animation never comes in jsdom.
      TestBed.configureTestingModule({
        providers: [{ provide: MATERIAL_ANIMATIONS, useValue: { animationsDisabled: true } }],
      });
      TestBed.overrideProvider(Viewport, { useValue: { phone: signal(true), tablet: signal(false) } });
      const shown = await test.visit('/instances');
      await vi.waitFor(() => expect(shown.all('tg-instance-card')).toHaveLength(2));
      const [first, second] = shown.all('tg-instance-card').map((card) => card.textContent.replace(/\s+/g, ' '));
      expect(first).toMatch(/orders-prod ?Healthy.*Running, answered in 12 ms, .*Connect ?Details/);
      expect(second).toMatch(/old ?Deleting/);
      expect(shown.all('table')).toEqual([]);

      click('Filters');
      await vi.waitFor(() => expect(document.querySelector('tg-filter-sheet')).not.toBeNull());
      const failed = await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Failed' }));
      await failed.check();
      await vi.waitFor(() => expect(test.url).toBe('/instances?state=failed'));
      click('Show 2 instances');
      await vi.waitFor(() => expect(document.querySelector('tg-filter-sheet')).toBeNull());
      expect(shown.text).toContain('Filters 1');
    });
  });

  describe('asks the server', () => {
    it('for what the address says', async () => {
      const list = vi.fn<List>(async () => page([anInstance()], { page: 2, pages: 3, total: 30 }));
      const { shown } = await visit(list, '/instances?health=unhealthy&version=17&sort=-state&page=2&limit=10');
      await vi.waitFor(() => expect(shown.text).toContain('11 to 11 of 30'));
      expect(list.mock.lastCall?.[0]).toMatchObject({
        health: ['unhealthy'],
        version: ['17'],
        sort: '-state',
        page: 2,
        limit: 10,
      });
    });

    it('for a state that is chosen, from the first page on; and no more when it is cleared', async () => {
      const { test, shown } = await visit(async () => page([anInstance()]), '/instances?page=1&limit=10');
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      click('State any');
      await (await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Deleted' }))).check();
      await vi.waitFor(() => expect(test.url).toBe('/instances?state=deleted&limit=10'));
      await (await shown.page.getHarness(MatCheckboxHarness.with({ label: 'Running' }))).check();
      await vi.waitFor(() => expect(test.url).toBe('/instances?state=running,deleted&limit=10'));
      expect(shown.text).toContain('State Running + 1');
      click('Clear the filter State');
      await vi.waitFor(() => expect(test.url).toBe('/instances?limit=10'));
    });

    it('for a tag, which has to be one', async () => {
      const { test, shown } = await visit(async () => page([anInstance()]));
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      click('Tag any');
      await vi.waitFor(() => expect(document.querySelector('#tag')).not.toBeNull());
      const tag = document.querySelector<HTMLInputElement>('#tag')!;
      const add = (text: string): void => {
        tag.value = text;
        tag.dispatchEvent(new Event('input'));
        tag.form?.requestSubmit();
      };
      add('nonsense');
      await shown.stable();
      expect(document.querySelector('#tag-problem')?.textContent).toContain('Write it as key:value');
      expect(test.url).toBe('/instances');
      add('team:backend');
      await vi.waitFor(() => expect(test.url).toBe('/instances?tag=team:backend'));
      click('Remove team:backend');
      await vi.waitFor(() => expect(test.url).toBe('/instances'));
    });

    it('once for what is typed fast, and as one step back', async () => {
      const list = vi.fn<List>(async (query) => page([anInstance({ user_name: query?.search ?? 'all' })]));
      const { test, shown } = await visit(list);
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['all']));
      for (const text of ['o', 'or', 'ord ']) {
        type(shown, text);
      }
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['ord']));
      expect(list).toHaveBeenCalledTimes(2);
      expect(field(shown).value).toBe('ord ');
      type(shown, 'order');
      await vi.waitFor(() => expect(test.url).toBe('/instances?search=order'));
      // Back to before the search.
      TestBed.inject(Router)
        .navigateByUrl('/instances')
        .catch(() => undefined);
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['all']));
      expect(field(shown).value).toBe('');
    });

    it('and lets the last search win', async () => {
      const answers = new Map<string | undefined, () => void>();
      const { shown } = await visit(
        (query) =>
          new Promise((resolve) =>
            answers.set(query?.search, () => resolve(page([anInstance({ user_name: query?.search ?? 'all' })]))),
          ),
      );
      await vi.waitFor(() => expect(answers.has(undefined)).toBe(true));
      answers.get(undefined)?.();
      for (const text of ['slow', 'fast']) {
        type(shown, text);
        await vi.waitFor(() => expect(answers.has(text)).toBe(true));
      }
      answers.get('fast')?.();
      answers.get('slow')?.();
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['fast']));
    });

    it('for another order, by the head of a column', async () => {
      const { test, shown } = await visit(async () => page([anInstance()]));
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      const head = (label: string) =>
        shown.loader
          .getHarness(MatSortHarness)
          .then((sort) => sort.getSortHeaders({ label }))
          .then(([header]) => header!);
      expect(await (await head('Name')).getSortDirection()).toBe('asc');
      await (await head('Name')).click();
      await vi.waitFor(() => expect(test.url).toBe('/instances?sort=-name'));
      await (await head('Health')).click();
      await vi.waitFor(() => expect(test.url).toBe('/instances?sort=health'));
      expect(shown.element.querySelector('th.health')?.getAttribute('aria-sort')).toBe('ascending');
    });

    it('for another order, by the menu', async () => {
      const { test, shown } = await visit(async () => page([anInstance()]));
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      const menu = await shown.loader.getHarness(MatMenuHarness.with({ triggerText: /^Sort/ }));
      await menu.open();
      await menu.clickItem({ text: 'Newest first' });
      await vi.waitFor(() => expect(test.url).toBe('/instances?sort=-created_at'));
    });

    it('for the next page, and for more rows', async () => {
      const { test, shown } = await visit(async (query) =>
        page([anInstance()], { page: query?.page ?? 1, pages: 3, total: 60 }),
      );
      await vi.waitFor(() => expect(shown.text).toContain('1 of 3'));
      click('Next page');
      await vi.waitFor(() => expect(test.url).toBe('/instances?page=2'));
      await vi.waitFor(() => expect(shown.text).toContain('2 of 3'));
      expect(scrollIntoView).toHaveBeenCalled();
      const menu = await shown.loader.getHarness(MatMenuHarness.with({ triggerText: '20' }));
      await menu.open();
      await menu.clickItem({ text: '100' });
      await vi.waitFor(() => expect(test.url).toBe('/instances?limit=100'));
    });

    it('for the last page when the page is beyond it', async () => {
      const { test, shown } = await visit(
        async (query) => page(query?.page === 9 ? [] : [anInstance()], { page: query?.page ?? 1, pages: 3, total: 60 }),
        '/instances?page=9',
      );
      await vi.waitFor(() => expect(test.url).toBe('/instances?page=3'));
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
    });
  });

  describe('stays true', () => {
    it('by events, which it announces', async () => {
      const instance = anInstance();
      const { test, shown } = await visit(async () => page([instance]));
      const announce = vi.spyOn(TestBed.inject(LiveAnnouncer), 'announce');
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      const row = shown.all('tr.mat-mdc-row')[0];
      test.event(anEvent('instance.health_changed', instance, { health_status: 'unhealthy', reason: 'No answer.' }));
      await shown.stable();
      expect(row?.textContent).toMatch(/Unhealthy.*No answer\..*Investigate/s);
      expect(shown.all('tr.mat-mdc-row')[0]).toBe(row);
      await vi.waitFor(() => expect(announce).toHaveBeenCalledWith('orders-prod is now: Unhealthy.', 'polite'), {
        timeout: 2_000,
      });
      expect(announce).toHaveBeenCalledTimes(1);
    });

    it('by reading again when an instance is created', async () => {
      const instances = [anInstance()];
      const { test, shown } = await visit(async () => page([...instances]));
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      const created = anInstance({ user_name: 'young', state: 'creating' });
      instances.push(created);
      test.event(anEvent('instance.created', created));
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['orders-prod', 'young']));
    });
  });

  it('says of what moves how far it is, and of what is deleted until when it is kept', async () => {
    const shown = await (async () => {
      const now = new Date().toISOString();
      const stop = someProgress({ id: 'stop-a', kind: 'stop', created_at: now, completed: 0, total: 1 });
      const instances = [
        anInstance({ user_name: 'a', state: 'stopping', orchestration: stop }),
        anInstance({ user_name: 'b', state: 'starting', orchestration: { ...stop, cancel_requested: true } }),
        anInstance({ user_name: 'c', state: 'stopped' }),
        anInstance({ user_name: 'd', state: 'deleted', purge_at: '2026-11-30T12:00:00Z' }),
      ];
      return consoleWith(async () => page(instances)).visit('/instances?state=stopped,deleted');
    })();
    await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(4));
    const states = shown.all('td.state').map((cell) => cell.textContent.replace(/\s+/g, ' ').trim());
    expect(states[0]).toMatch(/^Stopping\s*\d s$/);
    expect(states[1]).toMatch(/^Starting\s*Being called off,\s+\d s$/);
    expect(states[2]).toBe('Stopped');
    expect(states[3]).toMatch(/^DeletedKept until .*2026/);
    expect(shown.all('td.state mat-progress-bar').map((bar) => bar.getAttribute('mode'))).toEqual([
      'indeterminate',
      'indeterminate',
    ]);
    expect(shown.all('td.actions .action').map((action) => action.textContent.trim())).toEqual([
      'Details',
      'Details',
      'Start',
      'Undelete',
    ]);
  });

  describe('selects', () => {
    const tick = async (shown: Shown<unknown>, label: string): Promise<void> =>
      (await shown.loader.getHarness(MatCheckboxHarness.with({ selector: `:has([aria-label="${label}"])` }))).check();

    it('over pages and through changes, and says so', async () => {
      const [first, second] = [anInstance({ user_name: 'a' }), anInstance({ user_name: 'b' })];
      const { test, shown } = await visit(async (query) =>
        page([query?.page === 2 ? second : first], { page: query?.page ?? 1, pages: 2, total: 2 }),
      );
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['a']));
      await tick(shown, 'Select a');
      expect(shown.element.querySelector('tg-bulk-bar')?.textContent).toMatch(/1 selected.*a/s);
      click('Next page');
      await vi.waitFor(() => expect(rowsOf(shown)).toEqual(['b']));
      await tick(shown, 'Select all on this page');
      expect(shown.element.querySelector('tg-bulk-bar')?.textContent).toMatch(
        /2 selected.*1 of them not on this page/s,
      );
      test.event(anEvent('instance.health_changed', second, { health_status: 'unhealthy' }));
      await shown.stable();
      expect(shown.element.querySelector('tg-bulk-bar')?.textContent).toContain('2 selected');
      click('Clear the selection');
      await shown.stable();
      expect(shown.element.querySelector('tg-bulk-bar')).toBeNull();
      // The button that had the focus is gone.
      expect(document.activeElement).toBe(shown.element.querySelector('h1'));
    });

    it('what is being deleted already, but does not delete it again', async () => {
      const { shown } = await visit(async () => page([anInstance({ user_name: 'gone', state: 'deleting' })]));
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
      await tick(shown, 'Select gone');
      const button = shown.element.querySelector('tg-bulk-bar .delete');
      expect(button?.getAttribute('aria-disabled')).toBe('true');
      click('Delete…', shown.element.querySelector('tg-bulk-bar')!);
      expect(await shown.page.getAllHarnesses(MatDialogHarness)).toEqual([]);
    });

    it('and deletes by one request', async () => {
      const instances = ['a', 'b', 'c'].map((user_name) => anInstance({ user_name }));
      const deleteMany = vi.fn(() => Promise.resolve({ batch_id: 'batch-delete-1', total: 2, message: '' }));
      const test = consoleWith(async () => page(instances), { deleteMany });
      const shown = await test.visit('/instances');
      await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(3));
      await tick(shown, 'Select a');
      await tick(shown, 'Select c');
      click('Delete…', shown.element.querySelector('tg-bulk-bar')!);
      await vi.waitFor(() => expect(document.querySelector('tg-delete-many-dialog')).not.toBeNull());
      await vi.waitFor(() => expect(document.querySelector('#confirm')).not.toBeNull());
      const confirm = document.querySelector<HTMLInputElement>('#confirm')!;
      confirm.value = 'delete 2';
      confirm.dispatchEvent(new Event('input'));
      confirm.form?.requestSubmit();
      await vi.waitFor(() => expect(deleteMany).toHaveBeenCalledExactlyOnceWith([instances[0]?.id, instances[2]?.id]));
      await vi.waitFor(() => expect(shown.element.querySelector('tg-bulk-bar')).toBeNull());
    });
  });

  it('opens the details by a click on the row, but not by one on something in it', async () => {
    const instance = anInstance({ state: 'purged' });
    const test = consoleWith(async () => page([instance]), { get: () => Promise.resolve(instance) });
    const shown = await test.visit('/instances?state=purged');
    await vi.waitFor(() => expect(rowsOf(shown)).toHaveLength(1));
    shown.element.querySelector<HTMLElement>('td.select input')?.click();
    await shown.stable();
    expect(test.url).toBe('/instances?state=purged');
    shown.element.querySelector<HTMLElement>('td.health')?.click();
    // By its id: somebody else may have taken the name.
    await vi.waitFor(() => expect(test.url).toBe(`/instances/${instance.id}`), { timeout: 4_000 });
  });
});
