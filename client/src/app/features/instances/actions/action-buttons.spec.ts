import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { MatMenuHarness } from '@angular/material/menu/testing';
import type { InstanceSummary } from '#sdk';
import { ConsoleTest, type Shown } from '../../../../testing/console';
import { anInstance } from '../../../../testing/samples';
import { ActionButtons } from './action-buttons';

const PROTECT = 'Turn deletion protection on';

async function show(given: Partial<InstanceSummary>, inputs = {}): Promise<Shown<ActionButtons>> {
  const test = new ConsoleTest({});
  return test.show(ActionButtons, { instance: anInstance(given), ...inputs });
}

async function menuOf(shown: Shown<ActionButtons>): Promise<string[]> {
  const menu = await shown.loader.getHarness(MatMenuHarness);
  await menu.open();
  return Promise.all((await menu.getItems()).map((item) => item.getText()));
}

const buttonsOf = (shown: Shown<ActionButtons>): (string | null)[][] =>
  shown.all('a.action, button.action').map((a) => [a.textContent.trim(), a.getAttribute('href')]);

describe('the actions of an instance', () => {
  it.each([
    [
      {},
      'Connect',
      '/instances/orders-prod/connection',
      ['Details', 'Copy psql command', 'Health', 'Activity', 'Stop…', 'Restart…', PROTECT, 'Delete…'],
    ],
    [
      { health_status: 'unhealthy' },
      'Investigate',
      '/instances/orders-prod/health',
      ['Details', 'Copy psql command', 'Activity', 'Stop…', 'Restart…', PROTECT, 'Delete…'],
    ],
    [{ state: 'creating' }, 'Details', '/instances/orders-prod', ['Activity', PROTECT, 'Delete…']],
    [{ state: 'failed' }, 'Details', '/instances/orders-prod', ['Activity', 'Retry', 'Start', PROTECT, 'Delete…']],
    [{ state: 'stopping' }, 'Details', '/instances/orders-prod', ['Activity', 'Start', PROTECT, 'Delete…']],
    [{ state: 'stopped' }, 'Start', null, ['Details', 'Activity', PROTECT, 'Delete…']],
    [{ state: 'restarting' }, 'Details', '/instances/orders-prod', ['Activity', PROTECT, 'Delete…']],
    [{ state: 'deleting' }, 'Details', '/instances/orders-prod', ['Activity', PROTECT, 'Purge now…']],
    [{ state: 'deleted' }, 'Undelete', null, ['Details', 'Activity', PROTECT, 'Purge now…']],
    [{ state: 'purging' }, 'Details', '/instances/orders-prod', ['Activity']],
  ] as const)('follow its state: %o', async (given, primary, link, others) => {
    const shown = await show(given);
    expect(buttonsOf(shown)).toEqual([[primary, link]]);
    expect(await menuOf(shown)).toEqual(others);
  });

  it('lead to a purged instance by its id', async () => {
    const shown = await show({ id: 'the-id', state: 'purged' });
    expect(buttonsOf(shown)).toEqual([['Details', '/instances/the-id']]);
  });

  it('are all in the menu where there is no room', async () => {
    const shown = await show({}, { menuOnly: true });
    expect(buttonsOf(shown)).toEqual([]);
    expect(await menuOf(shown)).toEqual([
      'Connect',
      'Details',
      'Copy psql command',
      'Health',
      'Activity',
      'Stop…',
      'Restart…',
      PROTECT,
      'Delete…',
    ]);
  });

  it('have the details beside the primary one on cards', async () => {
    const shown = await show({}, { wide: true });
    expect(buttonsOf(shown).map(([label]) => label)).toEqual(['Connect', 'Details']);
    expect(await menuOf(shown)).not.toContain('Details');
  });

  it('say of which instance they are', async () => {
    const shown = await show({});
    expect(shown.element.querySelector('a.action')?.getAttribute('aria-label')).toBe('Connect orders-prod');
    expect(shown.element.querySelector('.more')?.getAttribute('aria-label')).toBe('More actions for orders-prod');
  });

  it('copy a psql command that has no password in it', async () => {
    const shown = await show({});
    const copy = vi.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    const menu = await shown.loader.getHarness(MatMenuHarness);
    await menu.open();
    await menu.clickItem({ text: 'Copy psql command' });
    expect(copy).toHaveBeenCalledWith('psql "host=localhost port=15432 user=postgres dbname=postgres"');
  });

  it('offer no command while there is no address', async () => {
    const shown = await show({ dns_connection_string: null, ip_connection_string: null });
    expect(await menuOf(shown)).not.toContain('Copy psql command');
  });
});
