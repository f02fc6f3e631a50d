import type { Rule } from './rule.js';

/** Tags become Kubernetes labels, so they follow the rules of labels (Kubernetes: "Labels and Selectors", syntax and character set). */
export const TAGS_MAX_COUNT = 50;
const LABEL_VALUE = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;
const LABEL_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const LABEL_PREFIX = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

function isLabelKey(key: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) {
    return LABEL_NAME.test(key);
  }
  const prefix = key.slice(0, slash);
  return prefix.length <= 253 && LABEL_PREFIX.test(prefix) && LABEL_NAME.test(key.slice(slash + 1));
}

export const TAG_KEY_RULES: readonly Rule<string>[] = [
  {
    code: 'tag_key',
    message:
      'A tag key must have 1 to 63 letters, digits, hyphens, underscores and dots, and begin and end with a letter or digit.',
    isMet: isLabelKey,
  },
];

export const TAG_VALUE_RULES: readonly Rule<string>[] = [
  {
    code: 'tag_value',
    message:
      'A tag value must have at most 63 letters, digits, hyphens, underscores and dots, and begin and end with a letter or digit.',
    isMet: (value) => LABEL_VALUE.test(value),
  },
];
