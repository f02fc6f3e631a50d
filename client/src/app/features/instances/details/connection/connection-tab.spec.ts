import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { MatButtonToggleHarness } from '@angular/material/button-toggle/testing';
import { ConsoleTest, type Shown } from '../../../../../testing/console';
import { detailsApi } from '../../../../../testing/details';
import { anInstance } from '../../../../../testing/samples';

async function open() {
  const instance = anInstance();
  const api = detailsApi({ get: () => Promise.resolve(instance) });
  const test = new ConsoleTest(api);
  const shown = await test.visit('/instances/orders-prod/connection');
  await vi.waitFor(() => expect(shown.all('tg-code-example')).toHaveLength(1));
  return { api, shown };
}

const choose = async (shown: Shown<unknown>, text: string): Promise<void> => {
  await (await shown.loader.getHarness(MatButtonToggleHarness.with({ text }))).check();
  await shown.stable();
};
const codeOf = (shown: Shown<unknown>): string => shown.all('.code')[0]?.textContent ?? '';
const click = (shown: Shown<unknown>, name: string): void =>
  shown
    .all('button')
    .find((found) => (found.getAttribute('aria-label') ?? found.textContent).includes(name))!
    .click();

describe('the Connection tab', () => {
  beforeEach(() => localStorage.clear());

  it('begins with psql, which asks for the password itself', async () => {
    const { api, shown } = await open();
    const copy = vi.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    expect(codeOf(shown)).toContain(`psql 'host=localhost port=15432 user=postgres dbname=postgres'`);
    click(shown, 'Copy Example for psql');
    await vi.waitFor(() =>
      expect(copy).toHaveBeenCalledWith(`psql 'host=localhost port=15432 user=postgres dbname=postgres'`),
    );
    expect(api.instances.credentials).not.toHaveBeenCalled();
  });

  it('changes address and language, and remembers the language', async () => {
    const { shown } = await open();
    await choose(shown, 'IP address');
    await choose(shown, 'Node.js');
    expect(codeOf(shown)).toContain(`host: '127.0.0.1', port: 15432`);
    expect(shown.all('tg-connection-parameters')[0]?.textContent).toContain('127.0.0.1');
    expect(localStorage.getItem('toygres.language-of-examples')).toBe('node');
  });

  it('masks the password, shows it when asked, and hides it again', async () => {
    const { shown } = await open();
    await choose(shown, 'Python');
    expect(codeOf(shown)).toContain('password=••••••••');
    click(shown, 'Show password');
    await vi.waitFor(() => expect(codeOf(shown)).toContain('password="SecurePass123!"'));
    expect(shown.all('tg-connection-parameters')[0]?.textContent).toContain('SecurePass123!');
    window.dispatchEvent(new Event('blur'));
    await shown.stable();
    expect(shown.text).not.toContain('SecurePass123!');
  });

  it('copies with the password while it is hidden', async () => {
    const { shown } = await open();
    const copy = vi.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    await choose(shown, 'Rust');
    click(shown, 'Copy Example for Rust');
    await vi.waitFor(() => expect(copy).toHaveBeenCalledWith(expect.stringContaining('.password("SecurePass123!")')));
    click(shown, 'Copy Password');
    await vi.waitFor(() => expect(copy).toHaveBeenCalledWith('SecurePass123!'));
    expect(shown.text).not.toContain('SecurePass123!');
  });

  it('says that there is no TLS', async () => {
    const { shown } = await open();
    expect(shown.text).toContain('Instances here do not offer TLS yet.');
  });
});
