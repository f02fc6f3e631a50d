import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom } from 'rxjs';
import type { IconName } from './icons';

/** Something that is asked before it is done. */
export interface Question {
  readonly title: string;
  /** What happens, and what does not: a paragraph each. */
  readonly meaning: readonly string[];
  /** What it is done to, shown as it is: paths, names. */
  readonly subject?: string;
  readonly submit: string;
  /** The way out, which is the first button. */
  readonly keep: string;
  readonly icon: IconName;
  readonly dangerous?: boolean;
  /** While it fails, the question stays, with the reason. */
  readonly run: () => Promise<void>;
}

/** How dialogs are opened that ask something. */
export const ASKING = { width: '520px', maxWidth: 'calc(100vw - 32px)', autoFocus: '[data-first]' } as const;

/** Asks in a dialog, which is loaded when something is first asked. */
@Injectable({ providedIn: 'root' })
export class Ask {
  readonly #dialog = inject(MatDialog);

  /** Resolves when the dialog is closed, whatever was answered. */
  async ask(data: Question): Promise<void> {
    const { QuestionDialog } = await import('./question-dialog');
    await firstValueFrom(this.#dialog.open(QuestionDialog, { ...ASKING, data }).afterClosed());
  }
}
