import { CdkTrapFocus } from '@angular/cdk/a11y';
import { CdkConnectedOverlay, CdkOverlayOrigin, type ConnectedPosition } from '@angular/cdk/overlay';
import { Component, computed, type ElementRef, inject, input, output, signal, viewChild } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { Format } from '../core/format';
import { filterText } from './ui.text';

const BELOW: ConnectedPosition[] = [
  { originX: 'start', originY: 'bottom', overlayX: 'start', overlayY: 'top', offsetY: 4 },
  { originX: 'end', originY: 'bottom', overlayX: 'end', overlayY: 'top', offsetY: 4 },
];

/** A filter as a button that says what is chosen; the choices, which are its content, open below it. */
@Component({
  selector: 'tg-filter-button',
  imports: [CdkConnectedOverlay, CdkOverlayOrigin, CdkTrapFocus, MatIcon],
  template: `
    <span class="filter" [class.set]="chosen().length > 0" cdkOverlayOrigin #origin="cdkOverlayOrigin">
      <button
        #trigger
        class="trigger"
        type="button"
        aria-haspopup="dialog"
        [attr.aria-expanded]="open()"
        (click)="open.set(!open())"
      >
        <span class="label">{{ label() }} </span><b>{{ summary() }}</b>
        @if (chosen().length === 0) {
          <mat-icon svgIcon="keyboard_arrow_down" aria-hidden="true" />
        }
      </button>
      @if (chosen().length > 0) {
        <button class="clear" type="button" [attr.aria-label]="text.clear(label())" (click)="reset()">
          <mat-icon svgIcon="close" />
        </button>
      }
    </span>
    <ng-template
      cdkConnectedOverlay
      [cdkConnectedOverlayOrigin]="origin"
      [cdkConnectedOverlayOpen]="open()"
      [cdkConnectedOverlayPositions]="below"
      [cdkConnectedOverlayPush]="true"
      (overlayOutsideClick)="closeBy($event)"
      (overlayKeydown)="$event.key === 'Escape' && open.set(false)"
      (detach)="open.set(false)"
    >
      <div class="panel" role="dialog" [attr.aria-label]="label()" cdkTrapFocus cdkTrapFocusAutoCapture>
        <ng-content />
      </div>
    </ng-template>
  `,
  styleUrl: './filter-button.scss',
})
export class FilterButton {
  readonly label = input.required<string>();
  /** The chosen values, in words. */
  readonly chosen = input.required<readonly string[]>();
  readonly cleared = output();

  protected readonly text = filterText;
  protected readonly below = BELOW;
  protected readonly open = signal(false);
  private readonly trigger = viewChild.required<ElementRef<HTMLButtonElement>>('trigger');
  readonly #format = inject(Format);

  protected readonly summary = computed(() => {
    const [first, ...more] = this.chosen();
    if (first === undefined) {
      return filterText.any;
    }
    return more.length === 0 ? first : filterText.andMore(first, this.#format.number(more.length));
  });

  /** The button that was pressed goes away with what it cleared. */
  protected reset(): void {
    this.open.set(false);
    this.cleared.emit();
    this.trigger().nativeElement.focus();
  }

  protected closeBy({ target }: Event): void {
    if (!this.trigger().nativeElement.contains(target as Node)) {
      this.open.set(false);
    }
  }
}
