import { Component, computed, inject, input, output } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { Format } from '../core/format';
import type { IconName } from './icons';
import { pagerText } from './ui.text';

interface Way {
  readonly icon: IconName;
  readonly label: string;
  /** The page that is open where there is none to go to. */
  readonly to: number;
}

/** Where in a list one is, and the ways to go on. */
@Component({
  selector: 'tg-pager',
  imports: [MatIcon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './pager.html',
  styleUrl: './pager.scss',
})
export class Pager {
  /** From 1. */
  readonly page = input.required<number>();
  readonly pages = input.required<number>();
  /** Rows on a full page. */
  readonly limit = input.required<number>();
  /** Other limits that can be chosen. */
  readonly limits = input<readonly number[]>([]);
  /** Rows on this page. */
  readonly count = input.required<number>();
  /** Rows on all pages. */
  readonly total = input.required<number>();
  readonly turned = output<number>();
  readonly resized = output<number>();

  protected readonly text = pagerText;
  readonly #format = inject(Format);

  protected readonly range = computed(() => {
    const first = (this.page() - 1) * this.limit() + 1;
    return pagerText.range(
      this.#format.number(first),
      this.#format.number(first + this.count() - 1),
      this.#format.number(this.total()),
    );
  });
  /** Where every row is on the page with each of the sizes, there is nothing to choose. */
  protected readonly sizable = computed(() => this.limits().some((limit) => limit < this.total()));
  protected readonly ways = computed(() => {
    const [page, pages] = [this.page(), this.pages()];
    const ways: readonly Way[] = [
      { icon: 'first_page', label: pagerText.first, to: 1 },
      { icon: 'chevron_left', label: pagerText.previous, to: Math.max(page - 1, 1) },
      { icon: 'chevron_right', label: pagerText.next, to: Math.min(page + 1, pages) },
      { icon: 'last_page', label: pagerText.last, to: pages },
    ];
    return pages > 2 ? ways : ways.slice(1, 3);
  });
  protected readonly pageOf = computed(() =>
    pagerText.pageOf(this.#format.number(this.page()), this.#format.number(this.pages())),
  );

  protected turn(to: number): void {
    if (to !== this.page()) {
      this.turned.emit(to);
    }
  }
}
