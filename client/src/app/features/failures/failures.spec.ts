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

  it('goes to the code that is asked about, and marks it', async () => {
    const scrolled: string[] = [];
    Element.prototype.scrollIntoView = function (this: Element) {
      scrolled.push(this.id);
    };
    const shown = await new ConsoleTest({}).visit('/failures#disk_full');
    expect(shown.all('[aria-current]').map(({ id }) => id)).toEqual(['disk_full']);
    expect(scrolled).toEqual(['disk_full']);
  });

  const links = (shown: { all(selector: string): readonly Element[] }) =>
    shown.all('tg-failure-link a').map((link) => [link.getAttribute('href'), link.textContent]);
  const about = [['/failures#port_in_use', 'About port_in_use']];
  const operation = anOrchestration({ status: 'failed', error_code: 'port_in_use', error: 'It is taken.' });

  it('is led to by a failed instance', async () => {
    const instance = anInstance({ state: 'failed', failure_code: 'port_in_use', failure_reason: 'It is taken.' });
    const test = new ConsoleTest({
      instances: { get: () => Promise.resolve(instance) },
      orchestrations: { list: () => Promise.resolve({ orchestrations: [operation], total: 1, page: 1, pages: 1 }) },
    });
    const shown = await test.visit('/instances/orders-prod');
    await vi.waitFor(() => expect(links(shown)).toEqual(about));
  });

  it('is led to by a failed operation', async () => {
    const test = new ConsoleTest({ orchestrations: { get: () => Promise.resolve(operation) } });
    const shown = await test.visit(`/operations/${operation.id}`);
    await vi.waitFor(() => expect(links(shown)).toEqual(about));
  });
});
