import { Component, DestroyRef, effect, inject, signal, untracked } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import { filterText } from '../instance-list.text';
import { ListAddress } from '../list-address';
import { SEARCH_MAX_LENGTH } from '../list-query';

/** Somebody who types faster than this is not interrupted, in milliseconds. */
const PAUSE_MS = 200;

/** Searches while one types. One search is one step of the back button, however often it was changed. */
@Component({
  selector: 'tg-search-field',
  imports: [MatIcon],
  template: `
    <mat-icon svgIcon="search" aria-hidden="true" />
    <input
      type="search"
      class="text-field"
      autocomplete="off"
      spellcheck="false"
      aria-keyshortcuts="/"
      [attr.maxlength]="maxLength"
      [attr.aria-label]="text.search"
      [placeholder]="text.search"
      [value]="typed()"
      (input)="type($any($event.target).value)"
      (keydown.enter)="search()"
    />
  `,
  styles: `
    :host {
      position: relative;
      display: block;
    }
    mat-icon {
      position: absolute;
      top: 9px;
      left: 12px;
      width: 18px;
      height: 18px;
      color: var(--tg-text-2);
    }
    .text-field {
      height: 36px;
      padding: 0 8px 0 38px;
    }
    @media (max-width: 599px) {
      .text-field {
        height: 44px;
      }
      mat-icon {
        top: 13px;
      }
    }
  `,
})
export class SearchField {
  protected readonly text = filterText;
  protected readonly maxLength = SEARCH_MAX_LENGTH;
  protected readonly typed = signal('');
  readonly #address = inject(ListAddress);
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What this field has asked for last. When the address has something else, it came from elsewhere. */
  #asked: string | undefined;

  constructor() {
    effect(() => {
      const { search } = this.#address.query();
      if (search !== this.#asked) {
        this.#asked = search;
        clearTimeout(this.#timer);
        untracked(() => this.typed.set(search));
      }
    });
    inject(DestroyRef).onDestroy(() => clearTimeout(this.#timer));
  }

  protected type(text: string): void {
    this.typed.set(text);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.search(), PAUSE_MS);
  }

  protected search(): void {
    clearTimeout(this.#timer);
    const search = this.typed().trim();
    const before = this.#asked ?? '';
    if (search !== before) {
      this.#asked = search;
      this.#address.change({ search }, { replaceUrl: before !== '' && search !== '' });
    }
  }
}
