import { PASSWORD_RULES, unmet } from '#rules';

/** Letters and digits that are not taken for one another: no 0, O, 1, l, I. */
const ALPHABET = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/**
 * A random password such as "tG7x-wav9-Quil-mo42", of 93 bits: readable, and safe in shells, URLs and configuration files.
 *
 * @param name of the instance; may be empty
 */
export function generatePassword(name: string): string {
  // Of a hundred, about ten lack a digit: then there is another one, so that all that are allowed are equally likely.
  for (;;) {
    const groups = Array.from({ length: GROUPS }, () =>
      Array.from({ length: GROUP_LENGTH }, () => ALPHABET.charAt(randomBelow(ALPHABET.length))).join(''),
    );
    const password = groups.join('-');
    if (unmet(PASSWORD_RULES, { password, name }).length === 0) {
      return password;
    }
  }
}

/** @param limit at most 256 */
function randomBelow(limit: number): number {
  // Bytes above the largest multiple of the limit would make small numbers likelier than others.
  const fair = 256 - (256 % limit);
  const bytes = new Uint8Array(1);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(bytes);
    if (byte < fair) {
      return byte % limit;
    }
  }
}
