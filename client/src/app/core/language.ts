import { Location } from '@angular/common';
import { inject, Injectable, LOCALE_ID } from '@angular/core';
import { type Language, LANGUAGES } from './languages';
import { LOAD_DOCUMENT } from './load-document';
import { Preferences } from './preferences';

const CODES = Object.keys(LANGUAGES) as Language[];
const [FIRST = 'en'] = CODES;

/** The language of the page. Each language is a build of its own, so that changing it loads the same page from there. */
@Injectable({ providedIn: 'root' })
export class LanguageChoice {
  readonly #location = inject(Location);
  readonly #loadDocument = inject(LOAD_DOCUMENT);
  readonly #preferences = inject(Preferences);
  readonly current: Language = languageOf(inject(LOCALE_ID));

  set(language: Language): void {
    if (language === this.current) {
      return;
    }
    this.#preferences.write('language', language);
    const base = language === FIRST ? '' : `/${language}`;
    this.#loadDocument(base + (this.#location.path(true) || '/'));
  }
}

/** @param locale such as "de" or "en-US" */
function languageOf(locale: string): Language {
  return CODES.find((code) => locale.split('-')[0] === code) ?? FIRST;
}
