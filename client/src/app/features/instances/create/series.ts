import { BATCH_MAX_ITEMS, seriesNames } from '#rules';

/** Whether so many make a series. A count that can't be had makes one too, so that nothing jumps while somebody types. */
export const isSeries = (count: number | null): boolean => count === null || count !== 1;

export const isCount = (count: number | null): count is number =>
  count !== null && Number.isInteger(count) && count >= 1 && count <= BATCH_MAX_ITEMS;

/** First and last name of so many; of one, the name as it is. */
export function endsOf(name: string, count: number | null): { readonly first: string; readonly last: string } {
  if (!isSeries(count)) {
    return { first: name, last: name };
  }
  const names = seriesNames(name, isCount(count) ? count : 1);
  return { first: names[0] ?? name, last: names.at(-1) ?? name };
}
