import { ActiveDescendantKeyManager, LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, DestroyRef, effect, inject, Injector, signal, viewChildren } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatIconButton } from '@angular/material/button';
import { MatDialogRef } from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import { Router } from '@angular/router';
import type { InstanceSummary } from '#sdk';
import { Format } from '../../core/format';
import { Notify } from '../../core/notify';
import { TOYGRES } from '../../core/toygres';
import { Viewport } from '../../core/viewport';
import { InstanceActions } from '../../features/instances';
import { Fleet } from '../../live/fleet';
import { liveQuery } from '../../live/live-query';
import { leadingKind, Status } from '../../ui/status';
import { bestFirst, matches, type PaletteEntry, type PaletteGroup, parted } from './palette-entry';
import { PaletteOption } from './palette-option';
import { PalettePages } from './palette-pages';
import { paletteText } from './palette.text';

/** After the last key, in milliseconds. */
const PAUSE_MS = 120;
/** A count is read out when nobody has typed for this long, in milliseconds. */
const QUIET_MS = 700;
const MOST_INSTANCES = 6;

/** Finds instances, what can be done to them, and pages. Opens with what is already loaded; the server is asked while somebody types. */
@Component({
  selector: 'tg-command-palette',
  imports: [MatIcon, MatIconButton, PaletteOption, Status],
  templateUrl: './command-palette.html',
  styleUrl: './command-palette.scss',
})
export class CommandPalette {
  protected readonly text = paletteText;
  protected readonly keys = { escape: 'Esc', up: '↑', down: '↓', enter: '↵', tab: 'Tab' };
  protected readonly viewport = inject(Viewport);
  protected readonly parted = parted;
  protected readonly kindOf = leadingKind;
  readonly #toygres = inject(TOYGRES);
  readonly #actions = inject(InstanceActions);
  readonly #offer = inject(PalettePages);
  readonly #stats = inject(Fleet).stats;
  readonly #router = inject(Router);
  readonly #format = inject(Format);
  readonly #notify = inject(Notify);
  readonly #dialog = inject<MatDialogRef<CommandPalette>>(MatDialogRef);
  private readonly options = viewChildren(PaletteOption);
  protected readonly resultsId = 'palette-results';
  readonly #active = signal<PaletteOption | null>(null);
  protected readonly activeId = computed(() => {
    const active = this.#active();
    return active && this.options().includes(active) ? active.id() : null;
  });
  #moved = false;

  readonly #typed = signal('');
  protected readonly term = computed(() => this.#typed().trim());
  /** The term of a moment ago, when somebody pauses. */
  readonly #asked = signal('');
  readonly #search = liveQuery<string, { readonly term: string; readonly found: readonly InstanceSummary[] }>({
    params: () => this.#asked() || undefined,
    load: async (term, signal) => {
      const { instances } = await this.#toygres.instances.list({ search: term, limit: MOST_INSTANCES }, { signal });
      return { term, found: instances };
    },
  });
  readonly #known = computed(() => {
    const stats = this.#stats.value();
    const known = [
      ...(stats?.recent_instances ?? []),
      ...(stats?.failed_instances ?? []),
      ...(this.#search.value()?.found ?? []),
    ];
    return [...new Map(known.map((instance) => [instance.id, instance])).values()];
  });
  readonly #isAnswered = computed(() => this.#search.value()?.term === this.term());
  /** Until the answer is there, what is known already stands for it. */
  readonly #instances = computed(() => {
    const term = this.term();
    if (term === '') {
      return this.#stats.value()?.recent_instances ?? [];
    }
    const answer = this.#isAnswered() ? this.#search.value()?.found : undefined;
    const found = answer ?? this.#known().filter(({ user_name: name }) => matches(name, term));
    return bestFirst(found, term).slice(0, MOST_INSTANCES);
  });

  protected readonly groups = computed((): readonly PaletteGroup[] => {
    const term = this.term();
    const best = term === '' ? undefined : this.#instances()[0];
    const fitting = (entries: readonly PaletteEntry[]): readonly PaletteEntry[] =>
      entries.filter(({ label }) => matches(label, term));
    return [
      {
        id: 'instances',
        title: term === '' ? paletteText.recent : paletteText.instances,
        entries: this.#instances().map((instance) => this.#instance(instance)),
      },
      {
        id: 'actions',
        title: paletteText.actionsOn(best?.user_name ?? ''),
        entries: best ? this.#actionsOn(best) : [],
      },
      {
        id: 'pages',
        title: paletteText.pages,
        entries: [...fitting(this.#offer.pages), ...(best ? [this.#offer.operationsOn(best.user_name)] : [])],
      },
      { id: 'settings', title: paletteText.settings, entries: fitting(this.#offer.settings) },
    ].filter(({ entries }) => entries.length > 0);
  });
  protected readonly count = computed(() => {
    const count = this.groups().reduce((sum, { entries }) => sum + entries.length, 0);
    if (count === 0) {
      return paletteText.countNone;
    }
    return count === 1 ? paletteText.countOne : paletteText.count(this.#format.number(count));
  });
  protected readonly failed = computed(() => this.term() !== '' && this.#search.error() !== undefined);
  protected readonly searching = computed(() => !this.#isAnswered() && !this.failed());

  readonly #keys = new ActiveDescendantKeyManager(this.options, inject(Injector)).withWrap();

  constructor() {
    this.#keys.change.pipe(takeUntilDestroyed()).subscribe(() => this.#active.set(this.#keys.activeItem));
    inject(DestroyRef).onDestroy(() => this.#keys.destroy());
    effect(() => {
      // The best is chosen, until somebody has moved from it: an answer that comes in later does not take that away.
      const options = this.options();
      const { activeItem } = this.#keys;
      const [best] = options;
      if (best && !(this.#moved && activeItem && options.includes(activeItem))) {
        this.#keys.setActiveItem(best);
      }
    });
    effect((onCleanup) => {
      const term = this.term();
      const timer = setTimeout(() => this.#asked.set(term), PAUSE_MS);
      onCleanup(() => clearTimeout(timer));
    });
    const announcer = inject(LiveAnnouncer);
    effect((onCleanup) => {
      const count = this.count();
      const timer = setTimeout(() => void announcer.announce(count), QUIET_MS);
      onCleanup(() => clearTimeout(timer));
    });
  }

  protected type(value: string): void {
    this.#moved = false;
    this.#typed.set(value);
  }

  protected press(event: KeyboardEvent): void {
    const active = this.#keys.activeItem;
    if (event.key === 'Enter' && !event.isComposing && active) {
      event.preventDefault();
      this.choose(active.entry());
    } else if (event.key === 'Tab') {
      event.preventDefault();
      this.#nextGroup(event.shiftKey ? -1 : 1);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#moved = true;
      this.#keys.onKeydown(event);
    }
  }

  protected point(entry: PaletteEntry): void {
    const option = this.options().find((candidate) => candidate.entry() === entry);
    if (option && option !== this.#keys.activeItem) {
      this.#moved = true;
      this.#keys.setActiveItem(option);
    }
  }

  /** Acts when the palette is gone: a dialog that an action opens must not give the focus back to it. */
  protected choose(entry: PaletteEntry): void {
    this.#dialog.afterClosed().subscribe(() => void this.#notify.attempt(() => entry.run()));
    this.#dialog.close();
  }

  protected close(): void {
    this.#dialog.close();
  }

  #nextGroup(step: 1 | -1): void {
    const firsts = this.groups().map(({ entries }) => entries[0]);
    const active = this.#keys.activeItem?.entry();
    const at = this.groups().findIndex(({ entries }) => active !== undefined && entries.includes(active));
    const next = firsts.at((at + step) % firsts.length);
    if (next) {
      this.point(next);
    }
  }

  #instance(instance: InstanceSummary): PaletteEntry {
    const { id, user_name: name, postgres_version: version, storage_size_gb: size } = instance;
    return {
      id: `instance-${id}`,
      label: name,
      icon: 'database',
      hint: paletteText.makeup(version, this.#format.bytes(size * 1e9)),
      instance,
      run: () => this.#router.navigate(['/instances', name]),
    };
  }

  #actionsOn(instance: InstanceSummary): readonly PaletteEntry[] {
    return [this.#actions.primary(instance), ...this.#actions.others(instance)].map((action) => ({
      id: `action-${action.id}`,
      label: action.label,
      icon: action.icon,
      dangerous: action.dangerous ?? false,
      ...(action.reason === undefined ? {} : { hint: action.reason }),
      run: action.run,
    }));
  }
}
