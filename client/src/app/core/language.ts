import { DOCUMENT, inject, Injectable, LOCALE_ID } from '@angular/core';
import { Preferences } from './preferences';

/** Languages by code, each by its own name. The address of a language is `/<code>`, of the first `/`. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** The language of the page. Each language is a build of its own, so that changing it loads the same page from there. */
@Injectable({ providedIn: 'root' })
export class LanguageChoice {
  readonly #location = inject(DOCUMENT).location;
  readonly #preferences = inject(Preferences);
  readonly current: Language = inject(LOCALE_ID).startsWith('de') ? 'de' : 'en';

  set(language: Language): void {
    if (language === this.current) {
      return;
    }
    this.#preferences.write('language', language);
    const path = this.#location.pathname.replace(/^\/de(?=\/|$)/, '') || '/';
    this.#location.assign(`${language === 'en' ? '' : `/${language}`}${path}${this.#location.search}`);
  }
}
