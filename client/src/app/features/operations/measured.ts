import type { Progress } from '#sdk';
import type { Format } from '../../core/format';
import { timelineText } from './timeline/timeline.text';

/** How far an activity is, as it measures that itself: "1.2 GB of 40 GB". */
export function measured({ done, total, unit }: Progress, format: Format): string {
  const count = (value: number): string => (unit === 'bytes' ? format.bytes(value) : format.number(value));
  const text = total === null ? count(done) : timelineText.progressOf(count(done), count(total));
  return unit === 'bytes' ? text : timelineText.replicas(text);
}
