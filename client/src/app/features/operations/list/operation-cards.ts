import { Component, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { OrchestrationRecord } from '#sdk';
import { Ago } from '../../../ui/ago';
import { operationKind, Status } from '../../../ui/status';
import { OperationButtons } from '../operation-buttons';
import { OperationFacts } from '../operation-facts';
import { operationName } from '../operations.text';

/** Operations where there is no room for a table: each opens its page. */
@Component({
  selector: 'tg-operation-cards',
  imports: [Ago, MatProgressBar, OperationButtons, RouterLink, Status],
  template: `
    <ul>
      @for (operation of operations(); track operation.id) {
        <li class="card">
          <div class="line">
            <a [routerLink]="['/operations', operation.id]">{{ nameOf(operation) }}</a>
            <tg-status [kind]="statusOf(operation)" />
          </div>
          @if (operation.error) {
            <p class="small reason">{{ operation.error }}</p>
          }
          @if (operation.finished_at === null) {
            <mat-progress-bar aria-hidden="true" [value]="facts.percent(operation)" />
          }
          <p class="line small muted">
            <tg-ago [at]="operation.started_at ?? operation.created_at" />
            <span class="tabular">{{ facts.steps(operation) }} · {{ facts.took(operation) ?? '–' }}</span>
          </p>
          @if (operation.cancellable || operation.retryable) {
            <tg-operation-buttons [operation]="operation" />
          }
        </li>
      }
    </ul>
  `,
  styleUrl: './operation-cards.scss',
})
export class OperationCards {
  readonly operations = input.required<readonly OrchestrationRecord[]>();
  protected readonly facts = inject(OperationFacts);
  protected readonly nameOf = operationName;
  protected readonly statusOf = operationKind;
}
