import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unmet } from './rule.js';
import { TAG_KEY_RULES, TAG_VALUE_RULES } from './tags.js';

const isKey = (key: string): boolean => unmet(TAG_KEY_RULES, key).length === 0;
const isValue = (value: string): boolean => unmet(TAG_VALUE_RULES, value).length === 0;

/** What the documentation of Kubernetes calls a name: 63 characters at most, and how it begins and ends. */
const name = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/);
const prefix = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?){0,3}$/);

describe('TAG_KEY_RULES', () => {
  it('take every label key, with a prefix or without', () => {
    fc.assert(
      fc.property(name, prefix, (key, domain) => {
        expect(isKey(key)).toBe(true);
        expect(isKey(`${domain}/${key}`)).toBe(true);
      }),
    );
  });

  it.each([
    '',
    '-a',
    'a-',
    '.a',
    'a b',
    'ä',
    'a/b/c',
    '/a',
    'a/',
    'A.example/a',
    '-a.example/b',
    'a..b/c',
    'x'.repeat(64),
    `${'a.'.repeat(127)}/a`,
  ])('refuse the key %j', (key) => {
    expect(isKey(key)).toBe(false);
  });

  it('take a prefix of 253 characters, and no longer one', () => {
    const long = 'a.'.repeat(126);
    expect(isKey(`${long}a/b`)).toBe(true);
    expect(isKey(`${long}aa/b`)).toBe(false);
  });
});

describe('TAG_VALUE_RULES', () => {
  it('take every label value, also none', () => {
    expect(isValue('')).toBe(true);
    fc.assert(
      fc.property(name, (value) => {
        expect(isValue(value)).toBe(true);
      }),
    );
  });

  it.each(['-', 'a-', '_a', 'a b', 'a/b', 'ä', 'a\n', 'x'.repeat(64)])('refuse the value %j', (value) => {
    expect(isValue(value)).toBe(false);
  });
});
