import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';

/** The sheet of keyboard shortcuts, which is loaded when it is first asked for. */
@Injectable({ providedIn: 'root' })
export class Help {
  readonly #dialog = inject(MatDialog);

  async open(): Promise<void> {
    const { ShortcutSheet } = await import('./shortcut-sheet');
    this.#dialog.open(ShortcutSheet, { width: '440px' });
  }
}
