import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import type { OrchestrationRecord } from '#sdk';
import { OperationRequests } from './operation-requests';
import { operationName, operationsText } from './operations.text';

/** Calls an operation off, or goes on with it, where that is possible now. */
@Component({
  selector: 'tg-operation-buttons',
  imports: [MatButton, MatIcon],
  template: `
    @if (operation().cancellable) {
      <button
        matButton="outlined"
        type="button"
        [class.small-button]="!large()"
        [disabled]="busy()"
        disabledInteractive
        [attr.aria-label]="text.cancelOf(name())"
        (click)="cancel()"
      >
        @if (large()) {
          <mat-icon svgIcon="cancel" />
        }
        {{ text.cancel }}
      </button>
    }
    @if (operation().retryable) {
      <button
        matButton="outlined"
        type="button"
        [class.small-button]="!large()"
        [disabled]="busy()"
        disabledInteractive
        [attr.aria-label]="text.retryOf(name())"
        (click)="retry()"
      >
        @if (large()) {
          <mat-icon svgIcon="replay" />
        }
        {{ text.retry }}
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
  protected readonly text = operationsText;
  protected readonly busy = signal(false);
  readonly #requests = inject(OperationRequests);
  protected readonly name = computed(() => operationName(this.operation()));

  protected cancel(): Promise<void> {
    return this.#once(() => this.#requests.cancel(this.operation()));
  }

  protected retry(): Promise<void> {
    return this.#once(() => this.#requests.retry(this.operation()));
  }

  async #once(request: () => Promise<void>): Promise<void> {
    if (!this.busy()) {
      this.busy.set(true);
      await request();
      this.busy.set(false);
    }
  }
}
