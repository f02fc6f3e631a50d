import { inject, Injectable } from '@angular/core';
import type { OrchestrationRecord } from '#sdk';
import { Notify } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { operationName, operationsText } from './operations.text';

/** What is asked of the server for an operation. */
@Injectable({ providedIn: 'root' })
export class OperationRequests {
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);

  cancel(operation: OrchestrationRecord): Promise<void> {
    return this.#notify.attempt(async () => {
      await this.#toygres.orchestrations.cancel(operation.id);
      this.#notify.say(operationsText.saidCancel(operationName(operation)));
    });
  }

  retry(operation: OrchestrationRecord): Promise<void> {
    return this.#notify.attempt(async () => {
      await this.#toygres.orchestrations.retry(operation.id);
      this.#notify.say(operationsText.saidRetry(operationName(operation)));
    });
  }
}
