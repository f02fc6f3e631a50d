import { ConsoleTest } from '../../../testing/console';
import { anInstance, anOrchestration } from '../../../testing/samples';
import { failureWords } from './catalogue.text';

describe('the catalogue of failures', () => {
  it('has what happened and what to do under every code', async () => {
    const shown = await new ConsoleTest({}).visit('/failures');
    expect(shown.all('section').map(({ id }) => id)).toEqual(Object.keys(failureWords));
    for (const section of shown.all('section')) {
      expect([...section.querySelectorAll('h2, p')].map(({ textContent }) => textContent.trim())).not.toContain('');
      expect(section.querySelector('code')?.textContent).toBe(section.id);
    }
    expect(shown.all('[aria-current]')).toEqual([]);
  });

  it('marks the code that is asked about', async () => {
    const shown = await new ConsoleTest({}).visit('/failures#disk_full');
    expect(shown.all('[aria-current]').map(({ id }) => id)).toEqual(['disk_full']);
  });

  it('is led to by a failed instance, and by a failed operation', async () => {
    const links = (shown: { all(selector: string): readonly Element[] }) =>
      shown.all('tg-failure-link a').map((link) => [link.getAttribute('href'), link.textContent]);
    const about = [['/failures#port_in_use', 'About port_in_use']];

    const instance = anInstance({ state: 'failed', failure_code: 'port_in_use', failure_reason: 'It is taken.' });
    const failed = anOrchestration({ status: 'failed', error_code: 'port_in_use', error: 'It is taken.' });
    const test = new ConsoleTest({
      instances: { get: () => Promise.resolve(instance) },
      orchestrations: {
        list: () => Promise.resolve({ orchestrations: [failed], total: 1, page: 1, pages: 1 }),
        get: () => Promise.resolve(failed),
      },
    });
    const shown = await test.visit('/instances/orders-prod');
    await vi.waitFor(() => expect(links(shown)).toEqual(about));
    await test.goTo(`/operations/${failed.id}`);
    await vi.waitFor(() => expect(links(shown)).toEqual(about));
  });
});
