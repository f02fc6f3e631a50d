import { Component, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { FailureCode } from '#sdk';
import { failuresText } from './failures.text';

/** Leads to what the catalogue says about a code. */
@Component({
  selector: 'tg-failure-link',
  imports: [RouterLink],
  template: `<a class="small" routerLink="/failures" [fragment]="code()">{{ text.about(code()) }}</a>`,
})
export class FailureLink {
  readonly code = input.required<FailureCode>();
  protected readonly text = failuresText;
}
