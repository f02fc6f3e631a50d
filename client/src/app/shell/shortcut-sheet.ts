import { Component } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle } from '@angular/material/dialog';
import { PALETTE_KEYS } from './keyboard';
import { shellText } from './shell.text';

/** The keys of the console, as a list. */
@Component({
  selector: 'tg-shortcut-sheet',
  imports: [MatButton, MatDialogActions, MatDialogClose, MatDialogContent, MatDialogTitle],
  template: `
    <h2 mat-dialog-title>{{ text.title }}</h2>
    <mat-dialog-content>
      <dl class="facts">
        @for (row of rows; track row.label) {
          <div>
            <dd>{{ row.label }}</dd>
            <dt>
              @for (key of row.keys; track $index) {
                @if ($index > 0) {
                  <span class="muted small">{{ text.then }}</span>
                }
                <kbd>{{ key }}</kbd>
              }
            </dt>
          </div>
        }
      </dl>
    </mat-dialog-content>
    <mat-dialog-actions>
      <button matButton="outlined" mat-dialog-close type="button">{{ text.close }}</button>
    </mat-dialog-actions>
  `,
  styles: `
    dt {
      display: flex;
      flex: none;
      gap: 6px;
      align-items: center;
    }
    dd {
      color: var(--tg-text);
    }
    kbd {
      min-width: 24px;
      padding: 1px 7px;
      border: 1px solid var(--tg-border-strong);
      border-radius: 6px;
      color: var(--tg-text);
      font: 500 13px/20px var(--tg-font);
      text-align: center;
    }
  `,
})
export class ShortcutSheet {
  protected readonly text = shellText.shortcuts;
  protected readonly rows = [
    { label: this.text.palette, keys: [PALETTE_KEYS] },
    { label: this.text.dashboard, keys: ['g', 'd'] },
    { label: this.text.instances, keys: ['g', 'i'] },
    { label: this.text.operations, keys: ['g', 'o'] },
    { label: this.text.create, keys: ['c'] },
    { label: this.text.filter, keys: ['/'] },
    { label: this.text.help, keys: ['?'] },
  ];
}
