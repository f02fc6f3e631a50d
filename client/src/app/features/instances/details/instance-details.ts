import { Location } from '@angular/common';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { MatButton } from '@angular/material/button';
import { MatTabsModule } from '@angular/material/tabs';
import { ActivatedRoute, NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map } from 'rxjs';
import type { InstanceState } from '#sdk';
import { Ago } from '../../../ui/ago';
import { LoadError } from '../../../ui/load-error';
import { PageHeader } from '../../../ui/page-header';
import { Skeleton } from '../../../ui/skeleton';
import { leadingKind, Status, wordOf } from '../../../ui/status';
import { SwipedTabs } from '../../../ui/swiped-tabs';
import { CreationProgress } from '../progress/creation-progress';
import { isCreatedHere } from '../progress/created-here';
import { detailsText } from './details.text';
import { HeaderActions } from './header-actions';
import { InstancePage } from './instance-page';
import { tabsOf } from './instance-tabs';
import { InstanceTimeline } from './activity/instance-timeline';
import { StateBanner } from './state-banner';

/** Everything about one instance: its header, and the tabs that its state has something to show in. */
@Component({
  selector: 'tg-instance-details',
  imports: [
    Ago,
    CreationProgress,
    HeaderActions,
    LoadError,
    MatButton,
    MatTabsModule,
    PageHeader,
    RouterLink,
    RouterOutlet,
    Skeleton,
    StateBanner,
    Status,
    SwipedTabs,
  ],
  templateUrl: './instance-details.html',
  styleUrl: './instance-details.scss',
  providers: [InstancePage, InstanceTimeline],
})
export class InstanceDetailsPage {
  /** From the address. */
  readonly name = input.required<string>();
  protected readonly page = inject(InstancePage);
  protected readonly text = detailsText;
  protected readonly back = { link: '/instances', label: detailsText.instances };
  protected readonly skeletons = [1, 2, 3, 4];
  readonly #location = inject(Location);
  readonly #router = inject(Router);
  readonly #route = inject(ActivatedRoute);
  readonly #announcer = inject(LiveAnnouncer);

  protected readonly activePath = toSignal(
    this.#router.events.pipe(
      filter((event) => event instanceof NavigationEnd),
      map(() => this.#pathOfTab()),
    ),
    { initialValue: this.#pathOfTab() },
  );
  protected readonly title = computed(() => this.page.instance()?.user_name ?? this.name());
  protected readonly kind = computed(() => {
    const instance = this.page.instance();
    return instance && leadingKind(instance);
  });
  protected readonly tabs = computed(() => {
    const instance = this.page.instance();
    return instance ? tabsOf(instance) : [];
  });
  protected readonly version = computed(() => {
    const instance = this.page.instance();
    return instance?.server_version ?? `PostgreSQL ${instance?.postgres_version ?? ''}`;
  });
  protected readonly stateWord = computed(() => {
    const instance = this.page.instance();
    const neverRan = instance?.state === 'failed' && instance.server_version === null;
    return neverRan ? detailsText.neverRan : instance && wordOf(instance.state);
  });

  constructor() {
    effect(() => this.page.name.set(this.name()));
    this.#leaveHiddenTabs();
    this.#announceStates();
  }

  /** The address of a tab that has nothing to show leads to the first one. */
  #leaveHiddenTabs(): void {
    effect(() => {
      const instance = this.page.instance();
      const known = this.tabs().some(({ path }) => path === this.activePath());
      if (instance && instance.state !== 'creating' && !known) {
        void this.#router.navigate(['/instances', this.name()], { replaceUrl: true });
      }
    });
  }

  #announceStates(): void {
    let last: { readonly id: string; readonly state: InstanceState } | undefined;
    effect(() => {
      const instance = this.page.instance();
      if (!instance || (instance.id === last?.id && instance.state === last.state)) {
        return;
      }
      const before = last?.id === instance.id ? last.state : undefined;
      last = { id: instance.id, state: instance.state };
      untracked(() => {
        // A slow page, or a quick creation: it may be over before it was ever seen.
        const fromCreating = before === 'creating' || isCreatedHere(this.#location.getState());
        this.page.justCreated.set(fromCreating && instance.state === 'running');
        if (before) {
          void this.#announcer.announce(detailsText.stateIs(instance.user_name, wordOf(instance.state)), 'polite');
        }
      });
    });
  }

  #pathOfTab(): string {
    return this.#route.snapshot.firstChild?.routeConfig?.path ?? '';
  }
}
