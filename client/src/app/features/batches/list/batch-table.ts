import { Component, inject, input } from '@angular/core';
import { MatProgressBar } from '@angular/material/progress-bar';
import { MatTableModule } from '@angular/material/table';
import { RouterLink } from '@angular/router';
import type { Batch } from '#sdk';
import { Ago } from '../../../ui/ago';
import { Status } from '../../../ui/status';
import { BatchFacts, batchKind } from '../batch-facts';
import { batchesText } from '../batches.text';

/** Batches as rows. */
@Component({
  selector: 'tg-batch-table',
  imports: [Ago, MatProgressBar, MatTableModule, RouterLink, Status],
  templateUrl: './batch-table.html',
  styleUrl: './batch-table.scss',
})
export class BatchTable {
  readonly batches = input.required<readonly Batch[]>();
  protected readonly text = batchesText;
  protected readonly facts = inject(BatchFacts);
  protected readonly statusOf = batchKind;
  protected readonly columns = ['batch', 'state', 'done', 'result', 'started', 'took', 'by'];
  protected readonly idOf = (_: number, { id }: Batch): string => id;
}
