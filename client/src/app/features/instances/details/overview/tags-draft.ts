import { TAGS_MAX_COUNT } from '#rules';
import { type InstanceDetails, ToygresError } from '#sdk';
import { faultSentence } from '../../create/create.text';
import { parseTag, tagFaults } from '../../tag';

/** Tags as people write them: "key: value". */
export const tagsOf = ({ tags }: InstanceDetails): readonly string[] =>
  Object.entries(tags).map(([key, value]) => `${key}: ${value}`);

/** What is wrong with the tags, in sentences. */
export function faultsOf(tags: readonly string[]): readonly string[] {
  const faults = tags.flatMap((tag) => tagFaults(tag, tags).map(faultSentence));
  const tooMany = tags.length > TAGS_MAX_COUNT ? [faultSentence({ code: 'too_many_tags', message: '' })] : [];
  return [...new Set([...faults, ...tooMany])];
}

/** What is sent. */
export function requestOf(tags: readonly string[]): Readonly<Record<string, string>> {
  const parsed = tags.map(parseTag).filter((tag) => tag !== undefined);
  return Object.fromEntries(parsed.map(({ key, value }) => [key, value]));
}

/** What the server has against the tags, in sentences; empty when it is something else. */
export function refusalsOf(error: unknown): readonly string[] {
  const faults = error instanceof ToygresError ? error.errors : [];
  return faults.filter(({ pointer }) => pointer.startsWith('/tags')).map(faultSentence);
}
