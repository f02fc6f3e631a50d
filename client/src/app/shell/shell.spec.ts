import { signal } from '@angular/core';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { MatSidenavHarness } from '@angular/material/sidenav/testing';
import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { ConsoleTest, type Shown } from '../../testing/console';
import { someCapabilities, someStats } from '../../testing/samples';
import { Viewport } from '../core/viewport';
import { Shell } from './shell';

const api = {
  stats: () => Promise.resolve(someStats({ total: 18 })),
  capabilities: () => Promise.resolve(someCapabilities()),
  orchestrations: { list: () => Promise.resolve({ orchestrations: [], total: 0, page: 1, pages: 1 }) },
};

async function shell(): Promise<{ readonly test: ConsoleTest; readonly shown: Shown<Shell> }> {
  const test = new ConsoleTest(api);
  const shown = await test.show(Shell);
  await vi.waitFor(() => expect(shown.text).toContain('This machine'));
  return { test, shown };
}

/** The texts of an element, one after the other. */
function wordsOf(element: Element): string {
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const words: string[] = [];
  while (texts.nextNode()) {
    words.push(texts.currentNode.textContent?.trim() ?? '');
  }
  return words.filter(Boolean).join(' ');
}

function press(key: string, target: EventTarget = document.body, modifiers: KeyboardEventInit = {}): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifiers }));
}

describe('the shell', () => {
  afterEach(() => {
    localStorage.clear();
    document.documentElement.className = '';
    vi.useRealTimers();
  });

  it('names the pages, how many instances there are, and where they run', async () => {
    const { shown } = await shell();
    expect(shown.all('nav li a').map((link) => wordsOf(link))).toEqual([
      'Dashboard',
      'Instances 18 18 in all',
      'Operations',
      'Runtime images',
      'API docs opens in a new tab',
    ]);
  });

  it('closes its drawer on Escape, wherever the focus is', async () => {
    const test = new ConsoleTest(api);
    TestBed.overrideProvider(Viewport, { useValue: { phone: signal(true), tablet: signal(false) } });
    const shown = await test.show(Shell);
    const drawer = await shown.loader.getHarness(MatSidenavHarness);
    expect(await drawer.isOpen()).toBe(false);
    shown.all('button[aria-label="Open the navigation"]')[0]?.click();
    await shown.stable();
    expect(await drawer.isOpen()).toBe(true);
    press('Escape');
    await shown.stable();
    expect(await drawer.isOpen()).toBe(false);
  });

  it('says that it is live, and since when it is not', async () => {
    const { test, shown } = await shell();
    expect(shown.element.querySelector('tg-live-indicator')?.textContent).toMatch(/Live\s*as of \d\d:\d\d:\d\d/);
    vi.useFakeTimers({ shouldAdvanceTime: true });
    test.tell({ kind: 'down', heardAt: Date.now(), retryAt: Date.now() + 60_000, reason: null });
    await shown.stable();
    expect(shown.element.querySelector('tg-live-indicator')?.textContent).toContain('Not live');
    expect(shown.element.querySelector('tg-lost-banner')?.textContent.trim()).toBe('');
    await vi.advanceTimersByTimeAsync(1_600);
    await shown.stable();
    expect(shown.element.querySelector('tg-lost-banner')?.textContent).toMatch(
      /Connection lost\.\s*What you see is from .* and may be out of date\.\s+Trying again in/,
    );
    shown.element.querySelector<HTMLButtonElement>('tg-lost-banner button')?.click();
    expect(test.reconnects).toBe(1);
    test.tell({ kind: 'open' });
    await shown.stable();
    expect(shown.element.querySelector('tg-lost-banner')?.textContent.trim()).toBe('');
  });

  it('changes the theme, and remembers it', async () => {
    const { shown } = await shell();
    const menu = await shown.loader.getHarness(MatMenuHarness.with({ selector: '[aria-label="Theme"]' }));
    await menu.open();
    await menu.clickItem({ text: 'Dark' });
    expect(document.documentElement.classList.contains('dark')).toBe(true);
    expect(localStorage.getItem('toygres.theme')).toBe('dark');
    await menu.open();
    await menu.clickItem({ text: 'As the system' });
    expect(document.documentElement.className).toBe('');
    expect(localStorage.getItem('toygres.theme')).toBeNull();
  });

  it.each([
    ['/operations', 'Operations'],
    ['/batches/batch-create-1', 'Operations'],
    ['/findings', 'Dashboard'],
  ])('marks at %s where that belongs', async (url, label) => {
    const { test, shown } = await shell();
    await test.goTo(url);
    await shown.stable();
    const current = shown.all('.nav [aria-current=page] .label').map(({ textContent }) => textContent);
    expect(current).toEqual([label]);
  });

  it('moves the focus to the title of what was gone to, or to where one types first', async () => {
    const { test, shown } = await shell();
    await test.goTo('/operations');
    await vi.waitFor(() => expect(shown.all('h1')).toHaveLength(1));
    expect(document.activeElement).toBe(document.body);
    await test.goTo('/instances/new');
    await vi.waitFor(() => expect(document.activeElement?.id).toBe('create-name'));
    await test.goTo('/operations');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('Operations'));
  });

  it('lets one type at once where the document is a form', async () => {
    const { test } = await shell();
    await test.goTo('/instances/new');
    await vi.waitFor(() => expect(document.activeElement?.id).toBe('create-name'));
  });

  it('goes places by two keys, but not while somebody types', async () => {
    const { shown } = await shell();
    const go = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    press('g');
    press('i');
    expect(go).toHaveBeenCalledExactlyOnceWith('/instances');
    press('c');
    expect(go).toHaveBeenLastCalledWith('/instances/new');

    go.mockClear();
    const field = document.createElement('input');
    shown.element.append(field);
    press('g', field);
    press('o', field);
    press('c', field);
    press('c', document.body, { ctrlKey: true });
    press('i');
    expect(go).not.toHaveBeenCalled();
  });

  it('shows its keys when asked', async () => {
    const { shown } = await shell();
    press('?');
    await vi.waitFor(() => expect(document.body.textContent).toContain('Go to the search field of a list'));
    press('Escape', document.querySelector('mat-dialog-container') ?? document.body);
    await shown.stable();
  });
});
