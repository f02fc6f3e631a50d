import type { Highlightable } from '@angular/cdk/a11y';
import { computed, Directive, ElementRef, inject, input, output, signal } from '@angular/core';
import type { PaletteEntry } from './palette-entry';

/** An entry of the palette that the arrow keys come to; the focus stays in the field. */
@Directive({
  selector: '[tgPaletteOption]',
  host: {
    role: 'option',
    '[id]': 'id()',
    '[class.active]': 'active()',
    '[attr.aria-selected]': 'active()',
    '(click)': 'chosen.emit()',
    '(mousemove)': 'pointed.emit()',
  },
})
export class PaletteOption implements Highlightable {
  readonly entry = input.required<PaletteEntry>({ alias: 'tgPaletteOption' });
  readonly chosen = output();
  readonly pointed = output();
  readonly id = computed(() => `palette-${this.entry().id}`);
  protected readonly active = signal(false);
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef);

  setActiveStyles(): void {
    this.active.set(true);
    this.#element.nativeElement.scrollIntoView({ block: 'nearest' });
  }

  setInactiveStyles(): void {
    this.active.set(false);
  }

  getLabel(): string {
    return this.entry().label;
  }
}
