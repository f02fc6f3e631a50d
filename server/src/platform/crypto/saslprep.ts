import { LEFT_TO_RIGHT, MAPPED_TO_NOTHING, NON_ASCII_SPACES, PROHIBITED, RIGHT_TO_LEFT } from './saslprep-tables.js';

/**
 * SASLprep (RFC 4013) as PostgreSQL and libpq apply it to a password: ASCII is taken as it is, and so is, whole and
 * unchanged, a password that SASLprep would refuse.
 */
export function saslprep(password: string): string {
  if (isAscii(password)) {
    return password;
  }
  const mapped = password.replace(matcher(NON_ASCII_SPACES), ' ').replace(matcher(MAPPED_TO_NOTHING), '');
  const prepared = mapped.normalize('NFKC');
  return prepared === '' || matcher(PROHIBITED).test(prepared) || mixesDirections(prepared) ? password : prepared;
}

function isAscii(text: string): boolean {
  return !/[^\p{ASCII}]/u.test(text);
}

/** RFC 3454 section 6: text from right to left begins and ends so and holds nothing from left to right. */
function mixesDirections(text: string): boolean {
  const rightToLeft = matcher(RIGHT_TO_LEFT);
  const isRightToLeft = (character: string | undefined) => character?.search(rightToLeft) === 0;
  if (text.search(rightToLeft) < 0) {
    return false;
  }
  const characters = Array.from(text);
  return text.search(matcher(LEFT_TO_RIGHT)) >= 0 || !isRightToLeft(characters[0]) || !isRightToLeft(characters.at(-1));
}

const matchers = new Map<string, RegExp>();

/** A pattern for the characters of a table. It has no memory of its last match (`g` is only looked at by `replace`). */
function matcher(table: string): RegExp {
  let pattern = matchers.get(table);
  if (pattern === undefined) {
    const ranges = table
      .trim()
      .split(/\s+/)
      .map((range) => range.replaceAll(/[0-9a-f]+/g, String.raw`\u{$&}`));
    pattern = new RegExp(`[${ranges.join('')}]`, 'gu');
    matchers.set(table, pattern);
  }
  pattern.lastIndex = 0;
  return pattern;
}
