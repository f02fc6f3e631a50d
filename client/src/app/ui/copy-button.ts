import { Clipboard } from '@angular/cdk/clipboard';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, inject, input, signal } from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Notify } from '../core/notify';
import { uiText } from './ui.text';

/** Copies a text, or what a function gets, and says so in its place for two seconds. */
@Component({
  selector: 'tg-copy-button',
  imports: [MatButton, MatIconButton, MatIcon],
  template: `
    @switch (look()) {
      @case ('icon') {
        <button matIconButton type="button" [attr.aria-label]="text.copyOf(what())" (click)="copy()">
          <mat-icon [svgIcon]="done() ? 'check' : 'content_copy'" />
        </button>
      }
      @case ('text') {
        <button matButton class="small" type="button" [attr.aria-label]="text.copyOf(what())" (click)="copy()">
          <mat-icon [svgIcon]="done() ? 'check' : 'content_copy'" />{{ done() ? text.copied : text.copy }}
        </button>
      }
      @case ('outlined') {
        <button matButton="outlined" type="button" [attr.aria-label]="text.copyOf(what())" (click)="copy()">
          <mat-icon [svgIcon]="done() ? 'check' : 'content_copy'" />{{ done() ? text.copied : text.copy }}
        </button>
      }
      @case ('filled') {
        <button matButton="filled" type="button" [attr.aria-label]="text.copyOf(what())" (click)="copy()">
          <mat-icon [svgIcon]="done() ? 'check' : 'content_copy'" />{{ done() ? text.copied : text.copy }}
        </button>
      }
    }
  `,
  styles: `
    button.mat-mdc-icon-button {
      width: 32px;
      height: 32px;
      padding: 7px;
    }
    .small {
      height: 32px;
      font-size: 13px;
    }
  `,
})
export class CopyButton {
  /** The text, or what gets it when it is asked for: a secret is not fetched before. */
  readonly value = input.required<string | (() => Promise<string>)>();
  /** What is copied, for the button's name: "Copy psql command". */
  readonly what = input.required<string>();
  readonly look = input<'icon' | 'text' | 'outlined' | 'filled'>('icon');
  protected readonly done = signal(false);
  protected readonly text = uiText;
  readonly #clipboard = inject(Clipboard);
  readonly #announcer = inject(LiveAnnouncer);
  readonly #notify = inject(Notify);

  protected copy(): Promise<void> {
    return this.#notify.attempt(async () => {
      if (!(await this.#write())) {
        this.#notify.say(uiText.copyFailed);
        return;
      }
      this.done.set(true);
      setTimeout(() => this.done.set(false), 2_000);
      void this.#announcer.announce(uiText.copied);
    });
  }

  /** @returns false when the browser did not allow it. @throws what kept the text from being got */
  async #write(): Promise<boolean> {
    const value = this.value();
    if (typeof value === 'string') {
      return this.#clipboard.copy(value);
    }
    const text = value();
    if ('ClipboardItem' in globalThis && isSecureContext) {
      // The permission of the click ends with it, so the clipboard is asked now and given the text when it is there.
      const blob = text.then((got) => new Blob([got], { type: 'text/plain' }));
      const written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]).then(
        () => true,
        () => false,
      );
      await text;
      return written;
    }
    return this.#clipboard.copy(await text);
  }
}
