import { NgTemplateOutlet } from '@angular/common';
import { Component, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatTableModule } from '@angular/material/table';
import { RouterLink } from '@angular/router';
import type { Batch, BatchItem } from '#sdk';
import { Viewport } from '../../../core/viewport';
import { orchestrationKind, Status } from '../../../ui/status';
import { batchesText } from '../batches.text';
import { RetryItem } from './retry-item';

/** The instances of a batch, with what has become of each, why, and the way on. */
@Component({
  selector: 'tg-batch-items',
  imports: [MatButton, MatTableModule, NgTemplateOutlet, RetryItem, RouterLink, Status],
  templateUrl: './batch-items.html',
  styleUrl: './batch-items.scss',
})
export class BatchItems {
  readonly kind = input.required<Batch['kind']>();
  readonly items = input.required<readonly BatchItem[]>();
  protected readonly text = batchesText;
  protected readonly viewport = inject(Viewport);
  protected readonly columns = ['instance', 'state', 'reason', 'actions'];
  protected readonly positionOf = (_: number, { position }: BatchItem): number => position;
  protected readonly statusOf = ({ status }: BatchItem) => orchestrationKind(status);

  /** The page of the instance. What is removed for good has none under its name, which may be another's by now. */
  protected pathOf({ name, instance_id: id }: BatchItem): string | null {
    if (id === null) {
      return null;
    }
    return `/instances/${this.kind() === 'purge' ? id : name}`;
  }

  /** Where it failed before it began, it can be asked for by itself, under another name for example. */
  protected createAgain({ status, orchestration_id: operation }: BatchItem): boolean {
    return this.kind() === 'create' && status === 'failed' && operation === null;
  }
}
