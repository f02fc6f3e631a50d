import { inject, Injectable } from '@angular/core';
import { type Observable, Subject } from 'rxjs';
import type { OrchestrationRecord } from '#sdk';
import { Notify } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { operationName, operationsText } from './operations.text';

/** What is asked of the server for an operation. */
@Injectable({ providedIn: 'root' })
export class OperationRequests {
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);
  readonly #accepted = new Subject<OrchestrationRecord>();

  /** Each as it is now that a request was accepted: no event tells that something is called off. */
  readonly accepted: Observable<OrchestrationRecord> = this.#accepted;

  cancel(operation: OrchestrationRecord): Promise<void> {
    return this.#notify.attempt(async () => {
      await this.#toygres.orchestrations.cancel(operation.id);
      this.#accepted.next({ ...operation, cancellable: false, cancel_requested: true });
      this.#notify.say(operationsText.saidCancel(operationName(operation)));
    });
  }

  retry(operation: OrchestrationRecord): Promise<void> {
    return this.#notify.attempt(async () => {
      await this.#toygres.orchestrations.retry(operation.id);
      this.#accepted.next({ ...operation, retryable: false });
      this.#notify.say(operationsText.saidRetry(operationName(operation)));
    });
  }
}

/** The operation as it is now that something was accepted; as it was when an event has said more already. */
export function withAccepted(operation: OrchestrationRecord, accepted: OrchestrationRecord): OrchestrationRecord {
  const { id, status, cancellable, cancel_requested, retryable } = accepted;
  return operation.id === id && operation.status === status
    ? { ...operation, cancellable, cancel_requested, retryable }
    : operation;
}
