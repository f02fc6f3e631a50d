import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, effect, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { type OrchestrationRecord, ToygresError } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { TOYGRES } from '../../../core/toygres';
import { liveQuery } from '../../../live/live-query';
import { patchOrchestration } from '../../../live/orchestration-patch';
import { shellText } from '../../../shell/shell.text';
import { Ago } from '../../../ui/ago';
import { CopyButton } from '../../../ui/copy-button';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { Skeleton } from '../../../ui/skeleton';
import { operationKind, Status } from '../../../ui/status';
import { statusText } from '../../../ui/ui.text';
import { OperationError } from '../error/operation-error';
import { OperationButtons } from '../operation-buttons';
import { OperationFacts } from '../operation-facts';
import { operationName, operationsText } from '../operations.text';
import { OperationTimeline } from '../timeline/operation-timeline';

/** One operation: its steps, and what is known about it. */
@Component({
  selector: 'tg-operation-details',
  imports: [
    Ago,
    CopyButton,
    LoadError,
    MatButton,
    OperationButtons,
    OperationError,
    OperationTimeline,
    PageHeader,
    RouterLink,
    Skeleton,
    Status,
  ],
  templateUrl: './operation-details.html',
  styleUrl: './operation-details.scss',
})
export class OperationDetails {
  /** From the address. */
  readonly id = input.required<string>();
  protected readonly text = operationsText;
  protected readonly back = { link: '/operations', label: shellText.operations };
  protected readonly placeholders = Array.from({ length: 6 });
  protected readonly facts = inject(OperationFacts);
  protected readonly format = inject(Format);
  readonly #clock = inject(Clock);
  readonly #toygres = inject(TOYGRES);
  protected readonly query = liveQuery<string, OrchestrationRecord>({
    params: () => this.id(),
    load: (id, signal) => this.#toygres.orchestrations.get(id, { signal }),
    patch: patchOrchestration,
  });
  /** Never the operation of another address. */
  protected readonly operation = computed(() => {
    const operation = this.query.value();
    return operation?.id === this.id() ? operation : undefined;
  });
  protected readonly notFound = computed(() => {
    const error = this.query.error();
    return error instanceof ToygresError && error.status === 404;
  });
  protected readonly title = computed(() => {
    const operation = this.operation();
    return operation ? operationName(operation) : operationsText.operation;
  });
  protected readonly lead = computed(() => {
    const operation = this.operation();
    if (!operation) {
      return this.notFound() ? operationsText.notFoundHint : '';
    }
    const when = this.format.relative(operation.started_at ?? operation.created_at, this.#clock.now());
    return operationsText.startedLead(operation.started_by, when);
  });
  protected readonly status = computed(() => {
    const operation = this.operation();
    return operation && operationKind(operation);
  });

  /** With how long that is, while it is open. */
  protected readonly deadline = computed(() => {
    const { deadline, finished_at: end } = this.operation() ?? { deadline: '', finished_at: null };
    const now = this.#clock.now();
    const when = this.format.absolute(deadline);
    return end === null && Date.parse(deadline) > now.getTime()
      ? `${when}, ${this.format.relative(deadline, now)}`
      : when;
  });

  constructor() {
    const announcer = inject(LiveAnnouncer);
    let before: string | undefined;
    effect(() => {
      const status = this.status();
      const of = `${this.id()} `;
      if (status && before?.startsWith(of) && before !== of + status) {
        void announcer.announce(operationsText.changed(this.title(), statusText[status]));
      }
      before = status && of + status;
    });
  }
}
