import { Component, inject, input, output } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatProgressBar } from '@angular/material/progress-bar';
import {
  MatCell,
  MatCellDef,
  MatColumnDef,
  MatHeaderCell,
  MatHeaderCellDef,
  MatHeaderRow,
  MatHeaderRowDef,
  MatRow,
  MatRowDef,
  MatTable,
} from '@angular/material/table';
import { RouterLink } from '@angular/router';
import type { OrchestrationRecord } from '#sdk';
import { operationKind, Status } from '../../../ui/status';
import { OperationError } from '../error/operation-error';
import { OperationButtons } from '../operation-buttons';
import { OperationFacts } from '../operation-facts';
import { kindWord, operationName, operationsText } from '../operations.text';
import { OperationTimeline } from '../timeline/operation-timeline';

/** Operations as rows, each of which unfolds into its steps. */
@Component({
  selector: 'tg-operation-table',
  imports: [
    MatButton,
    MatCell,
    MatCellDef,
    MatColumnDef,
    MatHeaderCell,
    MatHeaderCellDef,
    MatHeaderRow,
    MatHeaderRowDef,
    MatIcon,
    MatIconButton,
    MatProgressBar,
    MatRow,
    MatRowDef,
    MatTable,
    OperationButtons,
    OperationError,
    OperationTimeline,
    RouterLink,
    Status,
  ],
  templateUrl: './operation-table.html',
  styleUrl: './operation-table.scss',
})
export class OperationTable {
  readonly operations = input.required<readonly OrchestrationRecord[]>();
  /** Ids of the unfolded ones. */
  readonly expanded = input.required<ReadonlySet<string>>();
  readonly toggled = output<string>();
  protected readonly text = operationsText;
  protected readonly facts = inject(OperationFacts);
  protected readonly columns = [
    'expand',
    'operation',
    'instance',
    'state',
    'steps',
    'started',
    'took',
    'by',
    'actions',
  ];
  protected readonly kindWord = kindWord;
  protected readonly nameOf = operationName;
  protected readonly statusOf = operationKind;
  protected readonly idOf = (_: number, { id }: OrchestrationRecord): string => id;
}
