/** The most instances of one request. */
export const BATCH_MAX_ITEMS = 500;

/**
 * Names of a series: the base, a hyphen, and a number from 1 with as many digits as the last one has, so that they sort by it.
 *
 * @example seriesNames('db', 10) // db-01 … db-10
 */
export function seriesNames(base: string, count: number): readonly string[] {
  const { length } = String(count);
  return Array.from({ length: count }, (_, index) => `${base}-${String(index + 1).padStart(length, '0')}`);
}
