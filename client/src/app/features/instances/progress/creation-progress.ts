import { Component, input } from '@angular/core';
import type { InstanceDetails } from '#sdk';

/** How the creation of an instance goes on, step by step. */
@Component({ selector: 'tg-creation-progress', template: `{{ instance().user_name }}` })
export class CreationProgress {
  readonly instance = input.required<InstanceDetails>();
}
