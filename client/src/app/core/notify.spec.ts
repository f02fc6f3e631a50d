import { TestBed } from '@angular/core/testing';
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
  });
});
