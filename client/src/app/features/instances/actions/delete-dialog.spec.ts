import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { MatCheckboxHarness } from '@angular/material/checkbox/testing';
import {
  type BatchAccepted,
  type InstanceDetails,
  type InstanceSummary,
  type OperationAccepted,
  ToygresError,
} from '#sdk';
import { type ApiDouble, ConsoleTest, type Shown } from '../../../../testing/console';
import { anEvent, anInstance, someCapabilities } from '../../../../testing/samples';
import { ActionButtons } from './action-buttons';
import { InstanceActions } from './instance-actions';
import { InstanceRequests } from './instance-requests';

const accepted: OperationAccepted = {
  orchestration_id: 'delete-x',
  state: 'deleting',
  message: 'The instance is being deleted.',
};
const failure = new ToygresError({
  status: 500,
  code: 'internal_error',
  message: 'Something failed.',
  requestId: '8f14e45f-ceea',
});

interface Opened {
  readonly test: ConsoleTest;
  readonly shown: Shown<unknown>;
  readonly outcome: Promise<readonly string[]>;
  readonly deleting: string[];
}

async function open(
  instances: readonly InstanceSummary[],
  remove: (id: string) => Promise<OperationAccepted>,
  {
    purge = false,
    keepHours = 168,
    others = {},
  }: { purge?: boolean; keepHours?: number; others?: NonNullable<ApiDouble['instances']> } = {},
): Promise<Opened> {
  const test = new ConsoleTest({
    capabilities: () => Promise.resolve(someCapabilities({ keep_deleted_hours: keepHours })),
    instances: { get: () => Promise.resolve(instances[0] as InstanceDetails), delete: remove, ...others },
  });
  const shown = await test.show(ActionButtons, { instance: instances[0] });
  const actions = TestBed.inject(InstanceActions);
  const deleting: string[] = [];
  TestBed.inject(InstanceRequests).accepted.subscribe(({ instance }) => deleting.push(instance.user_name));
  const outcome = actions.delete(instances, { purge });
  await vi.waitFor(() => expect(document.querySelector('mat-dialog-container')).not.toBeNull());
  await shown.stable();
  return { test, shown, outcome, deleting };
}

const dialog = (): string => document.querySelector('mat-dialog-container')?.textContent.replace(/\s+/g, ' ') ?? '';
const field = (): HTMLInputElement => document.querySelector<HTMLInputElement>('#confirm')!;
const button = ({ shown }: Opened, text: RegExp | string): Promise<MatButtonHarness> =>
  shown.page.getHarness(MatButtonHarness.with({ ancestor: 'mat-dialog-actions', text }));

async function type({ shown }: Opened, text: string): Promise<void> {
  field().value = text;
  field().dispatchEvent(new Event('input'));
  await shown.stable();
}

/** As the key Enter does in a field. */
const enter = (): void => document.querySelector<HTMLFormElement>('mat-dialog-container form')!.requestSubmit();

const chooseForGood = async ({ shown }: Opened): Promise<void> => {
  await (await shown.page.getHarness(MatCheckboxHarness.with({ label: /for good now/ }))).check();
};

describe('asking whether to delete an instance', () => {
  it('says until when everything is kept, and wants no name for that', async () => {
    const instance = anInstance();
    const remove = vi.fn(() => Promise.resolve(accepted));
    const opened = await open([instance], remove);
    const until = new Intl.DateTimeFormat('en', { year: 'numeric' }).format(Date.now() + 7 * 24 * 3_600_000);
    await vi.waitFor(() => expect(dialog()).toMatch(new RegExp(`are kept until .*${until}.*you can bring it back`)));
    expect(field()).toBeNull();
    await (await button(opened, /Delete instance/)).click();
    expect(await opened.outcome).toEqual(['orders-prod']);
    expect(remove).toHaveBeenCalledExactlyOnceWith(instance.id, { purge: false });
    await opened.shown.stable();
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('orders-prod is being deleted.');
  });

  it('removes for good what somebody wants gone, by its name', async () => {
    const instance = anInstance();
    const remove = vi.fn(() => Promise.resolve({ ...accepted, state: 'purging' as const }));
    const opened = await open([instance], remove);
    await chooseForGood(opened);
    expect(dialog()).toContain('cannot be undone');
    const submit = await button(opened, /Remove for good/);
    expect(await submit.isDisabled()).toBe(true);
    await type(opened, 'orders-prod');
    await submit.click();
    expect(await opened.outcome).toEqual(['orders-prod']);
    expect(remove).toHaveBeenCalledExactlyOnceWith(instance.id, { purge: true });
    await opened.shown.stable();
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('is being removed for good');
  });

  it('offers no choice where nothing is kept', async () => {
    const opened = await open([anInstance()], vi.fn(), { keepHours: 0 });
    await vi.waitFor(() => expect(field()).not.toBeNull());
    expect(await opened.shown.page.getAllHarnesses(MatCheckboxHarness)).toEqual([]);
    expect(dialog()).toContain('cannot be undone');
  });

  it('needs no name for what holds no data', async () => {
    const instance = anInstance({ state: 'failed', dns_connection_string: null, ip_connection_string: null });
    const remove = vi.fn(() => Promise.resolve({ ...accepted, state: 'purging' as const }));
    const opened = await open([instance], remove);
    expect(dialog()).toContain('It holds no data yet');
    await (await button(opened, /Delete instance/)).click();
    expect(await opened.outcome).toEqual(['orders-prod']);
  });

  it('says what is lost, and that it is final', async () => {
    const instance = anInstance({
      usage: { data_bytes: 74e9, databases: 3, connections: 6, at: new Date().toISOString() },
    });
    const opened = await open([instance], vi.fn(), { purge: true });
    await vi.waitFor(() => expect(dialog()).toContain('74 GB of data in 3 databases'));
    expect(dialog()).toContain('Remove orders-prod for good?');
    expect(dialog()).toContain('cannot be undone');
    expect(dialog()).toContain('localhost:15432');
    expect(dialog()).toContain('6 connections are open.');
    expect(dialog()).toContain('The name becomes free');
    await (await button(opened, 'Keep it')).click();
    expect(await opened.outcome).toEqual([]);
  });

  it('names the whole volume where nobody has looked into it', async () => {
    await open([anInstance({ usage: null })], vi.fn(), { purge: true });
    await vi.waitFor(() => expect(dialog()).toContain('All data on its volume of 200 GB'));
    expect(dialog()).toContain('Stops answering.');
    expect(dialog()).not.toContain('open.');
  });

  it('wants the name, and deletes by the id', async () => {
    const instance = anInstance();
    const remove = vi.fn(() => Promise.resolve(accepted));
    const opened = await open([instance], remove, { purge: true });
    const submit = await button(opened, /Remove for good/);
    expect(await submit.isDisabled()).toBe(true);
    await type(opened, 'orders-pro');
    enter();
    expect(await submit.isDisabled()).toBe(true);
    expect(remove).not.toHaveBeenCalled();
    await type(opened, 'orders-prod ');
    expect(await submit.isDisabled()).toBe(false);
    enter();
    expect(await opened.outcome).toEqual(['orders-prod']);
    expect(remove).toHaveBeenCalledExactlyOnceWith(instance.id, { purge: true });
    expect(opened.deleting).toEqual(['orders-prod']);
  });

  it('can not be asked twice', async () => {
    let accept = (_: OperationAccepted): void => undefined;
    const remove = vi.fn(() => new Promise<OperationAccepted>((resolve) => (accept = resolve)));
    const opened = await open([anInstance()], remove, { purge: true });
    await type(opened, 'orders-prod');
    enter();
    enter();
    await opened.shown.stable();
    expect(remove).toHaveBeenCalledTimes(1);
    expect(dialog()).toContain('Deleting');
    expect(await (await button(opened, 'Keep it')).isDisabled()).toBe(true);
    accept(accepted);
    expect(await opened.outcome).toEqual(['orders-prod']);
  });

  it('stays open with the reason when it fails, and tries again', async () => {
    const remove = vi.fn(() => Promise.resolve(accepted)).mockRejectedValueOnce(failure);
    const opened = await open([anInstance()], remove);
    enter();
    await vi.waitFor(() => expect(dialog()).toContain('Something failed. (request 8f14e45f)'));
    expect(opened.deleting).toEqual([]);
    enter();
    expect(await opened.outcome).toEqual(['orders-prod']);
  });

  it('explains where the instance is protected, and offers to turn that off', async () => {
    const instance = anInstance({ deletion_protection: true });
    const update = vi.fn(() => Promise.resolve({ ...instance, deletion_protection: false }));
    const opened = await open([instance], vi.fn(), { others: { update } });
    expect(dialog()).toContain('Deletion protection is on');
    expect(field()).toBeNull();
    expect(await opened.shown.page.getAllHarnesses(MatButtonHarness.with({ text: /Delete instance/ }))).toEqual([]);
    await (await opened.shown.page.getHarness(MatButtonHarness.with({ text: 'Turn protection off' }))).click();
    expect(update).toHaveBeenCalledExactlyOnceWith(instance.id, { deletion_protection: false });
    expect(dialog()).not.toContain('Deletion protection is on');
    expect(await (await button(opened, /Delete instance/)).isDisabled()).toBe(false);
  });

  it('has no field any more when somebody else deletes it', async () => {
    const instance = anInstance();
    const opened = await open([instance], vi.fn());
    opened.test.event(anEvent('instance.state_changed', instance, { state: 'deleting' }));
    await opened.shown.stable();
    expect(dialog()).toContain('Its deletion has already begun.');
    expect(await opened.shown.page.getAllHarnesses(MatButtonHarness.with({ text: /Delete instance/ }))).toEqual([]);
  });
});

describe('asking whether to delete several instances', () => {
  const names = ['a', 'b', 'c'];
  const some = () => names.map((user_name) => anInstance({ user_name }));
  const answer: BatchAccepted = { batch_id: 'batch-delete-1', total: 3, message: '3 instances will be deleted.' };
  const openMany = (instances: readonly InstanceSummary[], deleteMany: () => Promise<BatchAccepted>) =>
    open(instances, vi.fn(), { others: { deleteMany } });

  it('lists them, wants to read how many they are, and leads to what becomes of them', async () => {
    const deleteMany = vi.fn(() => Promise.resolve(answer));
    const instances = some();
    const opened = await openMany(instances, deleteMany);
    expect(dialog()).toContain('Delete 3 instances?');
    expect([...document.querySelectorAll('.names b')].map((name) => name.textContent)).toEqual(names);
    await type(opened, 'delete 5');
    enter();
    expect(deleteMany).not.toHaveBeenCalled();
    await type(opened, 'delete 3');
    enter();
    expect(await opened.outcome).toEqual(names);
    expect(deleteMany).toHaveBeenCalledExactlyOnceWith(instances.map(({ id }) => id));
    await opened.shown.stable();
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toMatch(
      /3 instances are being deleted.*Show/s,
    );
  });

  it('stays with the reason when it is refused, and asks again', async () => {
    const deleteMany = vi.fn(() => Promise.resolve(answer)).mockRejectedValueOnce(failure);
    const opened = await openMany(some(), deleteMany);
    await type(opened, 'delete 3');
    enter();
    await vi.waitFor(() => expect(dialog()).toContain('Something failed. (request 8f14e45f)'));
    enter();
    expect(await opened.outcome).toEqual(names);
  });

  it('leaves alone what is protected', async () => {
    const guarded = anInstance({ user_name: 'guarded', deletion_protection: true });
    const deleteMany = vi.fn(() => Promise.resolve(answer));
    const opened = await openMany([...some(), guarded], deleteMany);
    expect(dialog()).toContain('Delete 3 instances?');
    expect(dialog()).toContain('Protected, stays');
    await type(opened, 'delete 3');
    enter();
    expect(await opened.outcome).toEqual(names);
  });

  it.each([
    [2, true, 'Deletion protection is on for all of these instances'],
    [501, false, 'No more than 500 can be deleted at once.'],
  ])('has nothing to confirm for %i, protected: %s', async (count, deletion_protection, reason) => {
    const instances = Array.from({ length: count }, () => anInstance({ deletion_protection }));
    const opened = await openMany(instances, vi.fn());
    expect(dialog()).toContain(reason);
    expect(field()).toBeNull();
    await (await button(opened, 'Keep them')).click();
    expect(await opened.outcome).toEqual([]);
  });
});
