import { MatButtonHarness } from '@angular/material/button/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import type { DurableInstance, DurableInstanceList, InstanceDetails } from '#sdk';
import { ConsoleTest, type Shown } from '../../../../../testing/console';
import { detailsApi, refusal } from '../../../../../testing/details';
import { aDurable, aDurableInDetail, anInstance } from '../../../../../testing/samples';

const METRICS = {
  total_instances: 1_234,
  running_instances: 2,
  completed_instances: 1_230,
  failed_instances: 2,
  total_executions: 1_300,
  total_events: 9_000,
};

const pageOf = (instances: DurableInstance[], next_cursor: string | null = null): DurableInstanceList => ({
  instances,
  next_cursor,
});

function setUp(given: Partial<InstanceDetails> = {}, page = pageOf([aDurable()])) {
  const instance = anInstance({ image_type: 'pg_durable', ...given });
  const durable = {
    list: vi.fn(async () => page),
    metrics: vi.fn(async () => METRICS),
    get: vi.fn(async () => aDurableInDetail()),
    cancel: vi.fn(async () => ({ message: 'Instance a1b2c3d4 cancelled' })),
    signal: vi.fn(async () => ({ message: 'Signal sent' })),
  };
  const test = new ConsoleTest({ ...detailsApi({ get: () => Promise.resolve(instance) }), durable });
  return { instance, durable, test, visit: (query = '') => test.visit(`/instances/orders-prod/durable${query}`) };
}

const rows = (shown: Shown<unknown>) => shown.all('tg-durable-list li');
const press = async (shown: Shown<unknown>, text: string | RegExp): Promise<void> =>
  (await shown.page.getHarness(MatButtonHarness.with({ text }))).click();
const type = async (shown: Shown<unknown>, id: string, text: string): Promise<void> => {
  const input = await shown.page.getHarness(MatInputHarness.with({ selector: `#${id}` }));
  await input.setValue(text);
  await input.blur();
};
/** A dialog is loaded when it is first opened; on a busy machine that takes longer than what is there already. */
const PATIENCE = { timeout: 10_000 };
const dialog = (): string => document.querySelector('mat-dialog-container')?.textContent.replace(/\s+/g, ' ') ?? '';

describe('the Durable tab', () => {
  it('is there for pg_durable only', async () => {
    const stock = setUp({ image_type: 'stock' });
    const shown = await stock.visit();
    await vi.waitFor(() => expect(stock.test.url).toBe('/instances/orders-prod'));
    expect(shown.all('a[mat-tab-link]').map(({ textContent }) => textContent.trim())).not.toContain('Durable');
    expect(stock.durable.list).not.toHaveBeenCalled();
  });

  it('shows placeholders, then figures and what was started', async () => {
    const { durable, visit, instance } = setUp(
      {},
      pageOf([
        aDurable(),
        aDurable({ id: 'b', label: null, status: 'failed', output: 'division by zero', execution_count: 3 }),
        aDurable({ id: 'c', status: 'suspended' }),
      ]),
    );
    let answer = (): void => undefined;
    durable.metrics.mockImplementation(() => new Promise((resolve) => (answer = () => resolve(METRICS))));
    const shown = await visit();
    await vi.waitFor(() => expect(shown.all('tg-durable-list tg-skeleton').length).toBeGreaterThan(0));
    answer();
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(3));
    expect(shown.all('.figures')[0]?.textContent.replace(/\s+/g, ' ')).toMatch(
      /In all 1,234 Running 2 Completed 1,230/,
    );
    const [first, second, third] = rows(shown).map(({ textContent }) => textContent.replace(/\s+/g, ' '));
    expect(first).toMatch(/nightly-report.*a1b2c3d4.*started.*Running/);
    expect(second).toMatch(/without a label.*3 executions.*division by zero.*Failed/);
    // What a later release of the extension says is shown as it says it.
    expect(third).toContain('suspended');
    expect(durable.list).toHaveBeenCalledWith(instance.id, { status: undefined, limit: 20 }, expect.anything());
    expect(shown.all('a[mat-tab-link][aria-current], a[mat-tab-link].mdc-tab--active')[0]?.textContent).toContain(
      'Durable',
    );
  });

  it('filters by the address, and says when nothing matches', async () => {
    const { durable, test, visit, instance } = setUp({}, pageOf([]));
    const shown = await visit('?status=failed');
    await vi.waitFor(() => expect(shown.text).toContain('None has this status'));
    expect(durable.list).toHaveBeenLastCalledWith(instance.id, { status: 'failed', limit: 20 }, expect.anything());
    await press(shown, 'Show all');
    await vi.waitFor(() => expect(test.url).toBe('/instances/orders-prod/durable'));
    await vi.waitFor(() => expect(shown.text).toContain('Nothing was started yet'));
    expect(shown.text).toContain('df.start(');
  });

  it('goes on with what is older, and begins anew when it is refreshed', async () => {
    const { durable, visit, instance } = setUp({}, pageOf([aDurable()], 'next'));
    const shown = await visit();
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
    durable.list.mockResolvedValueOnce(pageOf([aDurable({ id: 'older' })]));
    await press(shown, 'Show older');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(2));
    expect(durable.list).toHaveBeenLastCalledWith(instance.id, { status: undefined, limit: 20, cursor: 'next' });
    expect(shown.text).not.toContain('Show older');
    await press(shown, 'Refresh');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
  });

  it('says why it could not be asked, and asks again', async () => {
    const { durable, visit } = setUp();
    const sentence =
      'The database "postgres" of "orders-prod" lacks what pg_durable brings. Run there CREATE EXTENSION pg_durable.';
    durable.list.mockRejectedValueOnce(refusal(409, 'extension_missing', sentence));
    const shown = await visit();
    await vi.waitFor(() => expect(shown.text).toContain(sentence));
    await press(shown, 'Try again');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
  });

  it('asks nothing of an instance that does not run, and says so', async () => {
    const { durable, visit } = setUp({ state: 'stopped' });
    const shown = await visit();
    await vi.waitFor(() => expect(shown.text).toContain('can be seen while the instance is running'));
    expect(durable.list).not.toHaveBeenCalled();
  });
});

describe('one durable function', () => {
  async function open(details = aDurableInDetail()) {
    const parts = setUp();
    parts.durable.get.mockResolvedValue(details);
    const shown = await parts.visit('?function=a1b2c3d4');
    await vi.waitFor(() => expect(shown.all('#durable-steps')).toHaveLength(1));
    return { ...parts, shown };
  }

  it('is gone to from the list, and left again', async () => {
    const { test, visit } = setUp();
    const shown = await visit();
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
    rows(shown)[0]?.querySelector('a')?.click();
    await vi.waitFor(() => expect(test.url).toBe('/instances/orders-prod/durable?function=a1b2c3d4'));
    await vi.waitFor(() => expect(shown.all('#durable-steps')).toHaveLength(1));
    shown.all('a.back').at(-1)?.click();
    await vi.waitFor(() => expect(test.url).toBe('/instances/orders-prod/durable'));
  });

  it('says what its steps are, what they came to, and how often it ran', async () => {
    const { shown } = await open();
    const text = shown.all('tg-durable-details')[0]?.textContent.replace(/\s+/g, ' ') ?? '';
    expect(text).toMatch(/nightly-report.*Running.*execute_function_graph 1\.0\.0.*Output ?none yet/);
    expect(text).toMatch(/THEN ?n1.*leads to n2, n3.*SQL ?n2.*kept as order_id.*Completed.*SELECT id FROM orders/);
    expect(text).toContain('{"rows":[{"id":7}]}');
    expect(text).toMatch(/Execution 2 ?12 events.*Running.*Execution 1 ?34 events ?took 1\.3 ?s.*Completed/);
  });

  it('that has ended is told nothing more', async () => {
    const { shown } = await open(aDurableInDetail({ status: 'completed', output: '{"ok":true}' }));
    expect(shown.text).toContain('{"ok":true}');
    expect(shown.text).not.toContain('Send signal');
    expect(shown.text).not.toContain('Cancel…');
  });

  it('is sent a signal with data', async () => {
    const { durable, shown, instance } = await open();
    await press(shown, /Send signal…/);
    await vi.waitFor(() => expect(dialog()).toContain('Send a signal'), PATIENCE);
    await type(shown, 'signal-name', 'approval');
    await type(shown, 'signal-data', '{"approved": tru');
    expect(dialog()).toContain('This is not JSON');
    await press(shown, /Send signal$/);
    expect(durable.signal).not.toHaveBeenCalled();
    await type(shown, 'signal-data', '{"approved": true}');
    await press(shown, /Send signal$/);
    await vi.waitFor(() => expect(dialog()).toBe(''));
    expect(durable.signal).toHaveBeenCalledExactlyOnceWith(instance.id, 'a1b2c3d4', {
      name: 'approval',
      data: { approved: true },
    });
    await vi.waitFor(() => expect(durable.get).toHaveBeenCalledTimes(2));
  });

  it('is cancelled with a reason; a refusal is said in the dialog', async () => {
    const { durable, shown, instance } = await open();
    await press(shown, 'Cancel…');
    await vi.waitFor(() => expect(dialog()).toContain('Cancel this function instance?'), PATIENCE);
    await type(shown, 'cancel-reason', 'No longer needed');
    durable.cancel.mockRejectedValueOnce(refusal(409, 'durable_refused', 'It has completed already.'));
    await press(shown, /Cancel it/);
    await vi.waitFor(() => expect(dialog()).toContain('It has completed already.'), PATIENCE);
    durable.get.mockResolvedValue(aDurableInDetail({ status: 'cancelled' }));
    await press(shown, /Cancel it/);
    await vi.waitFor(() => expect(shown.text).toContain('Cancelled'));
    expect(durable.cancel).toHaveBeenLastCalledWith(instance.id, 'a1b2c3d4', 'No longer needed');
  });

  it('that is not there says so, and leads back', async () => {
    const parts = setUp();
    parts.durable.get.mockRejectedValue(refusal(404, 'durable_instance_not_found', 'There is no such function.'));
    const shown = await parts.visit('?function=none');
    await vi.waitFor(() => expect(shown.text).toContain('There is no such function.'));
    expect(shown.text).toContain('All function instances');
  });
});
