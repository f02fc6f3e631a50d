import { inject, Injectable } from '@angular/core';
import { MatSnackBar } from '@angular/material/snack-bar';
import { Router } from '@angular/router';
import { ToygresError } from '#sdk';
import { isLoadFailure } from './load-failure';
import { notifyText } from './notify.text';

/** How long a message stays, and one that leads somewhere, in milliseconds. */
const SHORT_MS = 5_000;
const LONG_MS = 10_000;

/** Short messages at the foot of the page. */
@Injectable({ providedIn: 'root' })
export class Notify {
  readonly #snackBar = inject(MatSnackBar);
  readonly #router = inject(Router);

  say(message: string): void {
    this.#snackBar.open(message, notifyText.dismiss, { duration: SHORT_MS });
  }

  /** Says something, and leads to more of it. */
  sayOf(message: string, more: string, link: string): void {
    this.#snackBar
      .open(message, more, { duration: LONG_MS })
      .onAction()
      .subscribe(() => void this.#router.navigateByUrl(link));
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

  /**
   * Says what went wrong, with the id under which the server's log has it. Stays until it is dismissed or followed by another. What is only
   * in the way passes: that leads to the operation, and goes away by itself.
   */
  problem(error: unknown): void {
    const operation = operationInTheWay(error);
    if (operation === undefined) {
      this.#snackBar.open(sentenceOf(error), notifyText.dismiss, { politeness: 'assertive' });
      return;
    }
    this.#snackBar
      .open(sentenceOf(error), notifyText.showOperation, { politeness: 'assertive', duration: LONG_MS })
      .onAction()
      .subscribe(() => void this.#router.navigate(['/operations', operation]));
  }
}

/** The operation that has to end before what was asked is possible. */
export function operationInTheWay(error: unknown): string | undefined {
  return error instanceof ToygresError ? error.problem?.orchestration_id : undefined;
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
