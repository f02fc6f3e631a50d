import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH, PASSWORD_RULES } from './password.js';
import { unmet } from './rule.js';

const codes = (password: string, name = 'proddb'): string[] =>
  unmet(PASSWORD_RULES, { password, name }).map(({ code }) => code);

describe('PASSWORD_RULES', () => {
  it.each([
    ['SecurePass123!', []],
    ['Aa1'.padEnd(PASSWORD_MIN_LENGTH, ' '), []],
    ['Aa1'.padEnd(PASSWORD_MAX_LENGTH, 'x'), []],
    ['Aa1'.padEnd(PASSWORD_MIN_LENGTH - 1, 'x'), ['password_length']],
    ['Aa1'.padEnd(PASSWORD_MAX_LENGTH + 1, 'x'), ['password_length']],
    ['securepass123!', ['password_upper']],
    ['SECUREPASS123!', ['password_lower']],
    ['SecurePassword!', ['password_digit']],
    ['My-ProdDB-2026', ['password_contains_name']],
    ['Secure\tPass123', ['password_printable']],
    ['Secure\u200bPass123', ['password_printable']],
    ['Secure\u2028Pass123', ['password_printable']],
    ['Secure\ud800Pass123', ['password_printable']],
    ['ÄrgerÜber٣uml', []],
    ['', ['password_length', 'password_upper', 'password_lower', 'password_digit']],
  ])('say of %j: %j', (password, expected) => {
    expect(codes(password)).toEqual(expected);
  });

  it('count characters as people do: an emoji is one', () => {
    expect(codes(`Aa1${'🐘'.repeat(PASSWORD_MIN_LENGTH - 3)}`)).toEqual([]);
    expect(codes(`Aa1${'🐘'.repeat(PASSWORD_MAX_LENGTH - 3)}`)).toEqual([]);
    expect(codes(`Aa1${'🐘'.repeat(PASSWORD_MAX_LENGTH - 2)}`)).toEqual(['password_length']);
  });

  it('say nothing about a name that has not been typed yet', () => {
    expect(codes('SecurePass123!', '')).toEqual([]);
  });

  it('take every password of printable ASCII that has what it needs', () => {
    const printable = fc.string({
      unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 9,
      maxLength: 125,
    });
    fc.assert(
      fc.property(printable, (text) => {
        fc.pre(!text.toLowerCase().includes('proddb'));
        expect(codes(`A${text}a1`)).toEqual([]);
      }),
    );
  });

  it('refuse every control character, wherever it stands', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.integer({ min: 0, max: 0x1f }), fc.integer({ min: 0x7f, max: 0x9f })),
        fc.nat(12),
        (code, place) => {
          const characters = Array.from('SecurePass123');
          characters.splice(place, 0, String.fromCharCode(code));
          expect(codes(characters.join(''))).toEqual(['password_printable']);
        },
      ),
    );
  });

  it('find the name in whatever case it is written', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z0-9-]{1,20}[a-z0-9]$/),
        fc.array(fc.boolean(), { minLength: 23, maxLength: 23 }),
        (name, upper) => {
          const written = Array.from(name)
            .map((letter, index) => (upper[index] ? letter.toUpperCase() : letter))
            .join('');
          expect(codes(`Xy1${written}9Zz`, name)).toContain('password_contains_name');
        },
      ),
    );
  });
});
