import { TestBed } from '@angular/core/testing';
import { MatButtonHarness } from '@angular/material/button/testing';
import { type DeleteInstanceResponse, type InstanceDetails, type InstanceSummary, ToygresError } from '#sdk';
import { ConsoleTest, type Shown } from '../../../../testing/console';
import { anEvent, anInstance } from '../../../../testing/samples';
import { ActionButtons } from './action-buttons';
import { InstanceActions } from './instance-actions';

const accepted: DeleteInstanceResponse = { orchestration_id: 'delete-x', message: 'Instance deletion started' };
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
  remove: (id: string) => Promise<DeleteInstanceResponse>,
  get: () => Promise<InstanceDetails> = () => Promise.resolve(instances[0] as InstanceDetails),
): Promise<Opened> {
  const test = new ConsoleTest({ instances: { get, delete: remove } });
  const shown = await test.show(ActionButtons, { instance: instances[0] });
  const actions = TestBed.inject(InstanceActions);
  const deleting: string[] = [];
  actions.deleting.subscribe(({ user_name: name }) => deleting.push(name));
  const outcome = actions.delete(instances);
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
const enter = (): void => field().form?.requestSubmit();

describe('asking whether to delete an instance', () => {
  it('says what is lost, and that it is final', async () => {
    const instance = anInstance({
      usage: { data_bytes: 74e9, databases: 3, connections: 6, at: new Date().toISOString() },
    });
    const opened = await open([instance], vi.fn());
    await vi.waitFor(() => expect(dialog()).toContain('74 GB of data in 3 databases'));
    expect(dialog()).toContain('Delete orders-prod?');
    expect(dialog()).toContain('cannot be undone');
    expect(dialog()).toContain('localhost:15432');
    expect(dialog()).toContain('6 connections are open.');
    expect(dialog()).toContain('The name becomes free');
    await (await button(opened, 'Keep it')).click();
    expect(await opened.outcome).toEqual([]);
  });

  it('names the whole volume where nobody has looked into it', async () => {
    await open([anInstance({ usage: null, dns_connection_string: null, ip_connection_string: null })], vi.fn());
    await vi.waitFor(() => expect(dialog()).toContain('All data on its volume of 200 GB'));
    expect(dialog()).not.toContain('Stops answering');
  });

  it('wants the name, and deletes by the id', async () => {
    const instance = anInstance();
    const remove = vi.fn(() => Promise.resolve(accepted));
    const opened = await open([instance], remove);
    const submit = await button(opened, /Delete instance/);
    expect(await submit.isDisabled()).toBe(true);
    await type(opened, 'orders-pro');
    enter();
    expect(await submit.isDisabled()).toBe(true);
    expect(remove).not.toHaveBeenCalled();
    await type(opened, 'orders-prod ');
    expect(await submit.isDisabled()).toBe(false);
    enter();
    expect(await opened.outcome).toEqual(['orders-prod']);
    expect(remove).toHaveBeenCalledExactlyOnceWith(instance.id);
    expect(opened.deleting).toEqual(['orders-prod']);
    await opened.shown.stable();
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('orders-prod is being deleted.');
  });

  it('can not be asked twice', async () => {
    let accept = (_: DeleteInstanceResponse): void => undefined;
    const remove = vi.fn(() => new Promise<DeleteInstanceResponse>((resolve) => (accept = resolve)));
    const opened = await open([anInstance()], remove);
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
    await type(opened, 'orders-prod');
    enter();
    await vi.waitFor(() => expect(dialog()).toContain('Something failed. (request 8f14e45f)'));
    expect(opened.deleting).toEqual([]);
    enter();
    expect(await opened.outcome).toEqual(['orders-prod']);
  });

  it('has no field where the instance is protected', async () => {
    const opened = await open([anInstance({ deletion_protection: true })], vi.fn());
    expect(dialog()).toContain('Deletion protection is on');
    expect(field()).toBeNull();
    expect(await opened.shown.page.getAllHarnesses(MatButtonHarness.with({ text: /Delete instance/ }))).toEqual([]);
  });

  it('has no field any more when somebody else deletes it', async () => {
    const instance = anInstance();
    const opened = await open([instance], vi.fn());
    await vi.waitFor(() => expect(dialog()).toContain('24 MB of data'));
    opened.test.event(anEvent('instance.state_changed', instance, { state: 'deleting' }));
    await opened.shown.stable();
    expect(dialog()).toContain('Its deletion has already begun.');
    expect(field()).toBeNull();
  });
});

describe('asking whether to delete several instances', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const some = () => names.map((user_name) => anInstance({ user_name }));

  it('lists them, and wants to read how many they are', async () => {
    const remove = vi.fn(() => Promise.resolve(accepted));
    const opened = await open(some(), remove);
    expect(dialog()).toContain('Delete 6 instances?');
    expect([...document.querySelectorAll('.names b')].map((name) => name.textContent)).toEqual(names);
    await type(opened, 'delete 5');
    enter();
    expect(remove).not.toHaveBeenCalled();
    await type(opened, 'delete 6');
    enter();
    expect(await opened.outcome).toEqual(names);
    await opened.shown.stable();
    expect(document.querySelector('mat-snack-bar-container')?.textContent).toContain('6 instances are being deleted.');
  });

  it('deletes four at a time', async () => {
    const pending: (() => void)[] = [];
    const remove = vi.fn(() => new Promise<DeleteInstanceResponse>((resolve) => pending.push(() => resolve(accepted))));
    const opened = await open(some(), remove);
    await type(opened, 'delete 6');
    enter();
    await opened.shown.stable();
    expect(remove).toHaveBeenCalledTimes(4);
    pending[0]?.();
    await vi.waitFor(() => expect(remove).toHaveBeenCalledTimes(5));
    await opened.shown.stable();
    const outcomes = [...document.querySelectorAll('.outcome')].map((outcome) => outcome.textContent.trim());
    expect(outcomes).toEqual(['Deletion has begun', 'Asking', 'Asking', 'Asking', 'Asking', 'Waiting']);
    pending.forEach((resolve) => resolve());
    await vi.waitFor(() => expect(remove).toHaveBeenCalledTimes(6));
    pending.forEach((resolve) => resolve());
    expect(await opened.outcome).toHaveLength(6);
  });

  it('shows which failed, and tries only those again', async () => {
    const [a, b, c] = some();
    const remove = vi.fn((id: string) => (id === b!.id ? Promise.reject(failure) : Promise.resolve(accepted)));
    const opened = await open([a!, b!, c!], remove);
    await type(opened, 'delete 3');
    enter();
    await vi.waitFor(() => expect(dialog()).toContain('1 of 3 could not be deleted.'));
    expect(dialog()).toContain('Something failed. (request 8f14e45f)');
    expect(opened.deleting).toEqual(['a', 'c']);
    remove.mockClear();
    remove.mockResolvedValue(accepted);
    await (await button(opened, /Try 1 again/)).click();
    expect(await opened.outcome).toEqual(['a', 'c', 'b']);
    expect(remove).toHaveBeenCalledExactlyOnceWith(b!.id);
  });

  it('leaves alone what is protected', async () => {
    const [a, b] = some();
    const guarded = anInstance({ user_name: 'guarded', deletion_protection: true });
    const remove = vi.fn(() => Promise.resolve(accepted));
    const opened = await open([a!, guarded, b!], remove);
    expect(dialog()).toContain('Delete 2 instances?');
    expect(dialog()).toContain('Protected, stays');
    await type(opened, 'delete 2');
    enter();
    expect(await opened.outcome).toEqual(['a', 'b']);
  });

  it('has nothing to confirm where all are protected', async () => {
    const guarded = ['x', 'y'].map((user_name) => anInstance({ user_name, deletion_protection: true }));
    const opened = await open(guarded, vi.fn());
    expect(dialog()).toContain('Deletion protection is on for all of these instances');
    expect(field()).toBeNull();
    await (await button(opened, 'Keep them')).click();
    expect(await opened.outcome).toEqual([]);
  });
});
