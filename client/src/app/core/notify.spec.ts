import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import { refusal } from '../../testing/details';
import { Notify } from './notify';

const said = (): string => document.querySelector('mat-snack-bar-container')?.textContent ?? '';

describe('a message', () => {
  it('says why an attempt failed, and nothing of one that did not', async () => {
    const notify = TestBed.inject(Notify);
    await notify.attempt(() => Promise.resolve());
    expect(said()).toBe('');
    await notify.attempt(() => Promise.reject(refusal(409, 'not_retryable', 'Nothing of it has failed.')));
    await vi.waitFor(() => expect(said()).toContain('Nothing of it has failed.'));
    expect(said()).toContain('Dismiss');
  });

  it('leads to the operation that is in the way', async () => {
    const go = vi.spyOn(TestBed.inject(Router), 'navigate').mockResolvedValue(true);
    const inTheWay = { orchestration_id: 'restart-orders-prod-1' };
    TestBed.inject(Notify).problem(refusal(423, 'orchestration_in_progress', 'It is being restarted.', inTheWay));
    await vi.waitFor(() => expect(said()).toContain('It is being restarted.'));
    const action = document.querySelector<HTMLElement>('mat-snack-bar-container button');
    expect(action?.textContent.trim()).toBe('Show operation');
    action?.click();
    expect(go).toHaveBeenCalledExactlyOnceWith(['/operations', 'restart-orders-prod-1']);
  });

  it('leads to more of what it says', async () => {
    const go = vi.spyOn(TestBed.inject(Router), 'navigateByUrl').mockResolvedValue(true);
    TestBed.inject(Notify).sayOf('12 instances are being deleted.', 'Show', '/batches/batch-delete-1');
    await vi.waitFor(() => expect(said()).toContain('12 instances are being deleted.'));
    document.querySelector<HTMLElement>('mat-snack-bar-container button')?.click();
    expect(go).toHaveBeenCalledExactlyOnceWith('/batches/batch-delete-1');
  });
});
