import { Component, input } from '@angular/core';
import type { InstanceSummary } from '#sdk';

/** The primary action of an instance as a button, the others in a menu. */
@Component({ selector: 'tg-action-buttons', template: `` })
export class ActionButtons {
  readonly instance = input.required<InstanceSummary>();
  /** On tablets every action is in the menu. */
  readonly menuOnly = input(false);
}
