import { Component, input } from '@angular/core';
import type { OrchestrationRecord } from '#sdk';

/** The activities of an operation with their attempts, waits and undoing, as bars on one time axis. */
@Component({ selector: 'tg-operation-timeline', template: `` })
export class OperationTimeline {
  readonly operation = input.required<OrchestrationRecord>();
}
