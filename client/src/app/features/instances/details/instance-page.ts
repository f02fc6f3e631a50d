import { computed, inject, Injectable, signal, untracked } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { type InstanceDetails, ToygresError } from '#sdk';
import { TOYGRES } from '../../../core/toygres';
import { checkInstance, patchInstance } from '../../../live/instance-patch';
import { liveQuery } from '../../../live/live-query';
import { InstanceRequests, withAccepted } from '../actions/instance-requests';

/** The instance that the details page shows; provided by the page, injected by its tabs. */
@Injectable()
export class InstancePage {
  readonly #toygres = inject(TOYGRES);
  /** From the address: a name or an id. */
  readonly name = signal<string | undefined>(undefined);
  readonly query = liveQuery<string, InstanceDetails>({
    params: () => this.name(),
    load: (name, signal) => this.#read(name, signal),
    patch: patchInstance,
    check: checkInstance,
  });
  /** Undefined until the instance of this address has been read. */
  readonly instance = computed(() => {
    const instance = this.query.value();
    return instance && [instance.user_name, instance.id].includes(this.name() ?? '') ? instance : undefined;
  });
  /** There is none. An instance that was seen stays on the page when it is purged. */
  readonly missing = computed(() => this.instance() === undefined && isNotFound(this.query.error()));
  /** It became ready while somebody was looking, or for somebody who has just asked for it. */
  readonly justCreated = signal(false);

  constructor() {
    inject(InstanceRequests)
      .accepted.pipe(takeUntilDestroyed())
      .subscribe((accepted) => this.query.update((instance) => withAccepted(instance, accepted)));
  }

  /** Once an instance is purged its name leads nowhere, or to another one; its id still leads to it. */
  async #read(name: string, signal: AbortSignal): Promise<InstanceDetails> {
    try {
      return await this.#toygres.instances.get(name, { signal });
    } catch (error) {
      const known = untracked(this.instance);
      if (known && isNotFound(error)) {
        return this.#toygres.instances.get(known.id, { signal });
      }
      throw error;
    }
  }
}

const isNotFound = (error: unknown): boolean => error instanceof ToygresError && error.status === 404;
