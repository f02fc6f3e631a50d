import fc from 'fast-check';
import { highlight } from './highlight';
import { type ConnectionTarget, LANGUAGES, type Language, snippet, textOf } from './connection-snippets';

const HARD = `It's a "pass": w@rd/\\ with Ümläuts & 1%`;

const target = (given: Partial<ConnectionTarget> = {}): ConnectionTarget => ({
  host: 'localhost',
  port: 15432,
  user: 'postgres',
  database: 'postgres',
  password: HARD,
  ...given,
});
const text = (language: Language, given?: Partial<ConnectionTarget>): string =>
  textOf(snippet(language, target(given)));

describe('snippet', () => {
  it('asks for the password in psql', () => {
    expect(text('psql')).toBe(`psql 'host=localhost port=15432 user=postgres dbname=postgres'`);
    expect(text('psql', { database: `my 'own'` })).toBe(
      `psql 'host=localhost port=15432 user=postgres dbname='\\''my \\'\\''own\\'\\'''\\'''`,
    );
  });

  it.each<[Language, string]>([
    ['url', "It's%20a%20%22pass%22%3A%20w%40rd%2F%5C%20with%20%C3%9Cml%C3%A4uts%20%26%201%25@localhost:15432/postgres"],
    ['env', `export PGPASSWORD='It'\\''s a "pass": w@rd/\\ with Ümläuts & 1%'`],
    ['dotnet', `Password = "It's a \\"pass\\": w@rd/\\\\ with Ümläuts & 1%",`],
    ['jdbc', `"postgres", "It's a \\"pass\\": w@rd/\\\\ with Ümläuts & 1%"`],
    ['node', `password: 'It\\'s a "pass": w@rd/\\\\ with Ümläuts & 1%',`],
    ['python', `password="It's a \\"pass\\": w@rd/\\\\ with Ümläuts & 1%",`],
    ['go', `"postgresql://postgres:It's%20a%20%22pass%22`],
    ['rust', `.password("It's a \\"pass\\": w@rd/\\\\ with Ümläuts & 1%")`],
  ])('writes a hard password in %s', (language, expected) => {
    expect(text(language)).toContain(expected);
  });

  it('puts an IPv6 address in brackets where a port follows', () => {
    expect(text('url', { host: '::1' })).toContain('@[::1]:15432/');
    expect(text('jdbc', { host: '::1' })).toContain('jdbc:postgresql://[::1]:15432/');
    expect(text('node', { host: '::1' })).toContain(`host: '::1'`);
  });

  it.each(LANGUAGES)('keeps every secret out of the %s example while it is hidden', (language) => {
    expect(text(language, { password: null })).not.toContain('pass"');
    expect(snippet(language, target({ password: null })).filter(({ secret }) => secret)).toHaveLength(
      language === 'psql' ? 0 : 1,
    );
  });

  it('writes any password so that the language reads it back', () => {
    const password = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((value) => !/\p{C}/u.test(value));
    fc.assert(
      fc.property(password, (value) => {
        const literal = (language: Language): string =>
          snippet(language, target({ password: value })).find(({ secret }) => secret)?.text ?? '';
        for (const language of ['dotnet', 'jdbc', 'python', 'rust'] as const) {
          expect(JSON.parse(literal(language))).toBe(value);
        }
        expect(literal('node').slice(1, -1).replace(/\\(.)/g, '$1')).toBe(value);
        expect(decodeURIComponent(literal('url'))).toBe(value);
        expect(decodeURIComponent(new URL(text('url', { password: value })).password)).toBe(value);
        expect(unquoted(literal('env'))).toBe(value);
      }),
    );
  });
});

describe('highlight', () => {
  it.each(LANGUAGES)('loses nothing of the %s example', (language) => {
    for (const password of [HARD, null]) {
      const parts = snippet(language, target({ password }));
      expect(
        highlight(language, parts)
          .map((token) => token.text)
          .join(''),
      ).toBe(textOf(parts));
    }
  });

  it('knows keywords, texts, numbers and the password', () => {
    const tokens = highlight('node', snippet('node', target()));
    expect(tokens).toContainEqual({ kind: 'keyword', text: 'import' });
    expect(tokens).toContainEqual({ kind: 'string', text: `'pg'` });
    expect(tokens).toContainEqual({ kind: 'number', text: '15432' });
    expect(tokens).toContainEqual({ kind: 'secret', text: `'It\\'s a "pass": w@rd/\\\\ with Ümläuts & 1%'` });
  });

  it('keeps the place of a password inside a text', () => {
    const tokens = highlight('go', snippet('go', target({ password: null })));
    const at = tokens.findIndex(({ kind }) => kind === 'secret');
    expect(tokens.slice(at - 1, at + 2)).toEqual([
      { kind: 'string', text: '"postgresql://postgres:' },
      { kind: 'secret', text: '' },
      { kind: 'string', text: '@localhost:15432/postgres"' },
    ]);
  });
});

/** What a POSIX shell makes of a word of ours. */
function unquoted(word: string): string {
  return word.replace(
    /'([^']*)'|\\(.)/g,
    (_, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? '',
  );
}
