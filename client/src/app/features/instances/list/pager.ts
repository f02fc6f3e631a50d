import { Component, computed, inject, input } from '@angular/core';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import type { InstanceList } from '#sdk';
import { Format } from '../../../core/format';
import { listText } from './instance-list.text';
import { ListAddress } from './list-address';
import { LIMITS } from './list-query';

/** Where in the list one is, and the ways to go on. */
@Component({
  selector: 'tg-pager',
  imports: [MatIcon, MatIconButton, MatMenu, MatMenuItem, MatMenuTrigger],
  templateUrl: './pager.html',
  styleUrl: './pager.scss',
})
export class Pager {
  readonly list = input.required<InstanceList>();
  protected readonly text = listText;
  protected readonly limits = LIMITS;
  protected readonly address = inject(ListAddress);
  readonly #format = inject(Format);

  protected readonly limit = computed(() => this.address.query().limit);
  protected readonly range = computed(() => {
    const { page, total, instances } = this.list();
    const first = (page - 1) * this.limit() + 1;
    return listText.range(
      this.#format.number(first),
      this.#format.number(first + instances.length - 1),
      this.#format.number(total),
    );
  });
  protected readonly pageOf = computed(() => {
    const { page, pages } = this.list();
    return listText.pageOf(this.#format.number(page), this.#format.number(pages));
  });

  protected go(page: number): void {
    this.address.change({ page });
  }
}
