import { Component, computed, inject, input, signal } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { RouterLink } from '@angular/router';
import type { OrchestrationRecord } from '#sdk';
import { Clock } from '../../../../core/clock';
import { Format } from '../../../../core/format';
import { Ago } from '../../../../ui/ago';
import { operationKind, Status } from '../../../../ui/status';
import { kindWord, OperationButtons, OperationTimeline } from '../../../operations';
import { activityText } from './activity.text';

/** Operations, each of which opens to its steps on a time axis. */
@Component({
  selector: 'tg-operation-rows',
  imports: [Ago, MatIcon, OperationButtons, OperationTimeline, RouterLink, Status],
  templateUrl: './operation-rows.html',
  styleUrl: './operation-rows.scss',
})
export class OperationRows {
  readonly operations = input.required<readonly OrchestrationRecord[]>();
  protected readonly text = activityText;
  protected readonly open = signal<ReadonlySet<string>>(new Set());
  readonly #format = inject(Format);
  readonly #clock = inject(Clock);

  protected readonly rows = computed(() =>
    this.operations().map((operation) => ({
      operation,
      kind: kindWord(operation.kind),
      status: operationKind(operation),
      time: this.#time(operation),
      by: activityText.startedBy(operation.started_by),
    })),
  );

  protected toggle(id: string): void {
    this.open.update((open) => {
      const next = new Set(open);
      if (!next.delete(id)) {
        next.add(id);
      }
      return next;
    });
  }

  #time({ started_at: start, finished_at: end }: OrchestrationRecord): string {
    if (start === null) {
      return '';
    }
    const from = Date.parse(start);
    return end === null
      ? activityText.runsFor(this.#format.elapsed(this.#clock.now().getTime() - from))
      : activityText.took(this.#format.duration(Date.parse(end) - from));
  }
}
