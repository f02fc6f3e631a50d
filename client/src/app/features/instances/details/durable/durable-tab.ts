import { Component, computed, inject, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { InstancePage } from '../instance-page';
import { durableText } from './durable.text';
import { DurableDetails } from './durable-details';
import { DurableList } from './durable-list';

/** The durable functions of an instance: all of them, or the one that the address names. */
@Component({
  selector: 'tg-durable-tab',
  imports: [DurableDetails, DurableList, MatIcon],
  template: `
    @if (running(); as instance) {
      @if (function(); as id) {
        <tg-durable-details [instanceId]="instance.id" [functionId]="id" />
      } @else {
        <tg-durable-list [instanceId]="instance.id" [status]="status()" />
      }
    } @else if (durable()) {
      <p class="card resting"><mat-icon svgIcon="info" aria-hidden="true" />{{ text.notRunning }}</p>
    }
  `,
  styles: `
    .resting {
      display: flex;
      gap: 12px;
      color: var(--tg-text-2);
    }
    mat-icon {
      flex: none;
      width: 20px;
      height: 20px;
    }
  `,
})
export class DurableTab {
  // From the address.
  readonly status = input<string>();
  readonly function = input<string>();
  protected readonly text = durableText;
  readonly #page = inject(InstancePage);
  /** Whoever comes by the address of an instance without durable functions is about to be led away. */
  protected readonly durable = computed(() => {
    const instance = this.#page.instance();
    return instance?.image_type === 'pg_durable' ? instance : undefined;
  });
  protected readonly running = computed(() => {
    const instance = this.durable();
    return instance?.state === 'running' ? instance : undefined;
  });
}
