import { MatButtonHarness } from '@angular/material/button/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { MatRadioButtonHarness } from '@angular/material/radio/testing';
import { MatSelectHarness } from '@angular/material/select/testing';
import type { Capabilities, NewInstance, RuntimeImage } from '#sdk';
import { ConsoleTest, type Shown } from '../../../../testing/console';
import { refusal } from '../../../../testing/details';
import { aRuntimeImage, clusterCapabilities, someCapabilities } from '../../../../testing/samples';
import { CreateInstance } from './create-instance';

const IMAGES = [aRuntimeImage(), aRuntimeImage({ name: 'postgis-15', postgres_version: '15' })];

describe('the choice of an image', () => {
  afterEach(() => sessionStorage.clear());

  async function show(offer: Capabilities = clusterCapabilities(), images: readonly RuntimeImage[] = IMAGES) {
    const list = vi.fn(async ({ version = [] }: { version?: string[] | undefined } = {}) => ({
      runtime_images: images.filter((image) => version.includes(image.postgres_version)),
      total: images.length,
      page: 1,
      pages: 1,
    }));
    const create = vi.fn((_: NewInstance) => Promise.reject(refusal(500, 'internal_error', 'It broke.')));
    const test = new ConsoleTest({
      capabilities: async () => offer,
      runtimeImages: { list },
      instances: {
        create,
        checkName: async (name) => ({ name, available: true, reason: null, code: null, dns_name: name }),
      },
    });
    const shown = await test.show(CreateInstance);
    await vi.waitFor(() => expect(shown.all('tg-version-field')).toHaveLength(1));
    return { shown, list, create };
  }

  const select = (shown: Shown<unknown>) =>
    shown.loader.getHarness(MatSelectHarness.with({ selector: '#create-image' }));
  const offered = async (shown: Shown<unknown>): Promise<string[]> => {
    const image = await select(shown);
    await image.open();
    const texts = await Promise.all((await image.getOptions()).map((option) => option.getText()));
    await image.close();
    return texts;
  };
  const choose = async (shown: Shown<unknown>, text: string): Promise<void> =>
    (await select(shown)).clickOptions({ text });
  const version = async (shown: Shown<unknown>, major: string): Promise<void> =>
    (await shown.loader.getHarness(MatRadioButtonHarness.with({ label: new RegExp(`^${major}`) }))).check();
  const submit = async (shown: Shown<unknown>): Promise<void> => {
    await (await shown.loader.getHarness(MatInputHarness.with({ selector: '#create-name' }))).setValue('orders');
    await (await shown.loader.getHarness(MatButtonHarness.with({ selector: '[type=submit]' }))).click();
  };

  it('is not there where there is nothing to choose', async () => {
    const { shown, list } = await show(someCapabilities());
    expect(shown.all('#create-image')).toHaveLength(0);
    expect(list).not.toHaveBeenCalled();
  });

  it('has the images of the version, and pg_durable where it is offered of it', async () => {
    const { shown } = await show();
    await vi.waitFor(async () =>
      expect(await offered(shown)).toEqual(['Official PostgreSQL image', 'pg_durable', 'postgis-18']),
    );
    await version(shown, '15');
    await vi.waitFor(async () => expect(await offered(shown)).toEqual(['Official PostgreSQL image', 'postgis-15']));
  });

  it('asks for a runtime image by its name', async () => {
    const { shown, create } = await show();
    await vi.waitFor(async () => expect(await offered(shown)).toContain('postgis-18'));
    await choose(shown, 'postgis-18');
    expect(shown.text).toContain('PostGIS 3.6');
    await submit(shown);
    await vi.waitFor(() => expect(create).toHaveBeenCalled());
    expect(create.mock.calls[0]?.[0]).toMatchObject({ runtime_image: 'postgis-18', postgres_version: '18' });
    expect(create.mock.calls[0]?.[0]).not.toHaveProperty('image_type');
  });

  it('asks for pg_durable by its type', async () => {
    const { shown, create } = await show(undefined, []);
    await choose(shown, 'pg_durable');
    await submit(shown);
    await vi.waitFor(() => expect(create).toHaveBeenCalled());
    expect(create.mock.calls[0]?.[0]).toMatchObject({ image_type: 'pg_durable' });
    expect(create.mock.calls[0]?.[0]).not.toHaveProperty('runtime_image');
  });

  it('falls back to the official image when another version does not have what was chosen', async () => {
    const { shown, create } = await show();
    await vi.waitFor(async () => expect(await offered(shown)).toContain('postgis-18'));
    await choose(shown, 'postgis-18');
    await version(shown, '15');
    await vi.waitFor(async () => expect(await (await select(shown)).getValueText()).toBe('Official PostgreSQL image'));
    await submit(shown);
    await vi.waitFor(() => expect(create).toHaveBeenCalled());
    expect(create.mock.calls[0]?.[0]).not.toHaveProperty('runtime_image');
  });

  it('shows a refusal at its field', async () => {
    const { shown, create } = await show();
    await vi.waitFor(async () => expect(await offered(shown)).toContain('postgis-18'));
    await choose(shown, 'postgis-18');
    const message = 'There is no runtime image "postgis-18". Register it first, or leave runtime_image out.';
    const errors = [{ pointer: '/runtime_image', code: 'unsupported', message }];
    create.mockRejectedValueOnce(refusal(422, 'unsupported', message, { errors }));
    await submit(shown);
    await vi.waitFor(() => expect(shown.all('tg-image-field mat-error')[0]?.textContent).toContain(message));
  });

  it('says when the images could not be read; the official one can be had all the same', async () => {
    const { shown, list } = await show(undefined, []);
    list.mockRejectedValue(refusal(500, 'internal_error', 'It broke.'));
    await version(shown, '16');
    await vi.waitFor(() => expect(shown.all('tg-image-field')[0]?.textContent).toContain('It broke.'));
    expect(await offered(shown)).toEqual(['Official PostgreSQL image']);
  });
});
