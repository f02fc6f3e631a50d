import { DestroyRef, DOCUMENT, inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { Help } from './help';
import { IS_MAC } from './keyboard';
import { shellText } from './shell.text';

/** Within this time the second key of a pair has to follow, in milliseconds. */
const PAIR_MS = 1_200;

const PLACES: Readonly<Record<string, string>> = { d: '/', i: '/instances', o: '/operations' };

/** The keys of the console. They stand aside while somebody types, and while a dialog is open. */
@Injectable({ providedIn: 'root' })
export class Shortcuts {
  readonly #document = inject(DOCUMENT);
  readonly #dialog = inject(MatDialog);
  readonly #help = inject(Help);
  readonly #router = inject(Router);
  readonly #destroyRef = inject(DestroyRef);
  #pairUntil = 0;

  listen(): void {
    const listener = (event: KeyboardEvent): void => this.#handle(event);
    this.#document.addEventListener('keydown', listener);
    this.#destroyRef.onDestroy(() => this.#document.removeEventListener('keydown', listener));
  }

  async openPalette(): Promise<void> {
    if (this.#dialog.openDialogs.length === 0) {
      const { CommandPalette } = await import('./command-palette/command-palette');
      this.#dialog.open(CommandPalette, {
        width: '640px',
        maxWidth: 'calc(100vw - 32px)',
        position: { top: 'min(112px, 8vh)' },
        panelClass: 'palette',
        ariaLabel: shellText.search,
        autoFocus: 'input',
        // It is there within one frame.
        enterAnimationDuration: 0,
        exitAnimationDuration: 0,
      });
    }
  }

  #handle(event: KeyboardEvent): void {
    if (event.key.toLowerCase() === 'k' && (IS_MAC ? event.metaKey : event.ctrlKey) && !event.altKey) {
      event.preventDefault();
      void this.openPalette();
      return;
    }
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTyping(event.target) ||
      this.#dialog.openDialogs.length > 0
    ) {
      return;
    }
    const paired = event.timeStamp < this.#pairUntil;
    this.#pairUntil = 0;
    const place = paired ? PLACES[event.key] : undefined;
    if (place !== undefined) {
      void this.#router.navigateByUrl(place);
    } else if (event.key === 'g') {
      this.#pairUntil = event.timeStamp + PAIR_MS;
    } else if (event.key === 'c') {
      void this.#router.navigateByUrl('/instances/new');
    } else if (event.key === '?') {
      void this.#help.open();
    } else if (event.key === '/') {
      const field = this.#document.querySelector<HTMLInputElement>('main input[type="search"]');
      field?.focus();
      if (field) {
        event.preventDefault();
      }
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      /^(input|textarea|select)$/i.test(target.tagName) ||
      target.closest('[role="menu"]') !== null)
  );
}
