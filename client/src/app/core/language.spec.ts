import { Location } from '@angular/common';
import { LOCALE_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { LanguageChoice } from './language';
import { LOAD_DOCUMENT } from './load-document';

describe('the choice of a language', () => {
  afterEach(() => localStorage.clear());

  function at(locale: string, url: string) {
    const load = vi.fn<(path: string) => void>();
    TestBed.configureTestingModule({
      providers: [
        { provide: LOCALE_ID, useValue: locale },
        { provide: LOAD_DOCUMENT, useValue: load },
      ],
    });
    vi.spyOn(TestBed.inject(Location), 'path').mockReturnValue(url);
    return { choice: TestBed.inject(LanguageChoice), load };
  }

  it.each([
    ['en-US', 'de', '/operations?page=1', '/de/operations?page=1'],
    ['en-US', 'de', '', '/de/'],
    ['de', 'en', '/operations?page=1', '/operations?page=1'],
    ['de', 'en', '', '/'],
  ] as const)('goes from %s to %s at the same page: %j', (locale, language, url, path) => {
    const { choice, load } = at(locale, url);
    choice.set(language);
    expect(load).toHaveBeenCalledExactlyOnceWith(path);
    expect(localStorage.getItem('toygres.language')).toBe(language);
  });

  it('stays where it is for the language that it is in', () => {
    const { choice, load } = at('de-AT', '/');
    expect(choice.current).toBe('de');
    choice.set('de');
    expect(load).not.toHaveBeenCalled();
  });
});
