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

/** What the page itself offers where it says what it is for; here it is in the menu. */
const ON_PAGE = new Set(['start', 'undelete']);

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

  readonly #first = computed(() => this.#actions.primary(this.instance()));
  protected readonly primary = computed(() => {
    const action = this.#first();
    // On the Connection tab, copying is what comes next.
    const connecting = action.id === 'connect' && this.tab() === 'connection';
    return HERE.has(action.id) || ON_PAGE.has(action.id) || connecting ? undefined : action;
  });
  readonly #others = computed(() =>
    [...(ON_PAGE.has(this.#first().id) ? [this.#first()] : []), ...this.#actions.others(this.instance())].filter(
      ({ id }) => !HERE.has(id),
    ),
  );
  /** Where there is no next step, the only way out is in sight; so is the way back from a creation. */
  protected readonly aside = computed(() => {
    const others = this.#others();
    if (this.instance().state === 'creating') {
      return others.find(({ id, reason }) => id === 'cancel' && reason === undefined);
    }
    return this.instance().state !== 'running' && others.length === 1 ? others[0] : undefined;
  });
  protected readonly menu = computed(() => this.#others().filter((action) => action !== this.aside()));

  protected async run(action: InstanceAction): Promise<void> {
    if (this.busy()) {
      return;
    }
    this.busy.set(true);
    await this.#notify.attempt(() => action.run());
    this.busy.set(false);
  }
}
