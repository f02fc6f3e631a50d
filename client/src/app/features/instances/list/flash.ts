import { MediaMatcher } from '@angular/cdk/layout';
import { Directive, effect, ElementRef, inject, input } from '@angular/core';

const FADE_MS = 800;

/** Tints its element for a moment when the value changes, so that the eye finds what is new. */
@Directive({ selector: '[tgFlash]' })
export class Flash {
  readonly tgFlash = input.required<string>();
  readonly #element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    const motion = inject(MediaMatcher).matchMedia('(prefers-reduced-motion: no-preference)');
    let before: string | undefined;
    effect(() => {
      const value = this.tgFlash();
      if (before !== undefined && before !== value && motion.matches) {
        this.#element.animate([{ backgroundColor: 'var(--tg-primary-tint)' }, { backgroundColor: 'transparent' }], {
          duration: FADE_MS,
          easing: 'ease-out',
        });
      }
      before = value;
    });
  }
}
