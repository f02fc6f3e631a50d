import { TestBed } from '@angular/core/testing';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { type InstanceList, type Toygres, ToygresError } from '#sdk';
import { ConsoleTest } from '../../../testing/console';
import { anInstance, someStats } from '../../../testing/samples';
import { InstanceActions } from '../../features/instances';
import { ThemeChoice } from '../../core/theme';
import { Shortcuts } from '../shortcuts';

Element.prototype.scrollIntoView = () => undefined;

const orders = anInstance({ user_name: 'orders-prod' });
const analytics = anInstance({ user_name: 'analytics', health_status: 'unhealthy' });
const pageOf = (...instances: InstanceList['instances']): InstanceList => ({
  instances,
  total: instances.length,
  page: 1,
  pages: 1,
});

const field = (): HTMLInputElement => {
  const input = document.querySelector<HTMLInputElement>('tg-command-palette input');
  if (!input) {
    throw new Error('The palette is not open.');
  }
  return input;
};
const options = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('tg-command-palette [role="option"]')];
const labels = (): string[] => options().map((option) => option.querySelector('.label')?.textContent ?? '');
const active = (): string | undefined => {
  const id = field().getAttribute('aria-activedescendant');
  return options()
    .find((option) => option.id === id)
    ?.querySelector('.label')?.textContent;
};

function type(term: string): void {
  field().value = term;
  field().dispatchEvent(new Event('input'));
}

function press(key: string, modifiers: KeyboardEventInit = {}): void {
  const codes: Record<string, number> = { ArrowDown: 40, ArrowUp: 38 };
  field().dispatchEvent(
    new KeyboardEvent('keydown', { key, keyCode: codes[key] ?? 0, cancelable: true, ...modifiers }),
  );
}

async function open(list: Toygres['instances']['list'] = async () => pageOf(orders)) {
  const test = new ConsoleTest({
    stats: async () => someStats({ recent_instances: [analytics, orders] }),
    instances: { list },
  });
  const shown = await test.visit('/nowhere');
  await TestBed.inject(Shortcuts).openPalette();
  await shown.stable();
  await vi.waitFor(() => expect(labels()).toContain('analytics'));
  return { test, shown };
}

describe('the command palette', () => {
  afterEach(() => TestBed.inject(MatDialog).closeAll());

  it('opens with the recent instances, pages and settings', async () => {
    await open();
    expect(labels().slice(0, 3)).toEqual(['analytics', 'orders-prod', 'Dashboard']);
    expect(active()).toBe('analytics');
    expect(document.activeElement).toBe(field());
    expect(document.querySelector('tg-command-palette .count')?.textContent).toMatch(/^\d+ results$/);
  });

  it('offers what is already known at once, and what the server finds after that', async () => {
    const archive = anInstance({ user_name: 'orders-archive' });
    const list = vi.fn(async () => pageOf(archive, orders));
    const { shown } = await open(list);
    type('ord');
    await shown.stable();
    expect(labels()[0]).toBe('orders-prod');
    expect(document.querySelector('tg-command-palette mark')?.textContent).toBe('ord');
    await vi.waitFor(() => expect(labels()).toContain('orders-archive'));
    expect(list).toHaveBeenCalledExactlyOnceWith({ search: 'ord', limit: 6 }, expect.anything());
  });

  it('lets the last of several searches win', async () => {
    const answers = new Map<string, (list: InstanceList) => void>();
    const list = vi.fn(
      ({ search = '' }: { readonly search?: string | undefined } = {}) =>
        new Promise<InstanceList>((resolve) => answers.set(search, resolve)),
    );
    await open(list);
    type('a');
    await vi.waitFor(() => expect(answers.has('a')).toBe(true));
    type('ab');
    await vi.waitFor(() => expect(answers.has('ab')).toBe(true));
    answers.get('ab')?.(pageOf(anInstance({ user_name: 'about' })));
    answers.get('a')?.(pageOf(analytics));
    await vi.waitFor(() => expect(labels()[0]).toBe('about'));
    expect(labels()).not.toContain('analytics');
  });

  it('has actions on the best match', async () => {
    const { shown } = await open();
    const run = vi.fn(async () => undefined);
    vi.spyOn(TestBed.inject(InstanceActions), 'others').mockReturnValue([
      { id: 'x', label: 'Do it', icon: 'bolt', run },
    ]);
    type('orders');
    await shown.stable();
    expect(labels()).toEqual(expect.arrayContaining(['Do it', 'Operations on orders-prod']));
    options()[labels().indexOf('Do it')]?.click();
    await vi.waitFor(() => expect(run).toHaveBeenCalledOnce());
    expect(document.querySelector('tg-command-palette')).toBeNull();
  });

  it('is moved in by the keys, and goes where Enter says', async () => {
    const { test, shown } = await open();
    const navigate = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    press('ArrowDown');
    await shown.stable();
    expect(active()).toBe('orders-prod');
    press('ArrowUp');
    press('ArrowUp');
    await shown.stable();
    expect(active()).toBe('Keyboard shortcuts');
    press('Tab');
    await shown.stable();
    expect(active()).toBe('analytics');
    press('Tab');
    await shown.stable();
    expect(active()).toBe('Dashboard');
    press('Tab', { shiftKey: true });
    press('Enter');
    await vi.waitFor(() => expect(navigate).toHaveBeenCalledWith(['/instances', 'analytics']));
    expect(test.url).toBe('/nowhere');
  });

  it('changes the theme', async () => {
    const { shown } = await open();
    type('theme dark');
    await shown.stable();
    expect(active()).toBe('Theme: dark');
    press('Enter');
    await vi.waitFor(() => expect(TestBed.inject(ThemeChoice).theme()).toBe('dark'));
    TestBed.inject(ThemeChoice).set('system');
  });

  it('says that nothing is called so', async () => {
    await open(async () => pageOf());
    type('zzz');
    await vi.waitFor(() => expect(document.querySelector('.note')?.textContent).toBe('Nothing is called “zzz”.'));
    expect(field().getAttribute('aria-activedescendant')).toBeNull();
  });

  it('still leads to pages when the server does not answer', async () => {
    const { shown } = await open(() =>
      Promise.reject(new ToygresError({ status: 0, code: 'network_error', message: 'There is no answer.' })),
    );
    type('operations');
    await vi.waitFor(() => expect(document.querySelector('.note')?.textContent).toContain('could not be searched'));
    await shown.stable();
    expect(labels()).toContain('Operations');
  });
});
