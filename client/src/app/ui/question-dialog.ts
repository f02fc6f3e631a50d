import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import { sentenceOf } from '../core/notify';
import type { Question } from './ask';

/** Asks once, says what it means, and does it. */
@Component({
  selector: 'tg-question-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle, MatIcon],
  template: `
    <h2 mat-dialog-title>{{ question.title }}</h2>
    <mat-dialog-content>
      @if (question.subject; as subject) {
        <code class="note">{{ subject }}</code>
      }
      @for (paragraph of question.meaning; track paragraph) {
        <p>{{ paragraph }}</p>
      }
      @if (problem(); as problem) {
        <p class="note problem" role="alert"><mat-icon svgIcon="error" aria-hidden="true" />{{ problem }}</p>
      }
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton="outlined" type="button" data-first [disabled]="pending()" (click)="close()">
        {{ question.keep }}
      </button>
      <button
        matButton="filled"
        type="button"
        disabledInteractive
        [class.danger]="question.dangerous"
        [disabled]="pending()"
        (click)="submit()"
      >
        <mat-icon [svgIcon]="pending() ? 'autorenew' : question.icon" [class.turning]="pending()" />{{
          question.submit
        }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './question-dialog.scss',
})
export class QuestionDialog {
  protected readonly question = inject<Question>(MAT_DIALOG_DATA);
  protected readonly pending = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  readonly #ref = inject<MatDialogRef<QuestionDialog>>(MatDialogRef);

  protected close(): void {
    this.#ref.close();
  }

  protected async submit(): Promise<void> {
    if (this.pending()) {
      return;
    }
    this.pending.set(true);
    this.problem.set(undefined);
    try {
      await this.question.run();
      this.#ref.close();
    } catch (error) {
      this.problem.set(sentenceOf(error));
    } finally {
      this.pending.set(false);
    }
  }
}
