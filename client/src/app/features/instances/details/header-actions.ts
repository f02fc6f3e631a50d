import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenuModule } from '@angular/material/menu';
import type { InstanceDetails } from '#sdk';
import { Notify } from '../../../core/notify';
import { type InstanceAction, InstanceActions } from '../actions/instance-actions';
import { detailsText } from './details.text';

/** Actions that lead to this page, where the reader already is, or to what its tabs show. */
const HERE = new Set(['details', 'investigate', 'health', 'activity']);

/** What can be done to the instance: the one thing to do next, the rest in a menu. */
@Component({
  selector: 'tg-header-actions',
  imports: [MatButton, MatIcon, MatIconButton, MatMenuModule],
  templateUrl: './header-actions.html',
  styleUrl: './header-actions.scss',
  host: { '[class.lone]': '!primary() && !aside()' },
})
export class HeaderActions {
  readonly instance = input.required<InstanceDetails>();
  /** Path of the tab that is open. */
  readonly tab = input.required<string>();
  protected readonly text = detailsText;
  protected readonly busy = signal(false);
  readonly #actions = inject(InstanceActions);
  readonly #notify = inject(Notify);

  protected readonly primary = computed(() => {
    const action = this.#actions.primary(this.instance());
    // On the Connection tab, copying is what comes next.
    return HERE.has(action.id) || (action.id === 'connect' && this.tab() === 'connection') ? undefined : action;
  });
  readonly #others = computed(() => this.#actions.others(this.instance()).filter(({ id }) => !HERE.has(id)));
  /** Where there is no next step, the only way out is in sight. */
  protected readonly aside = computed(() =>
    this.instance().state !== 'running' && this.#others().length === 1 ? this.#others()[0] : undefined,
  );
  protected readonly menu = computed(() => (this.aside() ? [] : this.#others()));

  protected async run(action: InstanceAction): Promise<void> {
    if (this.busy()) {
      return;
    }
    this.busy.set(true);
    try {
      await action.run();
    } catch (error) {
      this.#notify.problem(error);
    } finally {
      this.busy.set(false);
    }
  }
}
