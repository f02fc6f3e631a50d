import { Component, inject, signal } from '@angular/core';
import { ConsoleTest } from '../../testing/console';
import { anEvent, anInstance } from '../../testing/samples';
import type { InstanceDetails } from '#sdk';
import { TOYGRES } from '../core/toygres';
import { patchInstance } from './instance-patch';
import { liveQuery } from './live-query';

@Component({ selector: 'tg-probe', template: `{{ query.value()?.user_name }} {{ query.value()?.state }}` })
class Probe {
  readonly #toygres = inject(TOYGRES);
  readonly name = signal('a');
  readonly query = liveQuery<string, InstanceDetails>({
    params: () => this.name(),
    load: (name, abort) => this.#toygres.instances.get(name, { signal: abort }),
    patch: patchInstance,
  });
}

describe('a live query', () => {
  it('reads, and brings events into what it has read', async () => {
    const instance = anInstance({ user_name: 'a', state: 'creating' });
    const get = vi.fn(() => Promise.resolve(instance));
    const test = new ConsoleTest({ instances: { get } });
    const shown = await test.show(Probe);
    await vi.waitFor(() => expect(shown.text).toBe('a creating'));

    test.event(anEvent('instance.state_changed', instance, { from: 'creating', state: 'running' }));
    await shown.stable();
    expect(shown.text).toBe('a running');
    // The event does not carry connection strings.
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(2));
  });

  it('passes over events of others', async () => {
    const get = vi.fn(() => Promise.resolve(anInstance({ user_name: 'a' })));
    const test = new ConsoleTest({ instances: { get } });
    const shown = await test.show(Probe);
    await vi.waitFor(() => expect(shown.text).toBe('a running'));
    test.event(anEvent('instance.state_changed', anInstance(), { state: 'failed' }));
    await shown.stable();
    expect(shown.text).toBe('a running');
    expect(get).toHaveBeenCalledTimes(1);
  });

  it('does not let an answer that is older than an event win', async () => {
    const instance = anInstance({ user_name: 'a', health_status: 'healthy' });
    const answers: ((value: InstanceDetails) => void)[] = [];
    const get = vi.fn(() => new Promise<InstanceDetails>((resolve) => answers.push(resolve)));
    const test = new ConsoleTest({ instances: { get } });
    const shown = await test.show(Probe);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    test.event(anEvent('instance.health_changed', instance, { health_status: 'unhealthy', reason: 'gone' }));
    answers[0]?.(instance);
    await vi.waitFor(() => expect(shown.fixture.componentInstance.query.value()?.health_status).toBe('unhealthy'));
  });

  it('lets the last of several parameters win, and keeps what is shown until then', async () => {
    const answers = new Map<string, (value: InstanceDetails) => void>();
    const get = vi.fn((name: string) => new Promise<InstanceDetails>((resolve) => answers.set(name, resolve)));
    const test = new ConsoleTest({ instances: { get } });
    const shown = await test.show(Probe);
    const { name, query } = shown.fixture.componentInstance;
    await vi.waitFor(() => expect(answers.has('a')).toBe(true));
    answers.get('a')?.(anInstance({ user_name: 'a' }));
    await vi.waitFor(() => expect(query.value()?.user_name).toBe('a'));

    name.set('b');
    await shown.stable();
    await vi.waitFor(() => expect(answers.has('b')).toBe(true));
    expect(query.outdated()).toBe(true);
    name.set('c');
    await shown.stable();
    await vi.waitFor(() => expect(answers.has('c')).toBe(true));
    answers.get('c')?.(anInstance({ user_name: 'c' }));
    answers.get('b')?.(anInstance({ user_name: 'b' }));
    await vi.waitFor(() => expect(query.value()?.user_name).toBe('c'));
    expect(query.outdated()).toBe(false);
  });

  it('reads anew when events were missed, and when the server is back after a failed read', async () => {
    let fail = true;
    const get = vi.fn(() =>
      fail ? Promise.reject(new Error('away')) : Promise.resolve(anInstance({ user_name: 'a' })),
    );
    const test = new ConsoleTest({ instances: { get } });
    const shown = await test.show(Probe);
    await vi.waitFor(() => expect(shown.fixture.componentInstance.query.error()).toEqual(new Error('away')));
    test.tell({ kind: 'down', heardAt: null, retryAt: 0, reason: null });
    await shown.stable();
    fail = false;
    test.tell({ kind: 'open' });
    await vi.waitFor(() => expect(shown.fixture.componentInstance.query.value()?.user_name).toBe('a'));
    expect(shown.fixture.componentInstance.query.error()).toBeUndefined();

    get.mockClear();
    test.tell({ kind: 'refresh' });
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(1));
  });

  it('reads once for a burst of events', async () => {
    const instance = anInstance({ user_name: 'a' });
    const get = vi.fn(() => Promise.resolve(instance));
    const test = new ConsoleTest({ instances: { get } });
    const shown = await test.show(Probe);
    await vi.waitFor(() => expect(shown.text).toBe('a running'));
    get.mockClear();
    for (let index = 0; index < 100; index += 1) {
      test.event(anEvent('instance.endpoint_changed', instance));
    }
    await vi.waitFor(() => expect(get).toHaveBeenCalledTimes(1));
  });
});
