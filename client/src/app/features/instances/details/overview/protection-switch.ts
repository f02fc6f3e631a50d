import { Component, computed, inject, input, signal } from '@angular/core';
import { MatSlideToggle } from '@angular/material/slide-toggle';
import type { InstanceDetails } from '#sdk';
import { InstanceRequests } from '../../actions/instance-requests';
import { isPurgeable } from '../../actions/offers';
import { overviewText } from './overview.text';

/** Whether an instance can be deleted, as a switch. */
@Component({
  selector: 'tg-protection-switch',
  imports: [MatSlideToggle],
  template: `
    @if (changeable()) {
      <mat-slide-toggle
        #toggle
        hideIcon
        [aria-labelledby]="labelledBy()"
        [checked]="on()"
        [disabled]="busy()"
        disabledInteractive
        (change)="turn($event.checked); toggle.checked = on()"
      />
    }
    <span>{{ on() ? text.on : text.off }}</span>
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 8px;
    }
  `,
})
export class ProtectionSwitch {
  readonly instance = input.required<InstanceDetails>();
  readonly labelledBy = input.required<string>();
  protected readonly text = overviewText;
  readonly #requests = inject(InstanceRequests);
  protected readonly busy = signal(false);
  readonly #wanted = signal<boolean | undefined>(undefined);
  protected readonly on = computed(() => this.#wanted() ?? this.instance().deletion_protection);
  /** What is gone needs no protection. */
  protected readonly changeable = computed(() => isPurgeable(this.instance()));

  protected async turn(on: boolean): Promise<void> {
    this.busy.set(true);
    this.#wanted.set(on);
    await this.#requests.protect(this.instance(), on);
    this.#wanted.set(undefined);
    this.busy.set(false);
  }
}
