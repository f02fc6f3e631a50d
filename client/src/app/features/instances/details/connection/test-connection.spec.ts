import { MatButtonHarness } from '@angular/material/button/testing';
import { type ConnectionTestResult, ToygresError } from '#sdk';
import { ConsoleTest } from '../../../../../testing/console';
import { TestConnection } from './test-connection';

const GOOD: ConnectionTestResult = {
  ok: true,
  response_time_ms: 14,
  server_version: 'PostgreSQL 18.4',
  error: null,
  tested_at: new Date().toISOString(),
};

async function card(testConnection: (name: string) => Promise<ConnectionTestResult>) {
  const test = new ConsoleTest({ instances: { testConnection } });
  const shown = await test.show(TestConnection, { instanceId: 'a' });
  return { shown, button: await shown.loader.getHarness(MatButtonHarness) };
}

describe('the test of a connection', () => {
  it('says how long it took and what answered', async () => {
    const { shown, button } = await card(() => Promise.resolve(GOOD));
    await button.click();
    expect(shown.text).toContain('Connected in 14 ms');
    expect(shown.text).toContain('PostgreSQL 18.4');
    expect(await button.getText()).toContain('Test again');
  });

  it('says why there is no connection', async () => {
    const error = 'Nothing answers at localhost:15432.';
    const { shown, button } = await card(() =>
      Promise.resolve({ ...GOOD, ok: false, response_time_ms: null, server_version: null, error }),
    );
    await button.click();
    expect(shown.text).toContain(error);
  });

  it('asks once at a time', async () => {
    let answer = (_result: ConnectionTestResult): void => undefined;
    const asked = vi.fn(() => new Promise<ConnectionTestResult>((resolve) => (answer = resolve)));
    const { shown, button } = await card(asked);
    await button.click();
    await button.click();
    expect(asked).toHaveBeenCalledOnce();
    answer(GOOD);
    await vi.waitFor(() => expect(shown.text).toContain('Connected'));
  });

  it('shows the problem when it could not be asked', async () => {
    const problem = new ToygresError({ status: 409, code: 'endpoint_unknown', message: 'There is no endpoint yet.' });
    const { shown, button } = await card(() => Promise.reject(problem));
    await button.click();
    await vi.waitFor(() => expect(document.body.textContent).toContain('There is no endpoint yet.'));
    expect(shown.text).toContain('Test now');
  });

  it('forgets what it saw when another instance is shown', async () => {
    const { shown, button } = await card(() => Promise.resolve(GOOD));
    await button.click();
    shown.fixture.componentRef.setInput('instanceId', 'b');
    await shown.stable();
    expect(shown.text).not.toContain('Connected');
  });
});
