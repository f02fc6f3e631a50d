import { BreakpointObserver } from '@angular/cdk/layout';
import { inject, Injectable } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { map } from 'rxjs';

/** How much room there is: the bounds are those of styles/_tokens.scss. */
@Injectable({ providedIn: 'root' })
export class Viewport {
  readonly #observer = inject(BreakpointObserver);
  /** Below 600 px: drawer, cards instead of tables. */
  readonly phone = this.#matches('(max-width: 599px)');
  /** 600 to 904 px: icon rail, fewer columns. */
  readonly tablet = this.#matches('(min-width: 600px) and (max-width: 904px)');

  #matches(query: string) {
    return toSignal(this.#observer.observe(query).pipe(map(({ matches }) => matches)), {
      initialValue: this.#observer.isMatched(query),
    });
  }
}
