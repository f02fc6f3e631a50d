import { MatButtonHarness } from '@angular/material/button/testing';
import { MatInputHarness } from '@angular/material/input/testing';
import { type Capabilities, type RuntimeImage, type RuntimeImageList, ToygresError } from '#sdk';
import { ConsoleTest, type Shown } from '../../../testing/console';
import { refusal } from '../../../testing/details';
import { anEvent, anInstance, aRuntimeImage, clusterCapabilities, someCapabilities } from '../../../testing/samples';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

const pageOf = (images: RuntimeImage[], total = images.length): RuntimeImageList => ({
  runtime_images: images,
  total,
  page: 1,
  pages: Math.max(1, Math.ceil(total / 20)),
});

function setUp(images: RuntimeImage[], offer: Capabilities = clusterCapabilities(), total?: number) {
  const list = vi.fn(async () => pageOf(images, total));
  const register = vi.fn(async () => aRuntimeImage());
  const remove = vi.fn(async () => aRuntimeImage());
  const capabilities = async () => offer;
  return { list, register, remove, test: new ConsoleTest({ runtimeImages: { list, register, remove }, capabilities }) };
}

const rows = (shown: Shown<unknown>) => shown.all('tg-image-row');
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

describe('the runtime images', () => {
  it('shows placeholders until the first answer', async () => {
    let answer = (_: RuntimeImageList): void => undefined;
    const list = () => new Promise<RuntimeImageList>((resolve) => (answer = resolve));
    const test = new ConsoleTest({ runtimeImages: { list }, capabilities: async () => clusterCapabilities() });
    const shown = await test.visit('/images');
    expect(shown.all('tg-skeleton').length).toBeGreaterThan(0);
    answer(pageOf([]));
    await vi.waitFor(() => expect(shown.text).toContain('No image is registered yet'));
    expect(shown.all('tg-skeleton')).toHaveLength(0);
  });

  it('says what an image is, what is deployed, and how many use it', async () => {
    const images = [
      aRuntimeImage(),
      aRuntimeImage({ name: 'vector-17', postgres_version: '17', in_use: 1, description: '' }),
      aRuntimeImage({ name: 'timescale-18', in_use: 12 }),
    ];
    const shown = await setUp(images).test.visit('/images');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(3));
    const [unused, one, many] = rows(shown).map(({ textContent }) => textContent.replace(/\s+/g, ' '));
    expect(unused).toMatch(/postgis-18.*registry\.example\.com\/team\/postgis:18-3\.6.*sha256:0123456789ab…/);
    expect(unused).toMatch(/PostGIS 3\.6.*PostgreSQL 18.*not used.*registered/);
    expect(one).toMatch(/PostgreSQL 17.*used by one instance/);
    expect(many).toContain('used by 12 instances');
    expect(shown.all('tg-image-row button[aria-label^="Remove"]').map((found) => found.ariaLabel)).toEqual([
      'Remove postgis-18',
      'Remove vector-17',
      'Remove timescale-18',
    ]);
  });

  it('says why it could not be read, and reads again when asked', async () => {
    const { list, test } = setUp([aRuntimeImage()]);
    list.mockRejectedValueOnce(new ToygresError({ status: 500, code: 'internal_error', message: 'It broke.' }));
    const shown = await test.visit('/images');
    await vi.waitFor(() => expect(shown.text).toContain('It broke.'));
    await press(shown, 'Try again');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
  });

  it('says on the local data plane why it is not offered', async () => {
    const shown = await setUp([], someCapabilities()).test.visit('/images');
    await vi.waitFor(() => expect(shown.text).toContain('Not offered here'));
    expect(shown.text).toContain('processes of this machine');
    expect(shown.text).not.toContain('Register image');
    expect(shown.text).not.toContain('No image is registered yet');
  });

  it('says what to do where no registry is allowed', async () => {
    const shown = await setUp([], clusterCapabilities({ image_registries: [] })).test.visit('/images');
    await vi.waitFor(() => expect(shown.text).toContain('TOYGRES_IMAGE_REGISTRIES'));
    expect(shown.text).not.toContain('Register image');
  });

  it('searches by the address, and says when nothing matches', async () => {
    const { list, test } = setUp([]);
    const shown = await test.visit('/images?search=vector&page=2');
    await vi.waitFor(() => expect(shown.text).toContain('No image matches'));
    expect(list).toHaveBeenLastCalledWith({ search: 'vector', page: 2, limit: 20 }, expect.anything());
    await press(shown, 'Clear the search');
    await vi.waitFor(() => expect(test.url).toBe('/images'));
  });

  it('reads anew when an instance is created', async () => {
    const { list, test } = setUp([aRuntimeImage()]);
    const shown = await test.visit('/images');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
    list.mockResolvedValue(pageOf([aRuntimeImage({ in_use: 1 })]));
    test.event(anEvent('instance.created', anInstance(), { state: 'creating' }));
    await vi.waitFor(() => expect(shown.text).toContain('used by one instance'));
  });
});

describe('a removal', () => {
  it('is asked for, and done', async () => {
    const { list, remove, test } = setUp([aRuntimeImage()]);
    const shown = await test.visit('/images');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
    await press(shown, 'Remove…');
    await vi.waitFor(() => expect(dialog()).toContain('Remove postgis-18 from the catalogue?'), PATIENCE);
    expect(dialog()).toContain('No further instance can be made of it.');
    list.mockResolvedValue(pageOf([]));
    await press(shown, 'Remove');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(0));
    expect(remove).toHaveBeenCalledExactlyOnceWith('postgis-18');
  });

  it('says why it is not possible while instances are made of it', async () => {
    const { remove, test } = setUp([aRuntimeImage({ in_use: 1 })]);
    const sentence = 'The runtime image "postgis-18" is used by "proddb" (deleted). Purge them first.';
    remove.mockRejectedValue(refusal(409, 'image_in_use', sentence));
    const shown = await test.visit('/images');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
    await press(shown, 'Remove…');
    await vi.waitFor(() => expect(dialog()).toContain('One instance is made of it.'), PATIENCE);
    await press(shown, 'Remove');
    await vi.waitFor(() => expect(dialog()).toContain(sentence), PATIENCE);
    expect(rows(shown)).toHaveLength(1);
  });
});

describe('the form for an image', () => {
  async function open() {
    const parts = setUp([]);
    const shown = await parts.test.visit('/images');
    await vi.waitFor(() => expect(shown.all('.nothing button')).toHaveLength(1));
    shown.all('.nothing button')[0]?.click();
    await vi.waitFor(() => expect(dialog()).toContain('Register an image'), PATIENCE);
    return { ...parts, shown };
  }

  it('registers what was typed, and says in full what is meant', async () => {
    const { list, register, shown } = await open();
    await type(shown, 'image-name', 'postgis-18');
    await type(shown, 'image-reference', 'postgis/postgis:18-3.6');
    expect(dialog()).toContain('In full: docker.io/postgis/postgis:18-3.6');
    await type(shown, 'image-digest', DIGEST);
    await type(shown, 'image-description', 'PostGIS 3.6');
    list.mockResolvedValue(pageOf([aRuntimeImage()]));
    await press(shown, 'Register');
    await vi.waitFor(() => expect(rows(shown)).toHaveLength(1));
    expect(register).toHaveBeenCalledExactlyOnceWith({
      name: 'postgis-18',
      image_ref: 'postgis/postgis:18-3.6',
      digest: DIGEST,
      postgres_version: '18',
      description: 'PostGIS 3.6',
    });
    expect(dialog()).toBe('');
  });

  it('says beside each field what is wrong with it, and sends nothing', async () => {
    const { register, shown } = await open();
    await type(shown, 'image-name', 'X');
    await type(shown, 'image-reference', 'ghcr.io/team/postgres:18');
    await type(shown, 'image-digest', 'sha256:abc');
    expect(dialog()).toContain('The name must have 3 to 63 characters.');
    expect(dialog()).toContain('Images may not come from ghcr.io. Allowed: registry.example.com, docker.io.');
    expect(dialog()).toContain('A digest is sha256: and 64 lower-case hexadecimal digits.');
    await type(shown, 'image-reference', `postgres@${DIGEST}`);
    expect(dialog()).toContain('Give what follows the @ as the digest');
    await press(shown, 'Register');
    expect(register).not.toHaveBeenCalled();
  });

  it('shows a refusal of the server at its field, and any other below', async () => {
    const { register, shown } = await open();
    await type(shown, 'image-name', 'postgis-18');
    await type(shown, 'image-reference', 'postgres:18');
    await type(shown, 'image-digest', DIGEST);
    const message = 'There is a runtime image "postgis-18" already.';
    register.mockRejectedValueOnce(
      refusal(409, 'image_name_taken', message, {
        errors: [{ pointer: '/name', code: 'image_name_taken', message }],
      }),
    );
    await press(shown, 'Register');
    await vi.waitFor(() => expect(dialog()).toContain('There is an image of this name already.'), PATIENCE);
    await type(shown, 'image-name', 'postgis-19');
    register.mockRejectedValueOnce(new ToygresError({ status: 500, code: 'internal_error', message: 'It broke.' }));
    await press(shown, 'Register');
    await vi.waitFor(() => expect(dialog()).toContain('It broke.'), PATIENCE);
  });
});
