import { Component, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { BatchItem } from '#sdk';
import { Notify } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { batchesText } from '../batches.text';

/** Goes on with the operation of an item that has failed. */
@Component({
  selector: 'tg-retry-item',
  imports: [MatButton],
  template: `
    <button
      matButton="outlined"
      class="small-button"
      type="button"
      disabledInteractive
      [disabled]="busy()"
      [attr.aria-label]="text.retryOf(item().name)"
      (click)="retry()"
    >
      {{ text.retry }}
    </button>
  `,
})
export class RetryItem {
  readonly item = input.required<BatchItem>();
  protected readonly text = batchesText;
  protected readonly busy = signal(false);
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);

  protected async retry(): Promise<void> {
    const { name, orchestration_id: id } = this.item();
    if (id === null || this.busy()) {
      return;
    }
    this.busy.set(true);
    await this.#notify.attempt(async () => {
      await this.#toygres.orchestrations.retry(id);
      this.#notify.say(batchesText.saidRetry(name));
    });
    this.busy.set(false);
  }
}
