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

  /** Of which instance there is a page: what was deleted has none under its name. */
  instanceOf({ kind, status, instance_name: name }: OrchestrationRecord): string | null {
    return kind === 'delete' && status === 'succeeded' ? null : name;
  }
}
