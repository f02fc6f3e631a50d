import type { Rule } from './rule.js';

export const PASSWORD_MIN_LENGTH = 12;
export const PASSWORD_MAX_LENGTH = 128;

/** A password and the name of the instance that it is for; the name may be empty while a form is being filled. */
export interface PasswordInput {
  readonly password: string;
  readonly name: string;
}

/** Length counts code points, so that an emoji or an umlaut is one character as a person sees it. */
const codePoints = (text: string): number => Array.from(text).length;

export const PASSWORD_RULES: readonly Rule<PasswordInput>[] = [
  {
    code: 'password_length',
    message: `The password must have ${String(PASSWORD_MIN_LENGTH)} to ${String(PASSWORD_MAX_LENGTH)} characters.`,
    isMet: ({ password }) => codePoints(password) >= PASSWORD_MIN_LENGTH && codePoints(password) <= PASSWORD_MAX_LENGTH,
  },
  {
    code: 'password_printable',
    message: 'The password must be made of printable characters.',
    isMet: ({ password }) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(password),
  },
  {
    code: 'password_upper',
    message: 'The password must contain an upper-case letter.',
    isMet: ({ password }) => /\p{Lu}/u.test(password),
  },
  {
    code: 'password_lower',
    message: 'The password must contain a lower-case letter.',
    isMet: ({ password }) => /\p{Ll}/u.test(password),
  },
  {
    code: 'password_digit',
    message: 'The password must contain a digit.',
    isMet: ({ password }) => /\p{Nd}/u.test(password),
  },
  {
    code: 'password_contains_name',
    message: 'The password must not contain the name of the instance.',
    isMet: ({ password, name }) => name === '' || !password.toLowerCase().includes(name.toLowerCase()),
  },
];
