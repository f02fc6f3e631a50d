import { type Rule, TAG_KEY_RULES, TAG_VALUE_RULES, unmet } from '#rules';

export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A tag as it is typed, "key: value"; undefined without a colon. */
export function parseTag(text: string): Tag | undefined {
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { key: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

/** As it is shown, with one space after the colon. What is no tag stays as it is, to be mended. */
export function tidyTag(text: string): string {
  const tag = parseTag(text);
  return tag ? `${tag.key}: ${tag.value}`.trim() : text.trim();
}

type Fault = Pick<Rule<string>, 'code' | 'message'>;

/** What is wrong with a tag among all. */
export function tagFaults(text: string, all: readonly string[]): readonly Fault[] {
  const tag = parseTag(text);
  if (!tag) {
    return [{ code: 'tag_form', message: 'A tag has the form key: value.' }];
  }
  const twice = all.filter((other) => parseTag(other)?.key === tag.key).length > 1;
  return [
    ...unmet(TAG_KEY_RULES, tag.key),
    ...unmet(TAG_VALUE_RULES, tag.value),
    ...(twice ? [{ code: 'tag_twice', message: 'Each key may be there only once.' }] : []),
  ];
}
