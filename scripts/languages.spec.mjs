import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../client/src/app/core/languages.ts';

const read = (path) => readFileSync(join(import.meta.dirname, '..', path), 'utf8');
const { sourceLocale, locales } = JSON.parse(read('angular.json')).projects.console.i18n;
const BUILT = [sourceLocale.code, ...Object.keys(locales)];
const boot = read('client/public/boot.js');

/** Where `boot.js` goes to from an address, or undefined when it stays. */
function destination(pathname, wanted) {
  let to;
  runInNewContext(boot, {
    document: { documentElement: { classList: { add: () => undefined } }, querySelector: () => null },
    localStorage: { getItem: (key) => (key === 'toygres.language' ? wanted : null) },
    location: { pathname, search: '?page=1', hash: '#top', replace: (path) => (to = path) },
  });
  return to;
}

describe('the languages of the console', () => {
  it('are those that are built, in the same order, where people choose', () => {
    expect(Object.keys(LANGUAGES)).toEqual(BUILT);
  });

  it('are built where their address is', () => {
    expect(sourceLocale.subPath).toBe('');
    expect(Object.entries(locales).map(([code, { subPath }]) => [code, subPath])).toEqual(
      BUILT.slice(1).map((code) => [code, code]),
    );
  });

  it.each(BUILT.flatMap((here) => BUILT.map((wanted) => [here, wanted])))(
    'are gone to before the first paint: from %s to %s',
    (here, wanted) => {
      const base = (code) => (code === BUILT[0] ? '' : `/${code}`);
      const expected = (path) => (here === wanted ? undefined : `${base(wanted)}${path}?page=1#top`);
      expect(destination(`${base(here)}/operations/x`, wanted)).toBe(expected('/operations/x'));
      expect(destination(`${base(here)}/`, wanted)).toBe(expected('/'));
      expect(destination(base(here) || '/', wanted)).toBe(expected('/'));
    },
  );

  it('are left alone when another one was chosen long ago, or none', () => {
    expect(destination('/operations', 'xx')).toBeUndefined();
    expect(destination('/operations', null)).toBeUndefined();
    expect(destination('/design', BUILT[0])).toBeUndefined();
  });
});
