import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { Router } from '@angular/router';
import type { InstanceSummary, OperationAccepted } from '#sdk';
import { ConsoleTest } from '../../../../testing/console';
import { refusal } from '../../../../testing/details';
import { anInstance } from '../../../../testing/samples';
import { ActionButtons } from './action-buttons';
import { type Accepted, InstanceRequests, withAccepted } from './instance-requests';

const answer = (state: InstanceSummary['state']): OperationAccepted => ({
  orchestration_id: 'some-orders-prod-a1b2c3d4',
  state,
  message: 'Accepted.',
});

const dialog = (): string => document.querySelector('mat-dialog-container')?.textContent.replace(/\s+/g, ' ') ?? '';
const said = (): string => document.querySelector('mat-snack-bar-container')?.textContent ?? '';

async function open(instance = anInstance()) {
  const instances = {
    get: vi.fn(() => Promise.resolve(instance)),
    stop: vi.fn(() => Promise.resolve(answer('stopping'))),
    start: vi.fn(() => Promise.resolve(answer('starting'))),
    restart: vi.fn(() => Promise.resolve(answer('restarting'))),
    undelete: vi.fn(() => Promise.resolve(answer('starting'))),
    retry: vi.fn(() => Promise.resolve(answer('creating'))),
    cancel: vi.fn(() => Promise.resolve(answer('creating'))),
    update: vi.fn(() => Promise.resolve(instance)),
  };
  const shown = await new ConsoleTest({ instances }).show(ActionButtons, { instance });
  const requests = TestBed.inject(InstanceRequests);
  const accepted: Accepted[] = [];
  requests.accepted.subscribe((one) => accepted.push(one));
  return { accepted, instance, instances, requests, shown };
}

describe('what is asked of an instance', () => {
  it.each([
    ['stop', 'Stop orders-prod?', /Stop instance/, 'orders-prod is being stopped.'],
    ['restart', 'Restart orders-prod?', /Restart instance/, 'orders-prod is being restarted.'],
  ] as const)('is confirmed where it cuts connections: %s', async (what, title, submit, message) => {
    const { accepted, instance, instances, requests, shown } = await open();
    const asked = requests[what](instance);
    await vi.waitFor(() => expect(dialog()).toContain(title));
    await vi.waitFor(() => expect(dialog()).toContain('3 connections are open.'));
    expect(instances[what]).not.toHaveBeenCalled();
    await (await shown.page.getHarness(MatButtonHarness.with({ text: submit }))).click();
    await asked;
    expect(instances[what]).toHaveBeenCalledExactlyOnceWith(instance.id);
    expect(accepted).toMatchObject([{ instance, answer: { state: `${what === 'stop' ? 'stopp' : what}ing` } }]);
    await shown.stable();
    expect(said()).toContain(message);
  });

  it('is not done when somebody thinks better of it', async () => {
    const { instance, instances, requests, shown } = await open();
    const asked = requests.stop(instance);
    await vi.waitFor(() => expect(dialog()).toContain('Stop orders-prod?'));
    await (await shown.page.getHarness(MatButtonHarness.with({ text: 'Leave it running' }))).click();
    await asked;
    expect(instances.stop).not.toHaveBeenCalled();
  });

  it('stays in question with the reason when it is refused', async () => {
    const { instance, instances, requests, shown } = await open();
    instances.stop.mockRejectedValueOnce(refusal(423, 'orchestration_in_progress', 'It is being restarted.'));
    const asked = requests.stop(instance);
    await vi.waitFor(() => expect(dialog()).toContain('Stop orders-prod?'));
    const submit = await shown.page.getHarness(MatButtonHarness.with({ text: /Stop instance/ }));
    await submit.click();
    await vi.waitFor(() => expect(dialog()).toContain('It is being restarted.'));
    await submit.click();
    await asked;
    expect(instances.stop).toHaveBeenCalledTimes(2);
  });

  it('leads from the question to the operation that is in the way', async () => {
    const { instance, instances, requests, shown } = await open();
    const inTheWay = { orchestration_id: 'restart-orders-prod-1' };
    instances.stop.mockRejectedValueOnce(refusal(423, 'orchestration_in_progress', 'It is being restarted.', inTheWay));
    const asked = requests.stop(instance);
    await vi.waitFor(() => expect(dialog()).toContain('Stop orders-prod?'));
    await (await shown.page.getHarness(MatButtonHarness.with({ text: /Stop instance/ }))).click();
    await vi.waitFor(() => expect(dialog()).toContain('It is being restarted. Show operation'));
    document.querySelector<HTMLElement>('mat-dialog-container a')?.click();
    await asked;
    await vi.waitFor(() => expect(TestBed.inject(Router).url).toBe('/operations/restart-orders-prod-1'));
  });

  it.each([
    ['start', 'stopped', 'orders-prod is being started.'],
    ['start', 'stopping', 'orders-prod starts as soon as it is stopped.'],
    ['undelete', 'deleted', 'orders-prod is being brought back.'],
    ['retry', 'failed', 'What failed for orders-prod is tried again.'],
    ['cancel', 'creating', 'is being called off.'],
  ] as const)('is done at once where it costs nothing: %s while %s', async (what, state, message) => {
    const { instance, instances, requests, shown } = await open(anInstance({ state }));
    await requests[what](instance);
    await shown.stable();
    expect(instances[what]).toHaveBeenCalledExactlyOnceWith(instance.id);
    expect(said()).toContain(message);
  });

  it('is said to be refused', async () => {
    const { instance, instances, requests, shown } = await open(anInstance({ state: 'failed' }));
    instances.retry.mockRejectedValueOnce(refusal(409, 'not_retryable', 'Nothing of it has failed.'));
    await requests.retry(instance);
    await shown.stable();
    expect(said()).toContain('Nothing of it has failed.');
  });

  it('turns protection on and off', async () => {
    const { instance, instances, requests, shown } = await open();
    await requests.protect(instance, true);
    await shown.stable();
    expect(instances.update).toHaveBeenLastCalledWith(instance.id, { deletion_protection: true });
    expect(said()).toContain('orders-prod is protected from deletion.');
  });
});

describe('what was accepted', () => {
  it('shows before its event comes, and not after', () => {
    const instance = anInstance();
    const accepted = { instance, answer: answer('stopping') };
    expect(withAccepted(instance, accepted).state).toBe('stopping');
    expect(withAccepted({ ...instance, state: 'stopped' }, accepted).state).toBe('stopped');
    expect(withAccepted(anInstance(), accepted).state).toBe('running');
  });
});
