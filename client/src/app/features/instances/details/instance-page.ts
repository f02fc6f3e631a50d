import { computed, inject, Injectable, signal } from '@angular/core';
import type { InstanceDetails } from '#sdk';
import { TOYGRES } from '../../../core/toygres';
import { patchInstance } from '../../../live/instance-patch';
import { liveQuery } from '../../../live/live-query';

/** The instance that the details page shows; provided by the page, injected by its tabs. */
@Injectable()
export class InstancePage {
  readonly #toygres = inject(TOYGRES);
  /** From the address. */
  readonly name = signal<string | undefined>(undefined);
  readonly query = liveQuery<string, InstanceDetails>({
    params: () => this.name(),
    load: (name, signal) => this.#toygres.instances.get(name, { signal }),
    patch: patchInstance,
  });
  readonly instance = this.query.value;
  readonly found = computed(() => this.instance() !== undefined);
}
