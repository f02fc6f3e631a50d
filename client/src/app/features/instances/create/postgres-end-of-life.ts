/**
 * When the last minor release of a major version comes, year and month.
 * Source: https://www.postgresql.org/support/versioning/ ("Final Release").
 */
const FINAL_RELEASES: Readonly<Record<string, readonly [year: number, month: number]>> = {
  '15': [2027, 11],
  '16': [2028, 11],
  '17': [2029, 11],
  '18': [2030, 11],
};

/** Month of the last release of a major version, or undefined when it is not known here. */
export function finalRelease(major: string): Date | undefined {
  const known = FINAL_RELEASES[major];
  return known && new Date(known[0], known[1] - 1);
}
