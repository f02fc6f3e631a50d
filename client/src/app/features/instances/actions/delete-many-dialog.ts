import { Component, computed, ElementRef, inject, signal, viewChild } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import { type InstanceSummary, ToygresError } from '#sdk';
import { Capabilities } from '../../../core/capabilities';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { sentenceOf } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import type { IconName } from '../../../ui/icons';
import { deleteText } from './actions.text';
import type { DeleteRequest } from './delete-request';
import { confirms, TypeToConfirm } from './type-to-confirm';

/** So many deletions are asked for at a time. */
const PARALLEL = 4;

interface Outcome {
  readonly kind: 'waiting' | 'running' | 'begun' | 'failed' | 'protected';
  /** Why it failed. */
  readonly problem?: string;
}

const HOUR_MS = 3_600_000;

const ICONS: Readonly<Record<Outcome['kind'], IconName>> = {
  waiting: 'schedule',
  running: 'autorenew',
  begun: 'check_circle',
  failed: 'error',
  protected: 'shield',
};

/** Asks whether to delete several instances, and shows what becomes of each. */
@Component({
  selector: 'tg-delete-many-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle, MatIcon, TypeToConfirm],
  templateUrl: './delete-many-dialog.html',
  styleUrl: './delete-dialog.scss',
})
export class DeleteManyDialog {
  protected readonly text = deleteText;
  protected readonly icons = ICONS;
  readonly #request = inject<DeleteRequest>(MAT_DIALOG_DATA);
  readonly #ref = inject<MatDialogRef<DeleteManyDialog>>(MatDialogRef);
  readonly #toygres = inject(TOYGRES);
  readonly #format = inject(Format);
  readonly #offer = inject(Capabilities).value;
  readonly #now = inject(Clock).now;

  protected readonly instances = this.#request.instances;
  readonly #deletable = this.instances.filter(({ deletion_protection: isProtected }) => !isProtected);
  readonly #outcomes = signal<ReadonlyMap<string, Outcome>>(
    new Map(this.instances.map(({ id, deletion_protection: kept }) => [id, { kind: kept ? 'protected' : 'waiting' }])),
  );
  readonly #failed = computed(() => this.#deletable.filter(({ id }) => this.outcome(id).kind === 'failed'));

  private readonly submitButton = viewChild.required<unknown, ElementRef<HTMLElement>>('submitButton', {
    read: ElementRef,
  });

  protected readonly anyDeletable = this.#deletable.length > 0;
  protected readonly count = this.#format.number(this.#deletable.length);
  protected readonly meaning = computed(() => {
    const hours = this.#offer()?.keep_deleted_hours;
    if (hours === undefined) {
      return deleteText.keptManyAWhile;
    }
    return hours === 0
      ? deleteText.finalMany
      : deleteText.keptMany(this.#format.absolute(this.#now().getTime() + hours * HOUR_MS));
  });
  protected readonly phrase = deleteText.phraseMany(this.count);
  protected readonly typed = signal('');
  protected readonly pending = signal(false);
  /** It has been confirmed; from then on the outcomes are shown. */
  protected readonly begun = signal(false);
  protected readonly ready = computed(() => this.begun() || confirms(this.typed(), this.phrase));
  protected readonly summary = computed(() => {
    const failed = this.#failed().length;
    if (failed === 0 || this.pending()) {
      return undefined;
    }
    return failed === this.#deletable.length
      ? deleteText.allFailed
      : deleteText.someFailed(this.#format.number(failed), this.count);
  });
  protected readonly submitLabel = computed(() => {
    if (this.pending()) {
      return deleteText.submitting;
    }
    return this.begun()
      ? deleteText.tryFailed(this.#format.number(this.#failed().length))
      : deleteText.submitMany(this.count);
  });

  protected outcome(id: string): Outcome {
    return this.#outcomes().get(id) ?? { kind: 'waiting' };
  }

  protected wordOf({ kind, problem }: Outcome): string {
    switch (kind) {
      case 'waiting':
        return deleteText.outcomeWaiting;
      case 'running':
        return deleteText.outcomeRunning;
      case 'begun':
        return deleteText.outcomeBegun;
      case 'protected':
        return deleteText.protectedShort;
      case 'failed':
        return problem ?? '';
    }
  }

  protected close(): void {
    this.#ref.close();
  }

  protected async submit(): Promise<void> {
    if (!this.ready() || this.pending() || !this.anyDeletable) {
      return;
    }
    const queue = this.begun() ? this.#failed() : [...this.#deletable];
    // The field, which may have the focus, goes away.
    this.submitButton().nativeElement.focus();
    this.begun.set(true);
    this.pending.set(true);
    this.#ref.disableClose = true;
    queue.forEach(({ id }) => this.#note(id, { kind: 'waiting' }));
    const work = queue.values();
    await Promise.all(Array.from({ length: PARALLEL }, () => this.#deleteAll(work)));
    this.pending.set(false);
    this.#ref.disableClose = false;
    if (this.#failed().length === 0) {
      this.#ref.close();
    }
  }

  /** Takes what nobody else has taken yet, until nothing is left. */
  async #deleteAll(work: Iterable<InstanceSummary>): Promise<void> {
    for (const instance of work) {
      this.#note(instance.id, { kind: 'running' });
      try {
        const answer = await this.#toygres.instances.delete(instance.id);
        this.#note(instance.id, { kind: 'begun' });
        this.#request.begun(instance, answer);
      } catch (error) {
        this.#note(instance.id, { kind: 'failed', problem: problemOf(error) });
      }
    }
  }

  #note(id: string, outcome: Outcome): void {
    this.#outcomes.update((outcomes) => new Map(outcomes).set(id, outcome));
  }
}

/** Protection may have been turned on after the list was read. */
function problemOf(error: unknown): string {
  return error instanceof ToygresError && error.code === 'deletion_protected'
    ? deleteText.protectedShort
    : sentenceOf(error);
}
