import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deriveK8sName,
  isInstanceId,
  K8S_NAME_MAX_LENGTH,
  NAME_MAX_LENGTH,
  NAME_MIN_LENGTH,
  NAME_RULES,
} from './instance-name.js';
import { unmet } from './rule.js';

const codes = (name: string): string[] => unmet(NAME_RULES, name).map(({ code }) => code);

/** Names as the rules want them, long ones and hyphens more often than chance would have it. */
const name = fc
  .tuple(
    fc.constantFrom('a', 'k', 'x', 'z'),
    fc.string({ unit: fc.constantFrom('a', 'n', '0', '9', '-', '-'), minLength: 1, maxLength: NAME_MAX_LENGTH - 2 }),
    fc.constantFrom('a', 'z', '0', '9'),
  )
  .map((parts) => parts.join(''))
  .filter((text) => !text.startsWith('xn--') && !isInstanceId(text));
const suffix = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), minLength: 8, maxLength: 8 });

describe('NAME_RULES', () => {
  it('take every name that a DNS label of this form can be', () => {
    fc.assert(
      fc.property(name, (text) => {
        expect(codes(text)).toEqual([]);
      }),
    );
  });

  it('take nothing that is no DNS label, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 70 }), (text) => {
        fc.pre(!/^[a-z]([a-z0-9-]{1,61}[a-z0-9])$/.test(text));
        expect(codes(text)).not.toEqual([]);
      }),
    );
  });

  it.each([
    ['', ['name_length', 'name_characters']],
    ['ab', ['name_length']],
    ['a'.repeat(NAME_MIN_LENGTH), []],
    ['a'.repeat(NAME_MAX_LENGTH), []],
    ['a'.repeat(NAME_MAX_LENGTH + 1), ['name_length']],
    ['1ab', ['name_characters']],
    ['-ab', ['name_characters']],
    ['ab-', ['name_characters']],
    ['aBc', ['name_characters']],
    ['a_c', ['name_characters']],
    ['a.c', ['name_characters']],
    ['prödb', ['name_characters']],
    ['proddb\n', ['name_characters']],
    ['a--b', []],
    ['xn--abc', ['name_punycode']],
    ['xn-abc', []],
    ['aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', ['name_uuid']],
    ['gaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee', []],
  ])('say of %j: %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe('isInstanceId', () => {
  it('knows every UUID, and no name that may be given', () => {
    fc.assert(
      fc.property(fc.uuid(), name, (id, text) => {
        expect(isInstanceId(id)).toBe(true);
        expect(isInstanceId(id.toUpperCase())).toBe(true);
        expect(codes(id)).not.toEqual([]);
        expect(isInstanceId(text)).toBe(false);
      }),
    );
  });
});

describe('deriveK8sName', () => {
  it('makes a legal name that begins as the name does and ends with the whole suffix', () => {
    fc.assert(
      fc.property(name, suffix, (text, digits) => {
        const derived = deriveK8sName(text, digits);
        expect(derived).toMatch(/^[a-z]([-a-z0-9]*[a-z0-9])?$/);
        expect(derived.length).toBeLessThanOrEqual(K8S_NAME_MAX_LENGTH);
        expect(derived.slice(-9)).toBe(`-${digits}`);
        const stem = derived.slice(0, -9);
        expect(stem).not.toMatch(/-$/);
        expect(text.startsWith(stem)).toBe(true);
        // Nothing is cut off that has room, but hyphens before the suffix.
        expect(text.slice(0, K8S_NAME_MAX_LENGTH - 9).slice(stem.length)).toMatch(/^-*$/);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves room for the label of a revision', () => {
    fc.assert(
      fc.property(name, suffix, (text, digits) => {
        expect(`${deriveK8sName(text, digits)}-${'x'.repeat(10)}`.length).toBeLessThanOrEqual(63);
      }),
    );
  });

  it('gives two instances with different suffixes different names', () => {
    fc.assert(
      fc.property(name, name, suffix, suffix, (one, two, first, second) => {
        fc.pre(first !== second);
        expect(deriveK8sName(one, first)).not.toBe(deriveK8sName(two, second));
      }),
    );
  });
});
