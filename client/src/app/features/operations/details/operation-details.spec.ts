import { LiveAnnouncer } from '@angular/cdk/a11y';
import { TestBed } from '@angular/core/testing';
import { ToygresError } from '#sdk';
import { ConsoleTest } from '../../../../testing/console';
import { anActivity, anEvent, anInstance, anOrchestration } from '../../../../testing/samples';

const refused = (status: number, message: string) => () =>
  Promise.reject(new ToygresError({ status, code: 'refused', message }));

describe('the page of an operation', () => {
  it('shows its steps and what is known about it', async () => {
    const get = vi.fn(async () => anOrchestration({ id: 'create-1' }));
    const shown = await new ConsoleTest({ orchestrations: { get } }).visit('/operations/create-1');
    await vi.waitFor(() => expect(shown.all('h1')[0]?.textContent).toBe('Create orders-prod'));
    expect(get).toHaveBeenCalledWith('create-1', expect.anything());
    expect(shown.all('tg-operation-timeline li')).toHaveLength(1);
    expect(shown.all('tg-operation-error')).toHaveLength(0);
    expect(shown.all('.facts')[0]?.textContent).toContain('create-1');
    expect(shown.all('.facts a')[0]?.getAttribute('href')).toBe('/instances/orders-prod');
  });

  it('shows placeholders until then', async () => {
    const get = () => new Promise<never>(() => undefined);
    const shown = await new ConsoleTest({ orchestrations: { get } }).visit('/operations/create-1');
    expect(shown.all('.placeholder').length).toBeGreaterThan(0);
  });

  it('says that there is none under the id', async () => {
    const shown = await new ConsoleTest({ orchestrations: { get: refused(404, 'No.') } }).visit('/operations/x');
    await vi.waitFor(() => expect(shown.all('h1')[0]?.textContent).toBe('No such operation'));
    expect(shown.all('tg-load-error')).toHaveLength(0);
  });

  it.each([
    [500, 'The database is away.'],
    [403, 'You may not see this'],
  ])('says why it can not be shown (%i)', async (status, sentence) => {
    const get = refused(status, 'The database is away.');
    const shown = await new ConsoleTest({ orchestrations: { get } }).visit('/operations/x');
    await vi.waitFor(() => expect(shown.text).toContain(sentence));
  });

  it('follows the operation, says its end aloud and then why it failed', async () => {
    const instance = anInstance();
    const running = anOrchestration({
      id: 'create-1',
      status: 'running',
      finished_at: null,
      activities: [anActivity({ status: 'running', finished_at: null })],
    });
    let now = running;
    const test = new ConsoleTest({ orchestrations: { get: async () => now } });
    const announce = vi.spyOn(TestBed.inject(LiveAnnouncer), 'announce').mockResolvedValue(undefined);
    const shown = await test.visit('/operations/create-1');
    await vi.waitFor(() => expect(shown.all('tg-status')[0]?.textContent.trim()).toBe('Running'));
    now = anOrchestration({
      ...running,
      status: 'failed',
      error: 'It was too slow.',
      finished_at: new Date().toISOString(),
    });
    test.event(anEvent('orchestration.failed', instance, {}, 'create-1'));
    await vi.waitFor(() => expect(shown.text).toContain('It was too slow.'));
    expect(announce).toHaveBeenCalledExactlyOnceWith('Create orders-prod: Failed');
  });
});
