import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import type { OrchestrationRecord } from '#sdk';
import type { IconName } from '../../ui/icons';
import { OperationRequests } from './operation-requests';
import { operationName, operationsText } from './operations.text';

interface Offer {
  readonly label: string;
  /** Said in a list of many rows, the label alone would tell nothing. */
  readonly name: string;
  readonly icon: IconName;
  readonly run: () => Promise<void>;
}

/** Calls an operation off, or goes on with it, where that is possible now. */
@Component({
  selector: 'tg-operation-buttons',
  imports: [MatButton, MatIcon],
  template: `
    @for (offer of offers(); track offer.icon) {
      <button
        matButton="outlined"
        type="button"
        [class.small-button]="!large()"
        [disabled]="busy()"
        disabledInteractive
        [attr.aria-label]="offer.name"
        (click)="once(offer)"
      >
        @if (large()) {
          <mat-icon [svgIcon]="offer.icon" />
        }
        {{ offer.label }}
      </button>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 8px;
      white-space: nowrap;
    }
  `,
})
export class OperationButtons {
  readonly operation = input.required<OrchestrationRecord>();
  /** In the header of a page. */
  readonly large = input(false);
  protected readonly busy = signal(false);
  readonly #requests = inject(OperationRequests);

  protected readonly offers = computed(() => {
    const operation = this.operation();
    const name = operationName(operation);
    const { cancel, cancelOf, retry, retryOf } = operationsText;
    const offers: readonly (Offer | false)[] = [
      operation.cancellable && {
        label: cancel,
        name: cancelOf(name),
        icon: 'cancel',
        run: () => this.#requests.cancel(operation),
      },
      operation.retryable && {
        label: retry,
        name: retryOf(name),
        icon: 'replay',
        run: () => this.#requests.retry(operation),
      },
    ];
    return offers.filter((offer) => offer !== false);
  });

  protected async once({ run }: Offer): Promise<void> {
    if (this.busy()) {
      return;
    }
    this.busy.set(true);
    try {
      await run();
    } finally {
      this.busy.set(false);
    }
  }
}
