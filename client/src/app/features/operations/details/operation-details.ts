import { Component, input } from '@angular/core';

@Component({ selector: 'tg-operation-details', template: `` })
export class OperationDetails {
  /** From the address. */
  readonly id = input.required<string>();
}
