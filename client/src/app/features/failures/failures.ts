import { afterRenderEffect, Component, DOCUMENT, inject } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute } from '@angular/router';
import { PageHeader } from '../../ui/page-header';
import { failureWords } from './catalogue.text';
import { failuresText } from './failures.text';

/** Every failure code in words: the catalogue, where there is no internet either. The fragment of the address is the code that is asked about. */
@Component({
  selector: 'tg-failures',
  imports: [PageHeader],
  template: `
    <tg-page-header [title]="text.title">
      <span lead>{{ text.lead }}</span>
    </tg-page-header>
    @for (failure of failures; track failure.code) {
      <section
        class="card"
        [id]="failure.code"
        [attr.aria-labelledby]="failure.code + '-title'"
        [attr.aria-current]="failure.code === asked() || null"
      >
        <h2 [id]="failure.code + '-title'">{{ failure.words.title }}</h2>
        <code>{{ failure.code }}</code>
        <p>{{ failure.words.what }}</p>
        <p>{{ failure.words.advice }}</p>
      </section>
    }
  `,
  styles: `
    .card {
      margin-bottom: var(--tg-gap);
      scroll-margin-top: var(--tg-gap);
    }
    .card[aria-current] {
      border-color: var(--tg-primary);
    }
    code {
      font-size: 13px;
      color: var(--tg-text-3);
    }
    p {
      max-width: 80ch;
      margin-top: 8px;
      color: var(--tg-text-2);
    }
  `,
})
export class Failures {
  protected readonly text = failuresText;
  protected readonly failures = Object.entries(failureWords).map(([code, words]) => ({ code, words }));
  protected readonly asked = toSignal(inject(ActivatedRoute).fragment);
  readonly #document = inject(DOCUMENT);

  constructor() {
    // The router scrolls the window; what scrolls here is the part of it beside the navigation.
    afterRenderEffect(() => {
      this.#document.getElementById(this.asked() ?? '')?.scrollIntoView();
    });
  }
}
