import { inject, Injectable } from '@angular/core';
import type { Capabilities as CapabilitiesOffer } from '#sdk';
import { liveQuery } from '../live/live-query';
import { TOYGRES } from './toygres';

/** What this installation offers: versions, limits, prices. Read once, and again after the server was away. */
@Injectable({ providedIn: 'root' })
export class Capabilities {
  readonly #toygres = inject(TOYGRES);
  readonly #query = liveQuery<true, CapabilitiesOffer>({
    params: () => true,
    load: (_, signal) => this.#toygres.capabilities({ signal }),
  });
  readonly value = this.#query.value;
  readonly error = this.#query.error;

  reload(): void {
    this.#query.reload();
  }
}
