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
import { type Addressed, readJson } from './tell';

const NAME_MAX_LENGTH = 255;

/** Asks what to send, and sends it. Closes with what pg_durable has said. */
@Component({
  selector: 'tg-signal-dialog',
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
    <h2 mat-dialog-title>{{ text.signalTitle }}</h2>
    <form novalidate [attr.aria-label]="text.signalTitle" (submit)="$event.preventDefault(); send()">
      <mat-dialog-content>
        <p>{{ text.signalMeaning }}</p>
        <div class="field">
          <label for="signal-name">{{ text.signalName }}</label>
          <mat-form-field>
            <input
              matInput
              id="signal-name"
              data-first
              type="text"
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              [formField]="fields.name"
            />
            <mat-hint>{{ text.signalNameHint }}</mat-hint>
            @if (fields.name().errors()[0]; as fault) {
              <mat-error>{{ fault.message }}</mat-error>
            }
          </mat-form-field>
        </div>
        <div class="field">
          <label for="signal-data">{{ text.signalData }}</label>
          <mat-form-field>
            <textarea
              matInput
              id="signal-data"
              class="mono"
              rows="4"
              autocomplete="off"
              spellcheck="false"
              [formField]="fields.data"
            ></textarea>
            <mat-hint>{{ text.signalDataHint }}</mat-hint>
            @if (fields.data().errors()[0]; as fault) {
              <mat-error>{{ fault.message }}</mat-error>
            }
          </mat-form-field>
        </div>
        @if (problem(); as problem) {
          <p class="note problem" role="alert"><mat-icon svgIcon="error" aria-hidden="true" />{{ problem }}</p>
        }
      </mat-dialog-content>
      <mat-dialog-actions>
        <button matButton="outlined" type="button" [disabled]="sending()" (click)="close()">{{ text.close }}</button>
        <button matButton="filled" type="submit" disabledInteractive [disabled]="sending()">
          <mat-icon [svgIcon]="sending() ? 'autorenew' : 'bolt'" [class.turning]="sending()" />{{ text.signalSubmit }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
  styleUrl: './tell.scss',
  providers: [outlinedFormFields],
})
export class SignalDialog {
  protected readonly text = tellText;
  protected readonly problem = signal<string | undefined>(undefined);
  readonly #to = inject<Addressed>(MAT_DIALOG_DATA);
  readonly #toygres = inject(TOYGRES);
  readonly #ref = inject<MatDialogRef<SignalDialog, string>>(MatDialogRef);
  readonly #draft = signal({ name: '', data: '{}' });

  protected readonly fields = form(this.#draft, (path) => {
    validate(path.name, ({ value }) =>
      value() === '' || value().length > NAME_MAX_LENGTH ? { kind: 'name', message: tellText.nameMissing } : undefined,
    );
    validate(path.data, ({ value }) => {
      const read = readJson(value());
      return 'problem' in read ? { kind: 'json', message: tellText.notJson(read.problem) } : undefined;
    });
  });
  protected readonly sending = computed(() => this.fields().submitting());

  protected close(): void {
    this.#ref.close();
  }

  protected async send(): Promise<void> {
    this.problem.set(undefined);
    await submit(this.fields, async () => {
      const { name, data } = this.#draft();
      const read = readJson(data);
      try {
        const { instanceId, functionId } = this.#to;
        const signal = { name, data: 'value' in read ? read.value : {} };
        this.#ref.close((await this.#toygres.durable.signal(instanceId, functionId, signal)).message);
      } catch (error) {
        this.problem.set(sentenceOf(error));
      }
      return undefined;
    });
  }
}
