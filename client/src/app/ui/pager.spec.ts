import { TestBed } from '@angular/core/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import { ConsoleTest, type Shown } from '../../testing/console';
import { Pager } from './pager';

const show = (given: Readonly<Record<string, unknown>> = {}): Promise<Shown<Pager>> =>
  new ConsoleTest({}).show(Pager, { page: 2, pages: 3, limit: 20, count: 20, total: 1_041, ...given });

const button = (shown: Shown<Pager>, name: string): HTMLButtonElement | undefined =>
  shown.all(`button[aria-label="${name}"]`)[0] as HTMLButtonElement | undefined;

describe('the pager', () => {
  it('says where one is', async () => {
    expect((await show()).text).toMatch(/^21 to 40 of 1,041.*2 of 3$/);
  });

  it.each([
    ['First page', 1],
    ['Previous page', 1],
    ['Next page', 3],
    ['Last page', 3],
  ])('goes to the %s', async (name, page) => {
    const shown = await show();
    const turned = vi.fn();
    shown.fixture.componentInstance.turned.subscribe(turned);
    button(shown, name)?.click();
    expect(turned).toHaveBeenCalledExactlyOnceWith(page);
  });

  it.each([
    ['First page', 1],
    ['Previous page', 1],
    ['Next page', 3],
    ['Last page', 3],
  ])('does not go to the %s from there, and keeps the focus on its button', async (name, page) => {
    const shown = await show({ page });
    const turned = vi.fn();
    shown.fixture.componentInstance.turned.subscribe(turned);
    button(shown, name)?.focus();
    button(shown, name)?.click();
    expect(turned).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button(shown, name));
    expect(button(shown, name)?.getAttribute('aria-disabled')).toBe('true');
  });

  it('has no way to the ends where the pages beside are the ends', async () => {
    const shown = await show({ pages: 2 });
    expect(shown.all('nav button').map((found) => found.getAttribute('aria-label'))).toEqual([
      'Previous page',
      'Next page',
    ]);
  });

  it('only says how many there are where nothing can be turned nor made to fit', async () => {
    const shown = await show({ page: 1, pages: 1, count: 3, total: 3, limits: [10, 20] });
    expect(shown.text).toBe('1 to 3 of 3');
    expect(shown.all('button, nav')).toEqual([]);
  });

  it('offers other sizes where there are some', async () => {
    expect((await show()).all('.rows')).toEqual([]);
    TestBed.resetTestingModule();
    const shown = await show({ limits: [20, 50] });
    const resized = vi.fn();
    shown.fixture.componentInstance.resized.subscribe(resized);
    const menu = await shown.loader.getHarness(MatMenuHarness.with({ triggerText: '20' }));
    await menu.open();
    await menu.clickItem({ text: '50' });
    expect(resized).toHaveBeenCalledExactlyOnceWith(50);
  });
});
