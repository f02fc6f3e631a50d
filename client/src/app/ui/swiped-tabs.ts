import { afterRenderEffect, Directive, ElementRef, inject, input } from '@angular/core';

/** Tabs that don't fit beside each other are swiped, and the one that is open is in sight. To be used with `disablePagination`. */
@Directive({ selector: 'nav[tgSwipedTabs]' })
export class SwipedTabs {
  /** Which tab is open. */
  readonly open = input.required<string>({ alias: 'tgSwipedTabs' });
  readonly #element: HTMLElement = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    afterRenderEffect(() => {
      this.open();
      const tab = this.#element.querySelector<HTMLElement>('[aria-selected="true"]');
      const strip = this.#element.querySelector('.mat-mdc-tab-link-container');
      if (tab && strip) {
        strip.scrollLeft = tab.offsetLeft - (strip.clientWidth - tab.offsetWidth) / 2;
      }
    });
  }
}
