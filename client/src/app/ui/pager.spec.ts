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

  it('goes nowhere from the only page', async () => {
    const shown = await show({ page: 1, pages: 1 });
    const turned = vi.fn();
    shown.fixture.componentInstance.turned.subscribe(turned);
    button(shown, 'Previous page')?.click();
    button(shown, 'Next page')?.click();
    expect(turned).not.toHaveBeenCalled();
    expect(button(shown, 'First page')).toBeUndefined();
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
