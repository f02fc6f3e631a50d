import { Component, computed, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import type { IconName } from '../../../../ui/icons';
import { durableWord } from './durable.text';

/** What a durable function can be, in the order of its life. */
export const DURABLE_STATUSES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;
export type DurableStatusName = (typeof DURABLE_STATUSES)[number];

const ICONS: Readonly<Record<string, IconName>> = {
  pending: 'schedule',
  running: 'autorenew',
  completed: 'check_circle',
  failed: 'cancel-fill',
  cancelled: 'do_not_disturb_on',
};

/** Whether there is something left to cancel, or to wait for a signal. */
export const isOpen = (status: string): boolean => status === 'pending' || status === 'running';

/** Icon and word of what has become of a durable function, or of one of its steps. */
@Component({
  selector: 'tg-durable-status',
  imports: [MatIcon],
  template: `<mat-icon [svgIcon]="icon()" aria-hidden="true" /><span>{{ word() }}</span>`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 6px;
      color: var(--tg-text-2);
      font-size: 13px;
      white-space: nowrap;
    }
    mat-icon {
      flex: none;
      width: 16px;
      height: 16px;
    }
    :host(.completed) mat-icon {
      color: var(--tg-success);
    }
    :host(.running) mat-icon {
      color: var(--tg-primary-line);
    }
    :host(.failed),
    :host(.failed) mat-icon {
      color: var(--tg-error);
    }
  `,
  host: { '[class]': 'status()' },
})
export class DurableStatus {
  readonly status = input.required<string>();
  protected readonly icon = computed(() => ICONS[this.status()] ?? 'info');
  protected readonly word = computed(() => durableWord(this.status()));
}
