import { MatButtonHarness } from '@angular/material/button/testing';
import { MatChipInputHarness } from '@angular/material/chips/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { MatRadioButtonHarness } from '@angular/material/radio/testing';
import { MatSlideToggleHarness } from '@angular/material/slide-toggle/testing';
import { MatSliderThumbHarness } from '@angular/material/slider/testing';
import { type Capabilities, type NameAvailability, type NewInstance, ToygresError } from '#sdk';
import { type ApiDouble, ConsoleTest, type Shown } from '../../../../testing/console';
import { someCapabilities } from '../../../../testing/samples';
import { CreateInstance } from './create-instance';

const CREATED = {
  instance_id: '0a3c8f0e-5f3a-4c3e-9d2c-000000000001',
  k8s_name: 'orders-a1b2c3d4',
  dns_name: 'orders',
  orchestration_id: 'create-orders-a1b2c3d4',
  state: 'creating' as const,
  message: 'Instance creation started',
};

interface Api {
  readonly capabilities?: () => Promise<Capabilities>;
  readonly create?: NonNullable<ApiDouble['instances']>['create'];
  readonly taken?: readonly string[];
  /** Why they are taken. */
  readonly holder?: NameAvailability['code'];
}

function refusal(
  status: number,
  code: string,
  errors: readonly (readonly [pointer: string, code: string, message: string])[],
) {
  const message = errors[0]?.[2] ?? 'It did not work.';
  return new ToygresError({
    status,
    code,
    message,
    requestId: '0123456789abcdef',
    problem: {
      type: 'about:blank',
      title: '',
      status,
      code,
      detail: message,
      error: message,
      instance: '0123456789abcdef',
      errors: errors.map(([pointer, code, message]) => ({ pointer, code, message })),
    },
  });
}

describe('the page for a new instance', () => {
  afterEach(() => sessionStorage.clear());

  async function show({ capabilities, create, taken = [], holder = 'name_held_by_running' }: Api = {}) {
    const checkName = vi.fn((name: string, _options?: { signal?: AbortSignal | undefined }) =>
      Promise.resolve({
        name,
        available: !taken.includes(name),
        reason: taken.includes(name) ? 'What the API says.' : null,
        code: taken.includes(name) ? holder : null,
        dns_name: name,
      }),
    );
    const creates = vi.fn(create ?? (() => Promise.resolve(CREATED)));
    const console = new ConsoleTest({
      capabilities: capabilities ?? (() => Promise.resolve(someCapabilities())),
      instances: { checkName, create: creates },
    });
    const shown = await console.show(CreateInstance);
    if (!capabilities) {
      await vi.waitFor(() => expect(shown.all('tg-version-field')).toHaveLength(1));
    }
    return { console, shown, checkName, creates };
  }

  const input = (shown: Shown<unknown>, id: string) =>
    shown.loader.getHarness(MatInputHarness.with({ selector: `#create-${id}` }));
  const type = async (shown: Shown<unknown>, id: string, value: string) => (await input(shown, id)).setValue(value);
  const submit = async (shown: Shown<unknown>) =>
    (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[type=submit]' }))).click();
  const requestOf = (creates: { mock: { calls: unknown[][] } }, call = 0) =>
    creates.mock.calls[call]?.[0] as NewInstance;
  const keyOf = (creates: { mock: { calls: unknown[][] } }, call: number) =>
    (creates.mock.calls[call]?.[1] as { idempotencyKey: string }).idempotencyKey;

  it('shows the form at once, and skeletons for what the installation has yet to say', async () => {
    const { shown } = await show({ capabilities: () => new Promise(() => undefined) });
    expect(shown.all('#create-name, #create-password')).toHaveLength(2);
    expect(shown.all('tg-skeleton').length).toBeGreaterThan(0);
    const button = await shown.loader.getHarness(MatButtonHarness.with({ selector: '[type=submit]' }));
    expect(await button.isDisabled()).toBe(true);
  });

  it('says when the installation could not be asked, and asks again', async () => {
    const capabilities = vi.fn(() =>
      Promise.reject<Capabilities>(
        new ToygresError({ status: 0, code: 'network_error', message: 'There is no answer.' }),
      ),
    );
    const { shown } = await show({ capabilities });
    await vi.waitFor(() => expect(shown.text).toContain('There is no answer.'));
    capabilities.mockResolvedValue(someCapabilities());
    await (await shown.loader.getHarness(MatButtonHarness.with({ text: 'Try again' }))).click();
    await vi.waitFor(() => expect(shown.all('tg-version-field')).toHaveLength(1));
  });

  it('says denied when the installation may not be asked', async () => {
    const denied = () =>
      Promise.reject<Capabilities>(new ToygresError({ status: 403, code: 'forbidden', message: 'No.' }));
    const { shown } = await show({ capabilities: denied });
    await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
  });

  it('begins with what the installation offers first, and a generated password', async () => {
    const { shown, creates } = await show();
    await type(shown, 'name', 'orders');
    await submit(shown);
    expect(requestOf(creates)).toEqual({
      name: 'orders',
      password: expect.stringMatching(/^(\w{4}-){3}\w{4}$/),
      postgres_version: '18',
      storage_size_gb: 10,
      use_load_balancer: false,
      namespace: 'toygres',
      tags: {},
      deletion_protection: true,
    });
  });

  it('sends what was chosen, then goes to the instance', async () => {
    const { console, shown, creates } = await show({
      capabilities: () =>
        Promise.resolve(
          someCapabilities({
            data_plane: 'kubernetes',
            unsupported: [],
            regions: ['westus3'],
            namespaces: ['toygres', 'lab'],
          }),
        ),
    });
    await vi.waitFor(() => expect(shown.all('tg-version-field')).toHaveLength(1));
    await type(shown, 'name', 'orders');
    await type(shown, 'password', 'Correct-Horse-7');
    await type(shown, 'storageGb', '130');
    await (await shown.loader.getHarness(MatRadioButtonHarness.with({ label: /^17/ }))).check();
    const tags = await shown.loader.getHarness(MatChipInputHarness);
    await tags.setValue('team:backend');
    await tags.blur();
    expect(shown.all('tg-create-summary')[0]?.textContent).toMatch(/Deletion protection\s*On/);
    await (await shown.loader.getHarness(MatSlideToggleHarness)).uncheck();
    expect(shown.all('tg-create-summary')[0]?.textContent).toMatch(/Deletion protection\s*Off/);
    expect(shown.text).toContain('orders.westus3.cloudapp.azure.com');
    await submit(shown);
    expect(requestOf(creates)).toEqual({
      name: 'orders',
      password: 'Correct-Horse-7',
      postgres_version: '17',
      storage_size_gb: 130,
      use_load_balancer: true,
      namespace: 'toygres',
      tags: { team: 'backend' },
      deletion_protection: false,
    });
    await vi.waitFor(() => expect(console.url).toBe('/instances/orders'));
    expect(sessionStorage.getItem('toygres.create')).toBeNull();
  });

  it('shows public addresses as impossible, with the reason, where they are', async () => {
    const { shown } = await show();
    const radio = await shown.loader.getHarness(MatRadioButtonHarness.with({ label: /Public address/ }));
    expect(await radio.isDisabled()).toBe(true);
    expect(await radio.getLabelText()).toContain('there is no load balancer');
  });

  it('adds up the cost where prices are configured, and is silent where none are', async () => {
    const { shown } = await show();
    expect(shown.text).not.toContain('Estimated cost');
    expect(shown.text).toContain('Usually ready in 180 ms');
  });

  it('adds up the cost', async () => {
    const prices = { currency: 'USD', instance_month: 12.6, storage_gb_month: 0.12, load_balancer_month: 3.2 };
    const { shown } = await show({
      capabilities: () => Promise.resolve(someCapabilities({ prices, unsupported: [], usual_create_ms: null })),
    });
    await vi.waitFor(() => expect(shown.all('tg-version-field')).toHaveLength(1));
    await type(shown, 'storageGb', '130');
    expect(shown.all('.total .metric')[0]?.textContent).toContain('31.40');
    expect(shown.all('.cost dd').map((price) => price.textContent.replace(/[^\d.]/g, ''))).toEqual([
      '12.60',
      '15.60',
      '3.20',
    ]);
    expect(shown.text).not.toContain('Usually ready');
  });

  describe('the name', () => {
    beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true }));
    afterEach(() => vi.useRealTimers());

    it('is asked for when typing pauses, the latest one only', async () => {
      const { shown, checkName } = await show();
      const field = await input(shown, 'name');
      for (const name of ['ord', 'orde', 'orders']) {
        await field.setValue(name);
      }
      await vi.advanceTimersByTimeAsync(400);
      await vi.waitFor(() => expect(shown.text).toContain('Available'));
      expect(checkName.mock.calls.at(-1)?.[0]).toBe('orders');
      expect(checkName.mock.calls.map(([name]) => name)).not.toContain('orde');
    });

    it('is said to be taken, with the reason', async () => {
      const { shown } = await show({ taken: ['orders'] });
      await type(shown, 'name', 'orders');
      await vi.advanceTimersByTimeAsync(400);
      await vi.waitFor(() => expect(shown.text).toContain('The name "orders" is held by a running instance.'));
      expect(shown.all('.verdict')[0]?.textContent).toContain('Taken');
    });

    it('is said to be taken in the words of the API, where the console has none', async () => {
      const { shown } = await show({ taken: ['orders'], holder: 'name_of_another_age' as NameAvailability['code'] });
      await type(shown, 'name', 'orders');
      await vi.advanceTimersByTimeAsync(400);
      await vi.waitFor(() => expect(shown.text).toContain('What the API says.'));
    });

    it('is asked for no longer when another one is typed', async () => {
      const { shown, checkName } = await show();
      checkName.mockImplementation(() => new Promise(() => undefined));
      // Not by the harness, which would wait for the answer.
      const enter = async (name: string) => {
        const field = shown.all('#create-name')[0] as HTMLInputElement;
        field.value = name;
        field.dispatchEvent(new Event('input'));
        await vi.advanceTimersByTimeAsync(400);
      };
      await enter('orders');
      await vi.waitFor(() => expect(checkName.mock.calls.at(-1)?.[0]).toBe('orders'));
      expect(shown.all('.verdict')[0]?.textContent).toContain('Checking');
      const signal = checkName.mock.calls.at(-1)?.[1]?.signal;
      await enter('reports');
      await vi.waitFor(() => expect(signal?.aborted).toBe(true));
    });

    it('is not asked for when no rule would allow it', async () => {
      const { shown, checkName } = await show();
      await type(shown, 'name', 'Orders');
      await vi.advanceTimersByTimeAsync(400);
      expect(checkName).not.toHaveBeenCalled();
      expect(shown.text).toContain('The name must begin with a lower-case letter');
    });

    it('is not blamed for what is not typed yet', async () => {
      const { shown } = await show();
      const field = await input(shown, 'name');
      await (await field.host()).sendKeys('a-');
      await shown.stable();
      expect(shown.all('mat-error')).toHaveLength(0);
      await field.blur();
      expect(shown.text).toContain('The name must have 3 to 63 characters.');
    });

    it('is not blamed for having had the focus when the page opened', async () => {
      const { shown } = await show();
      const field = await input(shown, 'name');
      await field.focus();
      await field.blur();
      expect(shown.all('mat-error, tg-create-summary .message')).toHaveLength(0);
      await submit(shown);
      expect(shown.all('mat-error')).toHaveLength(1);
      expect(shown.all('tg-create-summary .message')[0]?.textContent).toContain('One field needs a change:');
    });
  });

  it('ticks the rules of the password while it is typed', async () => {
    const { shown } = await show();
    await type(shown, 'password', 'abc');
    expect(
      shown.all('#create-password-rules .met').map((rule) => rule.textContent.trim().replace(/\s+/g, ' ')),
    ).toEqual(['met: Printable characters only', 'met: A lower-case letter', 'met: Does not contain the name']);
    expect(shown.all('[role=meter]')[0]?.getAttribute('aria-valuetext')).toBe('Weak');
  });

  it('generates, hides and shows passwords', async () => {
    const { shown } = await show();
    const field = await input(shown, 'password');
    const first = await field.getValue();
    const press = async (name: string) => {
      const button = shown
        .all('tg-password-field button')
        .find((element) => (element.getAttribute('aria-label') ?? element.textContent).includes(name));
      button?.click();
      await shown.stable();
    };
    await press('Hide password');
    expect(await field.getType()).toBe('password');
    await press('Generate');
    expect(await field.getType()).toBe('text');
    expect(await field.getValue()).not.toBe(first);
  });

  it('keeps slider and number in step, and says which sizes there are', async () => {
    const { shown } = await show();
    const slider = await shown.loader.getHarness(MatSliderThumbHarness);
    await slider.setValue(250);
    expect(await (await input(shown, 'storageGb')).getValue()).toBe('250');
    await type(shown, 'storageGb', '5');
    await (await input(shown, 'storageGb')).blur();
    expect(shown.text).toContain('Choose 10 to 1,000 GB, in whole numbers.');
    await type(shown, 'storageGb', '400');
    expect(await slider.getValue()).toBe(400);
    expect(await (await slider.host()).getAttribute('aria-valuetext')).toBe('400 GB');
  });

  it('does not send what is wrong: it names the fields, opens what is closed and goes to the first', async () => {
    const { shown, creates } = await show();
    await type(shown, 'storageGb', '5');
    const tags = await shown.loader.getHarness(MatChipInputHarness);
    await tags.setValue('env: Prod!');
    await tags.blur();
    await submit(shown);
    expect(creates).not.toHaveBeenCalled();
    expect(shown.all('tg-create-summary .message')[0]?.textContent).toContain('3 fields need a change:');
    expect(shown.all('tg-create-summary .links button').map((link) => link.textContent)).toEqual([
      'Name',
      'Storage',
      'Tags',
    ]);
    expect(document.activeElement?.id).toBe('create-name');
    expect((shown.all('details')[0] as HTMLDetailsElement).open).toBe(true);
    expect(shown.all('mat-chip-row.faulty')).toHaveLength(1);
    shown.all('tg-create-summary .links button')[1]?.click();
    await shown.stable();
    expect(document.activeElement?.id).toBe('create-storageGb');
  });

  it('puts what the API refuses on its field, until that changes', async () => {
    const create = () =>
      Promise.reject<typeof CREATED>(
        refusal(409, 'name_taken', [['/name', 'name_taken', 'The name "orders" is held by a failed instance.']]),
      );
    const { console, shown, creates } = await show({ create });
    await type(shown, 'name', 'orders');
    await submit(shown);
    expect(shown.all('tg-name-field mat-error')[0]?.textContent).toContain('held by a failed instance');
    expect(document.activeElement?.id).toBe('create-name');
    expect(console.url).toBe('/');
    creates.mockResolvedValue(CREATED);
    await type(shown, 'name', 'orders-2');
    await submit(shown);
    await vi.waitFor(() => expect(console.url).toBe('/instances/orders-2'));
  });

  it('finds the tag that the API refuses', async () => {
    const create = () =>
      Promise.reject<typeof CREATED>(refusal(400, 'validation_failed', [['/tags/a~1b', 'tag_key', 'Not this.']]));
    const { shown } = await show({ create });
    await type(shown, 'name', 'orders');
    const tags = await shown.loader.getHarness(MatChipInputHarness);
    for (const tag of ['team: backend', 'a/b: c']) {
      await tags.setValue(tag);
      await tags.blur();
    }
    await submit(shown);
    expect(shown.all('mat-chip-row.faulty').map((chip) => chip.textContent.trim())).toEqual(['a/b: c']);
  });

  it('says what is no field’s fault with the id of the request, and sends the same under the same key', async () => {
    const create = () => Promise.reject<typeof CREATED>(refusal(422, 'insufficient_capacity', []));
    const { shown, creates } = await show({ create });
    await type(shown, 'name', 'orders');
    await submit(shown);
    expect(shown.all('[role=alert]').at(-1)?.textContent).toContain('It did not work. (request 01234567)');
    await submit(shown);
    expect(creates).toHaveBeenCalledTimes(2);
    expect(keyOf(creates, 1)).toBe(keyOf(creates, 0));
    await type(shown, 'storageGb', '20');
    await submit(shown);
    expect(keyOf(creates, 2)).not.toBe(keyOf(creates, 0));
  });

  it('sends once, however often the button is pressed', async () => {
    const { shown, creates } = await show({ create: () => new Promise(() => undefined) });
    await type(shown, 'name', 'orders');
    const form = shown.all('form')[0] as HTMLFormElement;
    form.requestSubmit();
    form.requestSubmit();
    await vi.waitFor(() => expect(shown.text).toContain('Creating…'));
    form.requestSubmit();
    expect(creates).toHaveBeenCalledTimes(1);
  });

  it('has everything but the password again after a reload', async () => {
    sessionStorage.setItem(
      'toygres.create',
      JSON.stringify({ name: 'orders', version: '16', storageGb: 70, tags: ['team: backend'] }),
    );
    const { shown } = await show();
    expect(await (await input(shown, 'name')).getValue()).toBe('orders');
    expect(await (await input(shown, 'storageGb')).getValue()).toBe('70');
    expect(shown.text).toContain('PostgreSQL 16');
    expect((shown.all('details')[0] as HTMLDetailsElement).open).toBe(true);
    expect(sessionStorage.getItem('toygres.create')).not.toContain('password');
  });
});
