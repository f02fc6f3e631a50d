import { LiveAnnouncer } from '@angular/cdk/a11y';
import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
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

  it('can be called off, and says so until it is undone', async () => {
    const open = { status: 'running', finished_at: null, cancellable: true } as const;
    const cancel = vi.fn(async () => ({ orchestration_id: 'create-1', state: 'creating' as const, message: '' }));
    const get = async () => anOrchestration({ id: 'create-1', ...open });
    const test = new ConsoleTest({ orchestrations: { get, cancel } });
    const shown = await test.visit('/operations/create-1');
    const button = await shown.loader.getHarness(MatButtonHarness.with({ text: /Call off/ }));
    await button.click();
    expect(cancel).toHaveBeenCalledExactlyOnceWith('create-1');
    test.event(anEvent('orchestration.cancel_requested', anInstance(), {}, 'create-1'));
    await vi.waitFor(() => expect(shown.all('tg-status')[0]?.textContent.trim()).toBe('Being called off'));
    expect(shown.all('tg-operation-buttons button')).toEqual([]);
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('Create orders-prod');
  });

  it('can be tried again, or says why not', async () => {
    const retry = vi.fn(refused(409, 'It is not the last.'));
    const get = async () => anOrchestration({ id: 'stop-1', kind: 'stop', status: 'failed', retryable: true });
    const shown = await new ConsoleTest({ orchestrations: { get, retry } }).visit('/operations/stop-1');
    const button = await shown.loader.getHarness(MatButtonHarness.with({ text: /Retry/ }));
    await button.click();
    await vi.waitFor(() =>
      expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('It is not the last.'),
    );
    expect(await button.isDisabled()).toBe(false);
  });

  it('says what it waits for, how often it was tried, how far it is and how long it has', async () => {
    const running = anActivity({
      status: 'running',
      finished_at: null,
      usual_ms: null,
      progress: { done: 1_200_000_000, total: 40_000_000_000, unit: 'bytes' },
    });
    const get = async () =>
      anOrchestration({
        id: 'start-1',
        kind: 'start',
        status: 'pending',
        finished_at: null,
        after_id: 'stop-1',
        retries: 2,
        deadline: new Date(Date.now() + 540_500).toISOString(),
        activities: [running],
      });
    const shown = await new ConsoleTest({ orchestrations: { get } }).visit('/operations/start-1');
    await vi.waitFor(() => expect(shown.all('.facts a[href="/operations/stop-1"]')).toHaveLength(1));
    const facts = shown.all('.facts')[0]?.textContent;
    expect(facts).toContain('Waits for');
    expect(facts).toContain('2 times');
    expect(facts).toMatch(/in [89] min/);
    expect(shown.all('.note')[0]?.textContent).toBe('1.2 GB of 40 GB');
  });
});
