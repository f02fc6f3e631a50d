import { Component, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { Batch } from '#sdk';
import { Ago } from '../../../ui/ago';
import { Status } from '../../../ui/status';
import { BatchFacts, batchKind } from '../batch-facts';

/** Batches where there is no room for a table: each opens its page. */
@Component({
  selector: 'tg-batch-cards',
  imports: [Ago, MatProgressBar, RouterLink, Status],
  template: `
    <ul>
      @for (batch of batches(); track batch.id) {
        <li class="card">
          <div class="line">
            <a [routerLink]="['/batches', batch.id]">{{ facts.title(batch) }}</a>
            <tg-status [kind]="statusOf(batch)" />
          </div>
          @if (batch.status === 'running') {
            <mat-progress-bar aria-hidden="true" [value]="facts.percent(batch)" />
          }
          <p class="small">{{ batch.status === 'running' ? facts.headline(batch) : facts.result(batch) }}</p>
          <p class="line small muted">
            <tg-ago [at]="batch.created_at" />
            <span class="tabular">{{ facts.took(batch) }}</span>
          </p>
        </li>
      }
    </ul>
  `,
  styleUrl: './batch-cards.scss',
})
export class BatchCards {
  readonly batches = input.required<readonly Batch[]>();
  protected readonly facts = inject(BatchFacts);
  protected readonly statusOf = batchKind;
}
