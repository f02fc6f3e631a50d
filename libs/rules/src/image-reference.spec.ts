import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatImageReference,
  IMAGE_DIGEST_RULES,
  IMAGE_REFERENCE_RULES,
  isRegistry,
  parseImageReference,
} from './image-reference.js';
import { unmet } from './rule.js';

const full = (text: string): string | null => {
  const reference = parseImageReference(text);
  return reference && formatImageReference(reference);
};

describe('parseImageReference', () => {
  it.each([
    ['postgres', 'docker.io/library/postgres'],
    ['postgres:18.1', 'docker.io/library/postgres:18.1'],
    ['postgis/postgis:18-3.6', 'docker.io/postgis/postgis:18-3.6'],
    ['docker.io/postgres', 'docker.io/library/postgres'],
    ['index.docker.io/library/postgres:18', 'docker.io/library/postgres:18'],
    ['registry.example.com/team/postgres:18', 'registry.example.com/team/postgres:18'],
    ['Registry.Example.com/postgres', 'registry.example.com/postgres'],
    ['localhost/postgres:18', 'localhost/postgres:18'],
    ['localhost:5000/postgres:18', 'localhost:5000/postgres:18'],
    ['[2001:db8::1]:5000/postgres', '[2001:db8::1]:5000/postgres'],
    ['team/a__b/c--d/e.f_g', 'docker.io/team/a__b/c--d/e.f_g'],
    [`postgres:${'a'.repeat(128)}`, `docker.io/library/postgres:${'a'.repeat(128)}`],
  ])('reads %s as %s', (text, expected) => {
    expect(full(text)).toBe(expected);
  });

  it.each([
    '',
    '/',
    ':18',
    'postgres:',
    'Postgres',
    'REGISTRY/postgres',
    'registry.example.com/',
    'registry.example.com/Team/postgres',
    'registry.example.com//postgres',
    'registry.example.com:port/postgres',
    '-registry.example.com/postgres',
    'registry..example.com/postgres',
    'team/-postgres',
    'team/postgres_',
    'team/a___b',
    'postgres:18 ',
    'postgres\n',
    'postgres:18\n',
    'postgres:.18',
    `postgres:${'a'.repeat(129)}`,
    `registry.example.com/${'a'.repeat(240)}`,
    `postgres@sha256:${'0'.repeat(64)}`,
    'https://registry.example.com/postgres',
  ])('does not take %j', (text) => {
    expect(parseImageReference(text)).toBeNull();
  });

  const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?$/);
  const registry = fc
    .tuple(fc.array(label, { minLength: 2, maxLength: 3 }), fc.option(fc.integer({ min: 1, max: 65_535 })))
    .map(([labels, port]) => `${labels.join('.')}${port === null ? '' : `:${String(port)}`}`)
    .filter((host) => host !== 'docker.io' && host !== 'index.docker.io');
  const component = fc.stringMatching(/^[a-z0-9]{1,5}((\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}$/);
  const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/));

  it('takes apart whatever is legal, and what it has put together it reads as the same', () => {
    fc.assert(
      fc.property(registry, path, tag, (host, name, label) => {
        const written = { registry: host, path: name, tag: label };
        const read = parseImageReference(formatImageReference(written));
        expect(read).toEqual(written);
        expect(full(formatImageReference(written))).toBe(formatImageReference(written));
      }),
    );
  });

  it('never makes anything of any text that it would not read again', () => {
    const text = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[a-zA-Z0-9./:_@[\]-]{0,40}$/));
    fc.assert(
      fc.property(text, (anything) => {
        const once = full(anything);
        expect(once === null || full(once) === once).toBe(true);
        expect(once ?? '').not.toMatch(/[@\s]/);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what people type as an image', () => {
  const codes = (text: string): string[] => unmet(IMAGE_REFERENCE_RULES, text).map(({ code }) => code);

  it('is told where its digest belongs', () => {
    expect(codes(`postgres:18@sha256:${'0'.repeat(64)}`)).toEqual(['image_digest_apart']);
    expect(codes('Postgres')).toEqual(['image_reference_form']);
    expect(codes('postgres:18')).toEqual([]);
  });

  it.each([
    [`sha256:${'0a'.repeat(32)}`, true],
    [`sha256:${'0A'.repeat(32)}`, false],
    [`sha256:${'0'.repeat(63)}`, false],
    ['0'.repeat(64), false],
    [`sha512:${'0'.repeat(64)}`, false],
    [`sha256:${'0'.repeat(64)}\n`, false],
  ])('has a digest of the one form: %j', (text, isMet) => {
    expect(unmet(IMAGE_DIGEST_RULES, text).length === 0).toBe(isMet);
  });
});

describe('isRegistry', () => {
  it('knows a host from what is more or less than one', () => {
    expect(['docker.io', 'localhost:5000', 'registry.example.com:443'].every(isRegistry)).toBe(true);
    expect(['', 'docker.io/', 'https://docker.io', 'a b', '*.example.com'].some(isRegistry)).toBe(false);
  });
});
