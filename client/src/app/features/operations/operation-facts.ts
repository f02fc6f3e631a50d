import { inject, Injectable } from '@angular/core';
import type { OrchestrationRecord } from '#sdk';
import { Clock } from '../../core/clock';
import { Format } from '../../core/format';
import { progressOf } from '../../live/orchestration-patch';
import { operationsText } from './operations.text';

/** What rows, cards and the page of an operation say about it in figures. */
@Injectable({ providedIn: 'root' })
export class OperationFacts {
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);

  /** How long it took, or has taken so far; null before it has begun. */
  took({ started_at: started, finished_at: finished }: OrchestrationRecord): string | null {
    if (started === null) {
      return null;
    }
    const from = new Date(started).getTime();
    return finished === null
      ? this.#format.elapsed(this.#clock.now().getTime() - from)
      : this.#format.duration(new Date(finished).getTime() - from);
  }

  /** "3 of 6" */
  steps(operation: OrchestrationRecord): string {
    const { done, total } = progressOf(operation);
    return operationsText.stepsOf(this.#format.number(done), this.#format.number(total));
  }

  /** Steps done, in percent. */
  percent(operation: OrchestrationRecord): number {
    const { done, total } = progressOf(operation);
    return total === 0 ? 0 : (done / total) * 100;
  }

  /** "14:31:56" today, otherwise with the date. */
  started({ started_at: started, created_at: created }: OrchestrationRecord): string {
    const moment = new Date(started ?? created);
    return moment.toDateString() === this.#clock.now().toDateString()
      ? this.#format.clock(moment)
      : this.#format.absolute(moment);
  }

  /** What had to end before it could begin. */
  before({ after_id: id, status }: OrchestrationRecord): { readonly id: string; readonly label: string } | null {
    return id === null
      ? null
      : { id, label: status === 'pending' ? operationsText.waitsFor : operationsText.cameAfter };
  }

  /** "once", "3 times"; null when it was never gone on with. */
  retries({ retries }: OrchestrationRecord): string | null {
    if (retries === 0) {
      return null;
    }
    return retries === 1 ? operationsText.once : operationsText.times(this.#format.number(retries));
  }

  /** Of which instance there is a page: what was purged has none under its name. */
  instanceOf({ kind, status, instance_name: name }: OrchestrationRecord): string | null {
    return (kind === 'purge' && status === 'succeeded') || kind === 'clean-up' ? null : name;
  }
}
