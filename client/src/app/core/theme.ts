import { DOCUMENT, inject, Injectable, signal } from '@angular/core';
import { Preferences } from './preferences';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'theme';

/** Light, dark, or as the system has it. `boot.js` applies the remembered choice before the first paint. */
@Injectable({ providedIn: 'root' })
export class ThemeChoice {
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #preferences = inject(Preferences);
  readonly #theme = signal<Theme>(this.#remembered());
  readonly theme = this.#theme.asReadonly();

  set(theme: Theme): void {
    this.#theme.set(theme);
    this.#preferences.write(KEY, theme === 'system' ? null : theme);
    this.#root.classList.remove('light', 'dark');
    if (theme !== 'system') {
      this.#root.classList.add(theme);
    }
  }

  #remembered(): Theme {
    const remembered = this.#preferences.read(KEY);
    return remembered === 'light' || remembered === 'dark' ? remembered : 'system';
  }
}
