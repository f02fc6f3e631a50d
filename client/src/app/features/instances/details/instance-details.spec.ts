import { LiveAnnouncer } from '@angular/cdk/a11y';
import { TestBed } from '@angular/core/testing';
import { ConsoleTest, type Shown } from '../../../../testing/console';
import { detailsApi, refusal } from '../../../../testing/details';
import { anActivity, anEvent, anInstance, anOrchestration, someProgress } from '../../../../testing/samples';
import type { InstanceDetails } from '#sdk';

const tabsIn = (shown: Shown<unknown>): string[] => shown.all('a[mat-tab-link]').map((tab) => tab.textContent.trim());

/** A console at the page of an instance. */
async function visit(instance: InstanceDetails, url = `/instances/${instance.user_name}`) {
  const api = detailsApi({ get: () => Promise.resolve(instance) });
  const test = new ConsoleTest(api);
  const shown = await test.visit(url);
  await vi.waitFor(() => expect(shown.text).toContain(instance.user_name));
  await shown.stable();
  return { api, test, shown };
}

describe('the details page', () => {
  it('shows skeletons while the instance is on its way', async () => {
    const test = new ConsoleTest(detailsApi({ get: () => new Promise(() => undefined) }));
    const shown = await test.visit('/instances/orders-prod');
    expect(shown.all('tg-skeleton').length).toBeGreaterThan(3);
    expect(shown.text).toContain('orders-prod');
  });

  it('shows name, status, version and age, and the tabs of a running instance', async () => {
    const { shown } = await visit(anInstance());
    await vi.waitFor(() => expect(tabsIn(shown)).toEqual(['Overview', 'Health', 'Connection', 'Activity', 'Logs']));
    expect(shown.all('h1').map((title) => title.textContent)).toEqual(['orders-prod']);
    expect(shown.all('tg-page-header tg-status')[0]?.textContent.trim()).toBe('Healthy');
    expect(shown.text).toContain('PostgreSQL 18.4');
    expect(shown.text).toContain('Running');
    await vi.waitFor(() => expect(shown.text).toContain('Connection strings'));
  });

  it('has its tabs as soon as it runs, before its address is known', async () => {
    const { shown } = await visit(anInstance({ endpoint: null }));
    await vi.waitFor(() => expect(tabsIn(shown)).toEqual(['Overview', 'Health', 'Connection', 'Activity', 'Logs']));
  });

  it('takes an id for a name', async () => {
    const instance = anInstance();
    const { shown } = await visit(instance, `/instances/${instance.id}`);
    expect(shown.all('h1')[0]?.textContent).toBe('orders-prod');
  });

  it('says that there is no such instance, and leads back', async () => {
    const test = new ConsoleTest(
      detailsApi({ get: () => Promise.reject(refusal(404, 'instance_not_found', 'There is none.')) }),
    );
    const shown = await test.visit('/instances/nobody');
    await vi.waitFor(() => expect(shown.text).toContain('There is no instance “nobody”'));
    expect(shown.all('a[href="/instances"]').length).toBeGreaterThan(0);
  });

  it('says why it could not be loaded, and tries again', async () => {
    let fail = true;
    const api = detailsApi({
      get: () => (fail ? Promise.reject(refusal(500, 'internal_error', 'It broke.')) : Promise.resolve(anInstance())),
    });
    const shown = await new ConsoleTest(api).visit('/instances/orders-prod');
    await vi.waitFor(() => expect(shown.text).toContain('It broke.'));
    fail = false;
    shown.all('tg-load-error button')[0]?.click();
    await vi.waitFor(() => expect(tabsIn(shown)).toContain('Health'));
  });

  it('says so when it may not be seen', async () => {
    const test = new ConsoleTest(detailsApi({ get: () => Promise.reject(refusal(403, 'forbidden', 'No.')) }));
    const shown = await test.visit('/instances/orders-prod');
    await vi.waitFor(() => expect(shown.text).toContain('You may not see this'));
    expect(shown.all('tg-load-error button')).toEqual([]);
  });

  it('shows the progress of a creation, and the overview when it is done', async () => {
    let instance = anInstance({ state: 'creating', endpoint: null, server_version: null, last_health_check: null });
    const api = detailsApi({ get: () => Promise.resolve(instance) });
    const test = new ConsoleTest(api);
    const shown = await test.visit('/instances/orders-prod');
    await vi.waitFor(() => expect(shown.all('tg-creation-progress')).toHaveLength(1));
    expect(tabsIn(shown)).toEqual([]);
    const announce = vi.spyOn(TestBed.inject(LiveAnnouncer), 'announce').mockResolvedValue();

    instance = anInstance({ id: instance.id });
    test.event(anEvent('instance.state_changed', instance, { from: 'creating', state: 'running' }));
    await vi.waitFor(() => expect(shown.all('tg-connect-now')).toHaveLength(1));
    await vi.waitFor(() => expect(shown.text).toContain('Connection strings'));
    expect(announce).toHaveBeenCalledWith('orders-prod: Running', 'polite');
  });

  it('leads from the address of a tab that has nothing to show to the overview', async () => {
    const { test, shown } = await visit(
      anInstance({ state: 'failed', endpoint: null, last_health_check: null }),
      '/instances/orders-prod/connection',
    );
    await vi.waitFor(() => expect(test.url).toBe('/instances/orders-prod'));
    expect(tabsIn(shown)).toEqual(['Overview', 'Activity', 'Logs']);
  });

  it('stays at the address of a tab that is shown', async () => {
    const { test, shown } = await visit(anInstance(), '/instances/orders-prod/activity');
    await vi.waitFor(() => expect(shown.text).toContain('Events'));
    expect(test.url).toBe('/instances/orders-prod/activity');
    expect(shown.all('a[mat-tab-link][aria-selected="true"]')[0]?.textContent.trim()).toBe('Activity');
  });

  it('says why a running instance is unhealthy', async () => {
    const { shown } = await visit(
      anInstance({
        health_status: 'unhealthy',
        last_health_check: {
          status: 'unhealthy',
          checked_at: new Date().toISOString(),
          response_time_ms: null,
          code: 'not_ready',
          reason: 'The connection was refused.',
        },
      }),
    );
    await vi.waitFor(() => expect(shown.all('tg-state-banner [role="alert"]')[0]?.textContent).toContain('refused'));
    expect(shown.all('tg-failure-link a')[0]?.getAttribute('href')).toBe('/failures#not_ready');
  });

  it('keeps a purged instance readable by its id', async () => {
    let instance = anInstance({ state: 'purging' });
    let gone = false;
    const api = detailsApi({
      get: (name) =>
        gone && name !== instance.id
          ? Promise.reject(refusal(404, 'instance_not_found', 'There is none.'))
          : Promise.resolve(instance),
    });
    const test = new ConsoleTest(api);
    const shown = await test.visit('/instances/orders-prod');
    await vi.waitFor(() => expect(shown.text).toContain('This instance is being removed for good'));

    gone = true;
    instance = { ...instance, state: 'purged', purged_at: new Date().toISOString() };
    test.event(anEvent('instance.state_changed', instance, { from: 'purging', state: 'purged' }));
    await vi.waitFor(() => expect(api.instances.get).toHaveBeenLastCalledWith(instance.id, expect.anything()));
    await vi.waitFor(() => expect(shown.text).toContain('This instance was removed for good'));
    expect(shown.text).toContain(instance.k8s_name);
    expect(tabsIn(shown)).not.toContain('Connection');
  });

  const banner = (shown: Shown<unknown>): string =>
    shown.all('tg-state-banner')[0]?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  const waysOut = (shown: Shown<unknown>): string[] =>
    shown.all('tg-state-banner .ways > *').map((way) => way.textContent.trim());

  it.each([
    [{ state: 'stopped' }, /is stopped Nobody can connect/, ['Start']],
    [
      { state: 'deleted', purge_at: '2026-11-30T12:00:00Z' },
      /was deleted .*until .*2026.*Then it is removed for good/,
      ['Undelete', 'Purge now…'],
    ],
    [{ state: 'purged' }, /was removed for good/, ['All instances']],
    [{ state: 'deleting' }, /is being deleted .*brought back/, ['Purge now…']],
    [{ state: 'restarting' }, /is being restarted/, []],
  ] as const)('says what its state means, and what comes next: %o', async (given, words, ways) => {
    const { shown } = await visit(anInstance(given));
    await vi.waitFor(() => expect(banner(shown)).toMatch(words));
    expect(waysOut(shown)).toEqual(ways);
  });

  it('shows how far it is, when it is given up, and the way back', async () => {
    const orchestration = someProgress({
      id: 'start-orders-prod-a1b2c3d4',
      kind: 'start',
      completed: 1,
      total: 2,
      deadline: new Date(Date.now() + 540_500).toISOString(),
    });
    const { api, shown, test } = await visit(anInstance({ state: 'starting', orchestration }));
    await vi.waitFor(() => expect(banner(shown)).toMatch(/1 of 2 steps done · given up in [89] min if it is not done/));
    expect(waysOut(shown)).toEqual(['Call off', 'Open operation']);
    const called = { ...orchestration, cancellable: false, cancel_requested: true };
    api.instances.get.mockResolvedValue(anInstance({ state: 'starting', orchestration: called }));
    test.tell({ kind: 'refresh' });
    await vi.waitFor(() => expect(banner(shown)).toContain('Being called off'));
    expect(waysOut(shown)).toEqual(['Open operation']);
  });

  it('stays on the Connection tab while it is stopped, and says so', async () => {
    const { shown, test } = await visit(anInstance({ state: 'stopped' }), '/instances/orders-prod/connection');
    await vi.waitFor(() => expect(shown.text).toContain('It is stopped, so nothing answers at this address.'));
    expect(test.url).toBe('/instances/orders-prod/connection');
    expect(shown.all('tg-code-example')).toHaveLength(1);
    expect(shown.all('tg-test-connection')).toEqual([]);
  });

  it('shows the ways out of a failure, and costs no data', async () => {
    const failed = { state: 'failed', failure_code: 'server_exited', failure_reason: 'It ended.' } as const;
    const { shown } = await visit(anInstance(failed));
    await vi.waitFor(() => expect(shown.text).toContain('Its data and its address are kept.'));
    expect(shown.all('.reason .ways button').map((button) => button.textContent.trim())).toEqual(['Retry', 'Start']);
    expect(shown.all('.reason')[0]?.textContent).not.toMatch(/delete/i);
  });

  it('offers no start where there is nothing to start', async () => {
    const { shown } = await visit(
      anInstance({ state: 'failed', endpoint: null, dns_connection_string: null, ip_connection_string: null }),
    );
    await vi.waitFor(() => expect(shown.all('.reason .ways button')).toHaveLength(1));
    expect(shown.text).toContain('The name stays taken');
  });

  it('does not show one instance under the name of another', async () => {
    const api = detailsApi({
      get: (name) =>
        name === 'a'
          ? Promise.resolve(anInstance({ user_name: 'a' }))
          : Promise.reject(refusal(404, 'instance_not_found', 'There is none.')),
    });
    const test = new ConsoleTest(api);
    const shown = await test.visit('/instances/a');
    await vi.waitFor(() => expect(tabsIn(shown)).toContain('Health'));
    await test.goTo('/instances/b');
    await vi.waitFor(() => expect(shown.text).toContain('There is no instance “b”'));
  });

  it('says why a creation failed, what to do, and how far it came', async () => {
    const instance = anInstance({
      state: 'failed',
      failure_code: 'server_exited',
      failure_reason: 'PostgreSQL ended while it was starting.',
      failure_details: 'FATAL: out of memory',
      endpoint: null,
      server_version: null,
      last_health_check: null,
    });
    const operation = anOrchestration({
      status: 'failed',
      activities: [
        anActivity({ title: 'Prepare the volume', attempt: 2 }),
        anActivity({ status: 'failed', attempt: 3, error: 'It ended.' }),
        anActivity({ title: 'Wait until a login works', status: 'skipped', started_at: null, finished_at: null }),
        anActivity({ name: 'test.undo', title: 'Remove what was made', phase: 'compensation' }),
      ],
    });
    const api = detailsApi({ get: () => Promise.resolve(instance), operations: [operation] });
    const shown = await new ConsoleTest(api).visit('/instances/orders-prod');
    await vi.waitFor(() => expect(shown.text).toContain('Failed after 3 attempts: It ended.'));
    expect(shown.all('h2')[0]?.textContent).toBe('PostgreSQL ended while it was starting.');
    expect(shown.text).toContain('What the server said usually names the cause.');
    expect(shown.all('pre')[0]?.textContent).toBe('FATAL: out of memory');
    expect(shown.text).toContain('Never ran');
    expect(shown.text).toContain('Succeeded at attempt 2');
    expect(shown.text).toContain('had failed before');
    expect(shown.text).toMatch(/Undoing.*Remove what was made/);
  });
});
