import { Component, computed, input } from '@angular/core';
import { shellText } from '../../shell/shell.text';
import { PageTabs } from '../../ui/page-tabs';
import { operationTabsText } from './operations.text';

/** Operations one by one, and what was asked for several instances at once. */
@Component({
  selector: 'tg-operation-tabs',
  imports: [PageTabs],
  template: `<tg-page-tabs [label]="label" [tabs]="tabs()" />`,
})
export class OperationTabs {
  readonly active = input.required<'operations' | 'batches'>();
  protected readonly label = shellText.operations;
  protected readonly tabs = computed(() => [
    { label: operationTabsText.operations, link: '/operations', active: this.active() === 'operations' },
    { label: operationTabsText.batches, link: '/batches', active: this.active() === 'batches' },
  ]);
}
