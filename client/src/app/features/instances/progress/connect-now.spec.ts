import { Clipboard } from '@angular/cdk/clipboard';
import { TestBed } from '@angular/core/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { type InstanceCredentials, ToygresError } from '#sdk';
import { ConsoleTest } from '../../../../testing/console';
import { anInstance } from '../../../../testing/samples';
import { ConnectNow } from './connect-now';

const CREDENTIALS: InstanceCredentials = {
  username: 'postgres',
  password: "it's",
  database: 'postgres',
  host: 'localhost',
  port: 15432,
  dns_connection_string: "postgresql://postgres:it's@localhost:15432/postgres",
  ip_connection_string: null,
};

describe('the card that says how to connect', () => {
  async function show(credentials: () => Promise<InstanceCredentials>, given = {}) {
    const reads = vi.fn(credentials);
    const console = new ConsoleTest({ instances: { credentials: reads } });
    const copy = vi.spyOn(TestBed.inject(Clipboard), 'copy').mockReturnValue(true);
    return { shown: await console.show(ConnectNow, { instance: anInstance(given) }), copy, reads };
  }

  it('shows the command without the password, and does not ask for it', async () => {
    const { shown, reads } = await show(() => Promise.resolve(CREDENTIALS));
    expect(shown.all('code')[0]?.textContent).toMatch(
      /^psql 'postgresql:\/\/postgres: ?•+hidden password ?@localhost:15432\/postgres'$/,
    );
    expect(shown.all('a')[0]?.getAttribute('href')).toBe('/instances/orders-prod/connection');
    expect(reads).not.toHaveBeenCalled();
  });

  it('copies the command with the password, so that a shell takes it as it is', async () => {
    const { shown, copy } = await show(() => Promise.resolve(CREDENTIALS));
    shown.all('button')[0]?.click();
    await vi.waitFor(() =>
      expect(copy).toHaveBeenCalledWith(String.raw`psql 'postgresql://postgres:it'\''s@localhost:15432/postgres'`),
    );
    expect(shown.text).not.toContain("it's");
  });

  it('says when the password could not be had', async () => {
    const { shown, copy } = await show(() =>
      Promise.reject(new ToygresError({ status: 409, code: 'endpoint_unknown', message: 'It has no endpoint yet.' })),
    );
    shown.all('button')[0]?.click();
    await vi.waitFor(async () =>
      expect(await (await shown.page.getHarness(MatSnackBarHarness)).getMessage()).toBe('It has no endpoint yet.'),
    );
    expect(copy).not.toHaveBeenCalled();
  });

  it('shows no command while there is no address', async () => {
    const { shown } = await show(() => Promise.resolve(CREDENTIALS), {
      dns_connection_string: null,
      ip_connection_string: null,
    });
    expect(shown.all('code')).toHaveLength(0);
  });
});
