import type { Format } from '../../../core/format';
import { listText } from './instance-list.text';

const SECOND = 1_000;
const UNITS = [
  [365 * 86_400 * SECOND, listText.ageYears],
  [86_400 * SECOND, listText.ageDays],
  [3_600 * SECOND, listText.ageHours],
  [60 * SECOND, listText.ageMinutes],
  [SECOND, listText.ageSeconds],
] as const;

/** A span of time where there is no room for more than one unit: "24 s", "3 h", "118 d". */
export function shortAge(milliseconds: number, format: Format): string {
  const past = Math.max(0, milliseconds);
  const [length, word] = UNITS.find(([unit]) => past >= unit) ?? [SECOND, listText.ageSeconds];
  return word(format.number(Math.floor(past / length)));
}
