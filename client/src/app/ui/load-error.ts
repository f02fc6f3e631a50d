import { Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { ToygresError } from '#sdk';
import { sentenceOf } from '../core/notify';
import { uiText } from './ui.text';

/** In the place of what could not be loaded: why, and the way out. A refusal for want of permission has no retry. */
@Component({
  selector: 'tg-load-error',
  imports: [MatButton, MatIcon],
  template: `
    <mat-icon [svgIcon]="denied() ? 'lock' : 'error'" aria-hidden="true" />
    <div role="alert">
      <h2>{{ denied() ? text.deniedTitle : text.errorTitle }}</h2>
      <p>{{ denied() ? text.deniedHint : sentence() }}</p>
    </div>
    @if (!denied()) {
      <button matButton="outlined" type="button" (click)="retry.emit()">{{ text.tryAgain }}</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 16px;
      padding: 24px;
      border: 1px solid var(--tg-border);
      border-radius: var(--tg-radius-card);
      background: var(--tg-card);
    }
    div {
      flex: 1;
      min-width: 200px;
    }
    p {
      color: var(--tg-text-2);
    }
    mat-icon {
      color: var(--tg-error);
    }
  `,
})
export class LoadError {
  readonly error = input.required<unknown>();
  readonly retry = output();
  protected readonly text = uiText;
  protected readonly sentence = computed(() => sentenceOf(this.error()));
  protected readonly denied = computed(() => {
    const error = this.error();
    return error instanceof ToygresError && (error.status === 401 || error.status === 403);
  });
}
