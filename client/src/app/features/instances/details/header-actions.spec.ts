import { MatMenuHarness } from '@angular/material/menu/testing';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { ConsoleTest } from '../../../../testing/console';
import { anInstance } from '../../../../testing/samples';
import { type InstanceAction, InstanceActions } from '../actions/instance-actions';
import { HeaderActions } from './header-actions';

const action = (id: string, given: Partial<InstanceAction> = {}): InstanceAction => ({
  id,
  label: id,
  icon: 'bolt',
  run: () => Promise.resolve(),
  ...given,
});

async function show(primary: InstanceAction, others: readonly InstanceAction[], given = {}, tab = '') {
  const test = new ConsoleTest({});
  const actions = TestBed.inject(InstanceActions);
  vi.spyOn(actions, 'primary').mockReturnValue(primary);
  vi.spyOn(actions, 'others').mockReturnValue(others);
  return test.show(HeaderActions, { instance: anInstance(given), tab });
}

describe('the actions in the header', () => {
  it('are one button, and a menu', async () => {
    const remove = vi.fn(() => Promise.resolve());
    const shown = await show(action('connect'), [action('delete', { dangerous: true, run: remove })]);
    expect(shown.all('button.primary').map((button) => button.textContent.trim())).toEqual(['connect']);
    const menu = await shown.loader.getHarness(MatMenuHarness);
    await menu.open();
    await menu.clickItem({ text: 'delete' });
    expect(remove).toHaveBeenCalledTimes(1);
  });

  it('leave the next step to the Connection tab, and out what leads here', async () => {
    expect((await show(action('connect'), [], {}, 'connection')).all('button')).toEqual([]);
    TestBed.resetTestingModule();
    expect((await show(action('details'), [])).all('button')).toEqual([]);
  });

  it('show the only way out of a failure', async () => {
    const shown = await show(action('investigate'), [action('delete', { dangerous: true })], { state: 'failed' });
    expect(shown.all('button.danger').map((button) => button.textContent.trim())).toEqual(['delete']);
  });

  it('leave out what the tabs of the page show', async () => {
    const others = ['health', 'activity', 'delete'].map((id) => action(id, { dangerous: id === 'delete' }));
    const shown = await show(action('details'), others, { state: 'failed' });
    expect(shown.all('button').map((button) => button.textContent.trim())).toEqual(['delete']);
  });

  it('run once at a time, and say what went wrong', async () => {
    let fail = (_: unknown): void => undefined;
    const run = vi.fn(() => new Promise<void>((_, reject) => (fail = reject)));
    const shown = await show(action('connect', { run }), []);
    const button = await shown.loader.getHarness(MatButtonHarness);
    await button.click();
    expect(await button.isDisabled()).toBe(true);
    fail(new Error('no'));
    await vi.waitFor(async () => expect(await button.isDisabled()).toBe(false));
    expect(document.body.textContent).toContain('Something went wrong');
    expect(run).toHaveBeenCalledTimes(1);
  });
});
