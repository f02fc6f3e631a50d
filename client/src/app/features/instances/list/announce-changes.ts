import { LiveAnnouncer } from '@angular/cdk/a11y';
import { DestroyRef, effect, inject } from '@angular/core';
import type { InstanceSummary } from '#sdk';
import { Format } from '../../../core/format';
import { leadingKind, wordOf } from '../../../ui/status';
import { listText } from './instance-list.text';

/** What changes within this time is said together, in milliseconds. */
const GATHER_MS = 1_000;
/** More changes than this are only counted. */
const NAMED = 3;

/** Tells people who do not see the rows when the status of one changes. To be called where `inject` may be. */
export function announceChanges(rows: () => readonly InstanceSummary[]): void {
  const announcer = inject(LiveAnnouncer);
  const format = inject(Format);
  let known: ReadonlyMap<string, string> = new Map();
  let changed = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const announce = (): void => {
    timer = undefined;
    const sentences = [...changed].map(([name, word]) => listText.changed(name, word));
    changed = new Map();
    void announcer.announce(
      sentences.length > NAMED ? listText.manyChanged(format.number(sentences.length)) : sentences.join(' '),
      'polite',
    );
  };

  effect(() => {
    const now = rows();
    for (const instance of now) {
      const before = known.get(instance.id);
      const word = spoken(instance);
      if (before !== undefined && before !== word) {
        changed.set(instance.user_name, word);
      }
    }
    known = new Map(now.map((instance) => [instance.id, spoken(instance)]));
    if (changed.size > 0) {
      timer ??= setTimeout(announce, GATHER_MS);
    }
  });
  inject(DestroyRef).onDestroy(() => clearTimeout(timer));
}

function spoken(instance: InstanceSummary): string {
  const kind = leadingKind(instance);
  return wordOf(kind === 'healthy' || kind === 'unhealthy' ? kind : instance.state);
}
