import { Component, computed, inject, signal } from '@angular/core';
import { FormField, form, submit, validate } from '@angular/forms/signals';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatIcon } from '@angular/material/icon';
import { MatInput } from '@angular/material/input';
import { sentenceOf } from '../../../../core/notify';
import { TOYGRES } from '../../../../core/toygres';
import { outlinedFormFields } from '../../../../ui/form-fields';
import { tellText } from './durable.text';
import type { Addressed } from './tell';

const REASON_MAX_LENGTH = 500;

/** Asks whether a function is to end, and why, and ends it. Closes with what pg_durable has said. */
@Component({
  selector: 'tg-cancel-dialog',
  imports: [
    FormField,
    MatButton,
    MatDialogActions,
    MatDialogContent,
    MatDialogTitle,
    MatFormFieldModule,
    MatIcon,
    MatInput,
  ],
  template: `
    <h2 mat-dialog-title>{{ text.cancelTitle }}</h2>
    <form novalidate [attr.aria-label]="text.cancelTitle" (submit)="$event.preventDefault(); cancel()">
      <mat-dialog-content>
        <p>{{ text.cancelMeaning }}</p>
        <div class="field">
          <label for="cancel-reason"
            >{{ text.reason }} <span class="muted small">{{ text.optional }}</span></label
          >
          <mat-form-field>
            <input matInput id="cancel-reason" type="text" autocomplete="off" [formField]="fields.reason" />
            <mat-hint>{{ text.reasonHint }}</mat-hint>
            @if (fields.reason().errors()[0]; as fault) {
              <mat-error>{{ fault.message }}</mat-error>
            }
          </mat-form-field>
        </div>
        @if (problem(); as problem) {
          <p class="note problem" role="alert"><mat-icon svgIcon="error" aria-hidden="true" />{{ problem }}</p>
        }
      </mat-dialog-content>
      <mat-dialog-actions>
        <button matButton="outlined" type="button" data-first [disabled]="sending()" (click)="close()">
          {{ text.keep }}
        </button>
        <button matButton="filled" class="danger" type="submit" disabledInteractive [disabled]="sending()">
          <mat-icon [svgIcon]="sending() ? 'autorenew' : 'cancel'" [class.turning]="sending()" />{{ text.cancelSubmit }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: './tell.scss',
  providers: [outlinedFormFields],
})
export class CancelDialog {
  protected readonly text = tellText;
  protected readonly problem = signal<string | undefined>(undefined);
  readonly #to = inject<Addressed>(MAT_DIALOG_DATA);
  readonly #toygres = inject(TOYGRES);
  readonly #ref = inject<MatDialogRef<CancelDialog, string>>(MatDialogRef);
  readonly #draft = signal({ reason: '' });

  protected readonly fields = form(this.#draft, (path) => {
    validate(path.reason, ({ value }) =>
      value().length > REASON_MAX_LENGTH ? { kind: 'reason', message: tellText.reasonLong } : undefined,
    );
  });
  protected readonly sending = computed(() => this.fields().submitting());

  protected close(): void {
    this.#ref.close();
  }

  protected async cancel(): Promise<void> {
    this.problem.set(undefined);
    await submit(this.fields, async () => {
      const { instanceId, functionId } = this.#to;
      try {
        const { message } = await this.#toygres.durable.cancel(instanceId, functionId, this.#draft().reason);
        this.#ref.close(message);
      } catch (error) {
        this.problem.set(sentenceOf(error));
      }
      return undefined;
    });
  }
}
