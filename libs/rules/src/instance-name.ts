import type { Rule } from './rule.js';

/** A DNS label ends at 63 octets (RFC 1035, 2.3.4). */
export const NAME_MAX_LENGTH = 63;
export const NAME_MIN_LENGTH = 3;
export const NAME_PATTERN = '^[a-z][a-z0-9-]*[a-z0-9]$';

/**
 * A StatefulSet's pods carry the label `controller-revision-hash` = name, hyphen, 10 characters. A label's value ends at 63 characters, so
 * the name may have 52.
 */
export const K8S_NAME_MAX_LENGTH = 52;
const SUFFIX_LENGTH = 8;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether the text has the form of an instance's id rather than of a name. */
export function isInstanceId(text: string): boolean {
  return UUID.test(text);
}

export const NAME_RULES: readonly Rule<string>[] = [
  {
    code: 'name_length',
    message: `The name must have ${String(NAME_MIN_LENGTH)} to ${String(NAME_MAX_LENGTH)} characters.`,
    isMet: (name) => name.length >= NAME_MIN_LENGTH && name.length <= NAME_MAX_LENGTH,
  },
  {
    code: 'name_characters',
    message:
      'The name must begin with a lower-case letter, go on with lower-case letters, digits and hyphens, and end with a letter or digit.',
    isMet: (name) => new RegExp(NAME_PATTERN).test(name),
  },
  {
    code: 'name_punycode',
    message: 'The name must not begin with "xn--", which DNS keeps for international names.',
    isMet: (name) => !name.startsWith('xn--'),
  },
  {
    code: 'name_uuid',
    message: 'The name must not have the form of a UUID, because ids of instances have it.',
    isMet: (name) => !isInstanceId(name),
  },
];

/**
 * The name of an instance's resources: the name, cut where needed, a hyphen and the suffix.
 *
 * @param name a name that meets {@link NAME_RULES}
 * @param suffix 8 lower-case hexadecimal digits, random per instance
 * @returns a legal name for a StatefulSet, Service and directory, of at most {@link K8S_NAME_MAX_LENGTH} characters
 */
export function deriveK8sName(name: string, suffix: string): string {
  const room = K8S_NAME_MAX_LENGTH - SUFFIX_LENGTH - 1;
  return `${name.slice(0, room).replace(/-+$/, '')}-${suffix}`;
}
