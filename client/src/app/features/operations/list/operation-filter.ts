import { Component, computed, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { operationsText } from '../operations.text';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

/** "Kind any ▾": a filter that takes several values, in a menu that stays open while they are chosen. */
@Component({
  selector: 'tg-operation-filter',
  imports: [MatButton, MatIcon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './operation-filter.html',
  styleUrl: './operation-filter.scss',
})
export class OperationFilter {
  readonly label = input.required<string>();
  readonly options = input.required<readonly FilterOption[]>();
  readonly selected = input.required<readonly string[]>();
  readonly changed = output<readonly string[]>();
  protected readonly text = operationsText;
  protected readonly chosen = computed(
    () =>
      this.options()
        .filter(({ value }) => this.selected().includes(value))
        .map(({ label }) => label)
        .join(', ') || operationsText.any,
  );

  protected toggle(value: string, event: Event): void {
    // The menu would close.
    event.stopPropagation();
    const selected = this.selected();
    this.changed.emit(selected.includes(value) ? selected.filter((one) => one !== value) : [...selected, value]);
  }
}
