import { Component, computed, inject, input } from '@angular/core';
import { Clock } from '../core/clock';
import { Format } from '../core/format';

/** How long ago something was, ticking; the exact time in its tooltip. */
@Component({
  selector: 'tg-ago',
  template: `<time [attr.datetime]="at()" [title]="precise()">{{ relative() }}</time>`,
})
export class Ago {
  /** ISO 8601. */
  readonly at = input.required<string>();
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);
  protected readonly precise = computed(() => this.#format.precise(this.at()));
  protected readonly relative = computed(() => this.#format.relative(this.at(), this.#clock.now()));
}
