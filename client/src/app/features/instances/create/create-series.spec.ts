import { MatButtonHarness } from '@angular/material/button/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { MatSlideToggleHarness } from '@angular/material/slide-toggle/testing';
import { type BatchAccepted, type NewSeries } from '#sdk';
import { ConsoleTest, type Shown } from '../../../../testing/console';
import { refusal } from '../../../../testing/details';
import { aBatchItem, aBatchOf, someCapabilities } from '../../../../testing/samples';

const answer: BatchAccepted = { batch_id: 'batch-create-0c1d2e3f4a', total: 12, message: '' };
const PRICES = { currency: 'EUR', instance_month: 10, storage_gb_month: 0.1, load_balancer_month: 5 };

/** Several instances from the form for one. */
describe('the page for new instances', () => {
  afterEach(() => sessionStorage.clear());

  async function show({ taken = [] as readonly string[], query = '', create = () => Promise.resolve(answer) } = {}) {
    const checkName = vi.fn((name: string) =>
      Promise.resolve({
        name,
        available: !taken.includes(name),
        reason: null,
        code: taken.includes(name) ? ('name_held_by_running' as const) : null,
        dns_name: name,
      }),
    );
    const createMany = vi.fn<(series: unknown) => Promise<BatchAccepted>>(create);
    const test = new ConsoleTest({
      capabilities: () => Promise.resolve(someCapabilities({ prices: PRICES })),
      instances: { checkName, createMany },
      batches: { get: () => Promise.resolve(aBatchOf([aBatchItem()])) },
    });
    const shown = await test.visit(`/instances/new${query}`);
    await vi.waitFor(() => expect(shown.all('tg-version-field')).toHaveLength(1));
    return { test, shown, checkName, createMany };
  }
  const input = (shown: Shown<unknown>, id: string) =>
    shown.loader.getHarness(MatInputHarness.with({ selector: `#create-${id}` }));
  const type = async (shown: Shown<unknown>, id: string, value: string) => (await input(shown, id)).setValue(value);
  const submit = async (shown: Shown<unknown>) =>
    (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[type=submit]' }))).click();
  const sent = (createMany: { readonly mock: { readonly calls: readonly (readonly unknown[])[] } }) =>
    createMany.mock.calls[0]?.[0] as NewSeries;

  it('shows the names of a series and what it costs, and leads to its batch', async () => {
    const { test, shown, createMany } = await show();
    await type(shown, 'name', 'shop');
    await type(shown, 'count', '12');
    expect(shown.all('.preview code').map(({ textContent }) => textContent.trim())).toEqual(['shop-01', 'shop-12']);
    expect(shown.all('tg-create-summary')[0]?.textContent).toMatch(/shop-01 to shop-12.*How many.*12/s);
    expect(shown.all('.total')[0]?.textContent).toContain('132');
    expect(shown.text).toContain('Each instance gets a password of its own');
    expect(shown.all('#create-password')).toEqual([]);
    expect(shown.all('[type=submit]')[0]?.textContent.trim()).toBe('Create 12 instances');
    await submit(shown);
    expect(sent(createMany)).toEqual({
      baseName: 'shop',
      count: 12,
      template: {
        postgres_version: '18',
        storage_size_gb: 10,
        use_load_balancer: false,
        namespace: 'toygres',
        tags: {},
        deletion_protection: true,
      },
    });
    await vi.waitFor(() => expect(test.url).toBe('/batches/batch-create-0c1d2e3f4a'));
  });

  it('gives all the same password when somebody wants that', async () => {
    const { shown, createMany } = await show();
    await type(shown, 'name', 'shop');
    await type(shown, 'count', '3');
    await (await shown.loader.getHarness(MatSlideToggleHarness.with({ label: 'The same for all' }))).check();
    await type(shown, 'password', 'short');
    await submit(shown);
    expect(createMany).not.toHaveBeenCalled();
    await type(shown, 'password', 'SecurePass123!');
    await submit(shown);
    expect(sent(createMany).template.password).toBe('SecurePass123!');
  });

  it('goes on where the first name is taken, and says so', async () => {
    const { shown, checkName, createMany } = await show({ taken: ['shop-1'] });
    await type(shown, 'name', 'shop');
    await type(shown, 'count', '3');
    await vi.waitFor(() => expect(checkName).toHaveBeenLastCalledWith('shop-1', expect.anything()));
    await vi.waitFor(() =>
      expect(shown.all('.taken')[0]?.textContent).toContain('The name "shop-1" is held by a running instance.'),
    );
    await submit(shown);
    expect(createMany).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['shop', '501', 'Choose 1 to 500, in whole numbers.'],
    ['shop', '0', 'Choose 1 to 500, in whole numbers.'],
    ['x'.repeat(60), '100', 'The name must have 3 to 63 characters.'],
    ['Shop', '2', 'The name must begin with a lower-case letter'],
  ])('does not send %s times %s', async (name, count, fault) => {
    const { shown, createMany } = await show();
    await type(shown, 'name', name);
    await type(shown, 'count', count);
    await submit(shown);
    await vi.waitFor(() => expect(shown.text).toContain(fault));
    expect(createMany).not.toHaveBeenCalled();
  });

  it('puts what the API refuses on its field', async () => {
    const errors = [{ pointer: '/template/storage_size_gb', code: 'too_large', message: 'Too much.' }];
    const { shown } = await show({
      create: () => Promise.reject(refusal(422, 'validation_failed', 'Too much.', { errors })),
    });
    await type(shown, 'name', 'shop');
    await type(shown, 'count', '2');
    await submit(shown);
    await vi.waitFor(() => expect(shown.all('#create-storage-hint')[0]?.textContent).toBe('Too much.'));
  });

  it('begins with a name that the address has', async () => {
    const { shown } = await show({ query: '?name=shop-2' });
    expect(await (await input(shown, 'name')).getValue()).toBe('shop-2');
    expect(await (await input(shown, 'count')).getValue()).toBe('1');
  });
});
