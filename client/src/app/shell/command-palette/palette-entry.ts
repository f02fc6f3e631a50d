import type { InstanceSummary } from '#sdk';
import type { IconName } from '../../ui/icons';

/** Something that can be chosen. */
export interface PaletteEntry {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly hint?: string;
  /** Whose status is shown at the right. */
  readonly instance?: InstanceSummary;
  /** The keys that do the same without the palette. */
  readonly keys?: readonly string[];
  readonly dangerous?: boolean;
  readonly run: () => unknown;
}

export interface PaletteGroup {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly PaletteEntry[];
}

const letters = (text: string): string => text.toLocaleLowerCase();

/** Whether every word of the term is in the label. */
export function matches(label: string, term: string): boolean {
  return letters(term)
    .split(/\s+/)
    .every((word) => letters(label).includes(word));
}

/** A label in three parts, of which the middle one is what was searched for. */
export function parted(label: string, term: string): readonly [before: string, match: string, after: string] {
  const at = term === '' ? -1 : letters(label).indexOf(letters(term));
  return at < 0
    ? [label, '', '']
    : [label.slice(0, at), label.slice(at, at + term.length), label.slice(at + term.length)];
}

/** What begins with the term comes first; otherwise the order stays. */
export function bestFirst(instances: readonly InstanceSummary[], term: string): readonly InstanceSummary[] {
  const rank = ({ user_name: name }: InstanceSummary): number =>
    name === letters(term) ? 0 : name.startsWith(letters(term)) ? 1 : 2;
  return [...instances].sort((a, b) => rank(a) - rank(b));
}
