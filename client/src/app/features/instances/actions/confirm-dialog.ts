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
import { RouterLink } from '@angular/router';
import type { InstanceDetails, InstanceSummary } from '#sdk';
import { operationInTheWay, sentenceOf } from '../../../core/notify';
import { notifyText } from '../../../core/notify.text';
import { TOYGRES } from '../../../core/toygres';
import { patchInstance } from '../../../live/instance-patch';
import { liveQuery } from '../../../live/live-query';
import type { IconName } from '../../../ui/icons';
import { confirmText } from './actions.text';
import { OpenConnections } from './open-connections';

/** What the dialog is opened with. */
export interface ConfirmRequest {
  readonly title: string;
  /** What happens, and what does not. */
  readonly meaning: string;
  readonly submit: string;
  readonly icon: IconName;
  readonly instance: InstanceSummary;
  readonly run: () => Promise<void>;
}

/** Asks once before connections are cut, and says how many are open. */
@Component({
  selector: 'tg-confirm-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle, MatIcon, RouterLink],
  template: `
    <h2 mat-dialog-title>{{ request.title }}</h2>
    <mat-dialog-content>
      <p>{{ request.meaning }}</p>
      <p class="connections">{{ connections() }}</p>
      @if (problem(); as problem) {
        <div class="note problem" role="alert">
          <mat-icon svgIcon="error" aria-hidden="true" />
          <p>
            {{ sentenceOf(problem) }}
            @if (operationInTheWay(problem); as operation) {
              <a [routerLink]="['/operations', operation]" (click)="close()">{{ showOperation }}</a>
            }
          </p>
        </div>
      }
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton="outlined" type="button" data-first [disabled]="pending()" (click)="close()">
        {{ text.leave }}
      </button>
      <button matButton="filled" type="button" disabledInteractive [disabled]="pending()" (click)="submit()">
        <mat-icon [svgIcon]="pending() ? 'autorenew' : request.icon" [class.turning]="pending()" />{{ request.submit }}
      </button>
    </mat-dialog-actions>
  `,
  styleUrl: './delete-dialog.scss',
})
export class ConfirmDialog {
  protected readonly text = confirmText;
  protected readonly showOperation = notifyText.showOperation;
  protected readonly sentenceOf = sentenceOf;
  protected readonly operationInTheWay = operationInTheWay;
  protected readonly request = inject<ConfirmRequest>(MAT_DIALOG_DATA);
  readonly #ref = inject<MatDialogRef<ConfirmDialog>>(MatDialogRef);
  readonly #toygres = inject(TOYGRES);
  readonly #connections = inject(OpenConnections);
  readonly #details = liveQuery<string, InstanceDetails>({
    params: () => this.request.instance.id,
    load: (id, signal) => this.#toygres.instances.get(id, { signal }),
    patch: patchInstance,
  });

  protected readonly pending = signal(false);
  protected readonly problem = signal<unknown>(undefined);
  protected readonly connections = computed(() => this.#connections.inWords(this.#details.value()?.usage));

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
      await this.request.run();
      this.#ref.close();
    } catch (error) {
      this.problem.set(error);
    } finally {
      this.pending.set(false);
    }
  }
}
