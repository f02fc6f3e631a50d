import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';

/** The time, for everything on the page that says how long ago something was. Stands still while nobody looks. */
@Injectable({ providedIn: 'root' })
export class Clock {
  readonly #now = signal(new Date());
  /** Goes on every second. */
  readonly now = this.#now.asReadonly();

  constructor() {
    const document = inject(DOCUMENT);
    let timer: ReturnType<typeof setInterval> | undefined;
    const tick = (): void => this.#now.set(new Date());
    const adjust = (): void => {
      clearInterval(timer);
      if (!document.hidden) {
        tick();
        timer = setInterval(tick, 1_000);
      }
    };
    document.addEventListener('visibilitychange', adjust);
    adjust();
    inject(DestroyRef).onDestroy(() => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', adjust);
    });
  }
}
