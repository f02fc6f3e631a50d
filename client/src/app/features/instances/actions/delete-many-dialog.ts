import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import { BATCH_MAX_ITEMS } from '#rules';
import { Capabilities } from '../../../core/capabilities';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { sentenceOf } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { deleteText } from './actions.text';
import type { DeleteManyRequest } from './delete-request';
import { confirms, TypeToConfirm } from './type-to-confirm';

const HOUR_MS = 3_600_000;

/** Asks whether to delete several instances, by one request. What becomes of each is on the page of that batch. */
@Component({
  selector: 'tg-delete-many-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle, MatIcon, TypeToConfirm],
  templateUrl: './delete-many-dialog.html',
  styleUrl: './delete-dialog.scss',
})
export class DeleteManyDialog {
  protected readonly text = deleteText;
  readonly #request = inject<DeleteManyRequest>(MAT_DIALOG_DATA);
  readonly #ref = inject<MatDialogRef<DeleteManyDialog>>(MatDialogRef);
  readonly #toygres = inject(TOYGRES);
  readonly #format = inject(Format);
  readonly #offer = inject(Capabilities).value;
  readonly #now = inject(Clock).now;

  protected readonly instances = this.#request.instances;
  readonly #deletable = this.instances.filter(({ deletion_protection: isProtected }) => !isProtected);
  /** Why there is nothing to confirm. */
  protected readonly refusal = this.#refusal();
  protected readonly count = this.#format.number(this.#deletable.length);
  protected readonly phrase = deleteText.phraseMany(this.count);
  protected readonly typed = signal('');
  protected readonly pending = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly ready = computed(() => confirms(this.typed(), this.phrase));
  protected readonly meaning = computed(() => {
    const hours = this.#offer()?.keep_deleted_hours;
    if (hours === undefined) {
      return deleteText.keptManyAWhile;
    }
    return hours === 0
      ? deleteText.finalMany
      : deleteText.keptMany(this.#format.absolute(this.#now().getTime() + hours * HOUR_MS));
  });
  protected readonly submitLabel = computed(() =>
    this.pending() ? deleteText.submitting : deleteText.submitMany(this.count),
  );

  protected close(): void {
    this.#ref.close();
  }

  protected async submit(): Promise<void> {
    if (!this.ready() || this.pending() || this.refusal !== undefined) {
      return;
    }
    this.pending.set(true);
    this.#ref.disableClose = true;
    this.problem.set(undefined);
    try {
      // By their ids: a name may mean another instance by the time that somebody has typed this.
      const answer = await this.#toygres.instances.deleteMany(this.#deletable.map(({ id }) => id));
      this.#request.begun(this.#deletable, answer);
      this.#ref.close();
    } catch (error) {
      this.problem.set(sentenceOf(error));
    } finally {
      this.pending.set(false);
      this.#ref.disableClose = false;
    }
  }

  #refusal(): string | undefined {
    if (this.#deletable.length === 0) {
      return deleteText.protectedAll;
    }
    return this.#deletable.length > BATCH_MAX_ITEMS
      ? deleteText.tooMany(this.#format.number(BATCH_MAX_ITEMS))
      : undefined;
  }
}
