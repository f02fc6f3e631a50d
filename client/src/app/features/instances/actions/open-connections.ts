import { inject, Injectable } from '@angular/core';
import type { Usage } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { confirmText } from './actions.text';

/** How many connections to an instance were open when somebody last looked, in a sentence. */
@Injectable({ providedIn: 'root' })
export class OpenConnections {
  readonly #format = inject(Format);
  readonly #now = inject(Clock).now;

  /** Empty where none were open, or nobody has looked. */
  inWords(usage: Usage | null | undefined): string {
    if (!usage?.connections) {
      return '';
    }
    const count =
      usage.connections === 1 ? confirmText.oneOpen : confirmText.open(this.#format.number(usage.connections));
    return `${count} ${confirmText.asOf(this.#format.relative(usage.at, this.#now()))}`;
  }
}
