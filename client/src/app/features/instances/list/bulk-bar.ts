import { Component, computed, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatTooltip } from '@angular/material/tooltip';
import type { InstanceSummary } from '#sdk';
import { Format } from '../../../core/format';
import { InstanceActions } from '../actions/instance-actions';
import { isDeletable } from '../actions/offers';
import { listText } from './instance-list.text';
import { Selection } from './selection';

/** What can be done to everything that is ticked. It floats, so that nothing moves when it comes. */
@Component({
  selector: 'tg-bulk-bar',
  imports: [MatButton, MatIcon, MatIconButton, MatTooltip],
  template: `
    <p>
      <b role="status">{{ count() }}</b>
      <span>{{ hint() }}</span>
    </p>
    <button
      matButton="filled"
      class="delete"
      type="button"
      [disabled]="deletable().length === 0"
      disabledInteractive
      [matTooltip]="text.noneDeletable"
      [matTooltipDisabled]="deletable().length > 0"
      (click)="remove()"
    >
      <mat-icon svgIcon="delete" />{{ text.deleteSelected }}
    </button>
    <button matIconButton type="button" class="clear" [attr.aria-label]="text.clearSelection" (click)="clear()">
      <mat-icon svgIcon="close" />
    </button>
  `,
  styleUrl: './bulk-bar.scss',
  host: { role: 'region', '[attr.aria-label]': 'text.selection' },
})
export class BulkBar {
  /** The page that is shown. */
  readonly rows = input.required<readonly InstanceSummary[]>();
  /** It goes away, and with it what had the focus. */
  readonly left = output();
  protected readonly text = listText;
  protected readonly selection = inject(Selection);
  readonly #actions = inject(InstanceActions);
  readonly #format = inject(Format);

  protected readonly deletable = computed(() => this.selection.instances().filter(isDeletable));
  protected readonly count = computed(() => listText.selected(this.#format.number(this.selection.instances().length)));
  /** Which these are; on other pages nobody sees them ticked. */
  protected readonly hint = computed(() => {
    const shown = new Set(this.rows().map(({ id }) => id));
    const selected = this.selection.instances();
    const elsewhere = selected.filter(({ id }) => !shown.has(id)).length;
    return elsewhere > 0
      ? listText.elsewhere(this.#format.number(elsewhere))
      : selected.map(({ user_name: name }) => name).join(', ');
  });

  protected clear(): void {
    this.selection.clear();
    this.left.emit();
  }

  protected async remove(): Promise<void> {
    const asked = this.deletable();
    if (asked.length === 0) {
      return;
    }
    const begun = new Set(await this.#actions.delete(asked));
    this.selection.set(
      asked.filter(({ user_name: name }) => begun.has(name)),
      false,
    );
    if (this.selection.instances().length === 0) {
      this.left.emit();
    }
  }
}
