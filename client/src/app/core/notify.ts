import { inject, Injectable } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { ToygresError } from '#sdk';
import { isLoadFailure } from './load-failure';
import { notifyText } from './notify.text';

/** Short messages at the foot of the page. */
@Injectable({ providedIn: 'root' })
export class Notify {
  readonly #snackBar = inject(MatSnackBar);

  say(message: string): void {
    this.#snackBar.open(message, notifyText.dismiss, { duration: 5_000 });
  }

  /** Says what is being waited for, until it is taken back, refused or followed by another message. @returns takes it back */
  wait(message: string, refusal: string, refuse: () => void): () => void {
    const shown = this.#snackBar.open(message, refusal);
    shown.onAction().subscribe(refuse);
    return () => shown.dismiss();
  }

  /** Says what went wrong when the work fails, and never fails itself. */
  async attempt(work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.problem(error);
    }
  }

  /** Says what went wrong, with the id under which the server's log has it. Stays until it is dismissed or followed by another. */
  problem(error: unknown): void {
    this.#snackBar.open(sentenceOf(error), notifyText.dismiss, { politeness: 'assertive' });
  }
}

/** What an error says to a person. */
export function sentenceOf(error: unknown): string {
  if (isLoadFailure(error)) {
    return notifyText.notLoaded;
  }
  if (!(error instanceof ToygresError)) {
    return notifyText.unexpected;
  }
  return error.requestId === undefined ? error.error : notifyText.withId(error.error, error.requestId.slice(0, 8));
}
