import { Component, computed, inject, input } from '@angular/core';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import type { InstanceSummary } from '#sdk';
import { listText } from './instance-list.text';
import { shortAge } from './short-age';

/** The line below a name: "PostgreSQL 18 · 200 GB · 42 days ago", in short "42 d". */
@Component({
  selector: 'tg-instance-facts',
  imports: [Ago],
  template: `{{ facts() }} ·
    @if (short()) {
      <time [attr.datetime]="instance().created_at" [title]="precise()">{{ age() }}</time>
    } @else {
      <tg-ago [at]="instance().created_at" />
    }`,
  styles: `
    :host {
      display: block;
      overflow: hidden;
      color: var(--tg-text-3);
      font-size: 12px;
      line-height: 16px;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    @media (max-width: 599px) {
      :host {
        font-size: 13px;
        line-height: 18px;
      }
    }
  `,
})
export class InstanceFacts {
  readonly instance = input.required<InstanceSummary>();
  readonly short = input(false);
  readonly #now = inject(Clock).now;
  readonly #format = inject(Format);

  protected readonly facts = computed(() => {
    const { postgres_version: version, storage_size_gb: size } = this.instance();
    return `${listText.version(version)} · ${listText.gigabytes(this.#format.number(size))}`;
  });
  protected readonly precise = computed(() => this.#format.precise(this.instance().created_at));
  protected readonly age = computed(() =>
    shortAge(this.#now().getTime() - new Date(this.instance().created_at).getTime(), this.#format),
  );
}
