import { CdkTrapFocus } from '@angular/cdk/a11y';
import { Component, computed, DOCUMENT, type ElementRef, inject, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatIconButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';
import { MatSidenav, MatSidenavContainer, MatSidenavContent } from '@angular/material/sidenav';
import { NavigationEnd, Router, RouterLink, RouterOutlet } from '@angular/router';
import { filter, map, pairwise, startWith } from 'rxjs';
import { Capabilities } from '../core/capabilities';
import { Format } from '../core/format';
import { LanguageChoice } from '../core/language';
import { type Language, LANGUAGES } from '../core/languages';
import { type Theme, ThemeChoice } from '../core/theme';
import { Viewport } from '../core/viewport';
import { Fleet } from '../live/fleet';
import type { IconName } from '../ui/icons';
import { Help } from './help';
import { PALETTE_KEYS } from './keyboard';
import { LiveIndicator } from './live-indicator';
import { LostBanner } from './lost-banner';
import { shellText } from './shell.text';
import { Shortcuts } from './shortcuts';

interface Destination {
  readonly path: string;
  /** Pages that belong to it, besides those below it. */
  readonly covers?: readonly string[];
  readonly label: string;
  readonly icon: IconName;
  readonly activeIcon: IconName;
}

/** What surrounds every page. */
@Component({
  selector: 'tg-shell',
  imports: [
    CdkTrapFocus,
    LiveIndicator,
    LostBanner,
    MatIcon,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MatSidenav,
    MatSidenavContainer,
    MatSidenavContent,
    RouterLink,
    RouterOutlet,
  ],
  templateUrl: './shell.html',
  styleUrl: './shell.scss',
  // The drawer itself hears keys only once the focus has got there, which is a moment after it can be seen.
  host: { '(document:keydown.escape)': 'drawerOpen.set(false)' },
})
export class Shell {
  protected readonly text = shellText;
  protected readonly paletteKeys = PALETTE_KEYS;
  protected readonly viewport = inject(Viewport);
  protected readonly theme = inject(ThemeChoice);
  protected readonly language = inject(LanguageChoice);
  protected readonly help = inject(Help);
  protected readonly shortcuts = inject(Shortcuts);
  protected readonly capabilities = inject(Capabilities);
  protected readonly fleet = inject(Fleet);
  readonly #format = inject(Format);
  readonly #document = inject(DOCUMENT);
  readonly #router = inject(Router);
  readonly #here = signal(pathOf(this.#router.url));
  private readonly content = viewChild.required<ElementRef<HTMLElement>>('content');

  protected readonly drawerOpen = signal(false);
  protected readonly destinations: readonly Destination[] = [
    {
      path: '/',
      covers: ['/findings'],
      label: shellText.dashboard,
      icon: 'dashboard',
      activeIcon: 'dashboard-fill',
    },
    { path: '/instances', label: shellText.instances, icon: 'database', activeIcon: 'database-fill' },
    {
      path: '/operations',
      covers: ['/batches'],
      label: shellText.operations,
      icon: 'account_tree',
      activeIcon: 'account_tree-fill',
    },
    { path: '/images', label: shellText.images, icon: 'deployed_code', activeIcon: 'deployed_code-fill' },
  ];
  protected readonly themes: readonly { readonly theme: Theme; readonly label: string; readonly icon: IconName }[] = [
    { theme: 'system', label: shellText.themeSystem, icon: 'contrast' },
    { theme: 'light', label: shellText.themeLight, icon: 'light_mode' },
    { theme: 'dark', label: shellText.themeDark, icon: 'dark_mode' },
  ];
  protected readonly themeIcon = computed(
    () => this.themes.find(({ theme }) => theme === this.theme.theme())?.icon ?? 'contrast',
  );
  protected readonly languages = Object.entries(LANGUAGES) as [Language, string][];
  protected readonly instanceCount = computed(() => {
    const total = this.fleet.stats.value()?.total;
    return total === undefined ? undefined : this.#format.number(total);
  });

  constructor() {
    this.shortcuts.listen();
    this.#router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        map(({ urlAfterRedirects: url }) => pathOf(url)),
        startWith(undefined),
        pairwise(),
        takeUntilDestroyed(),
      )
      .subscribe(([before, after]) => {
        this.drawerOpen.set(false);
        this.#here.set(after ?? '');
        if (before !== after) {
          this.#focusPage(before === undefined);
        }
      });
  }

  protected isActive({ path, covers = [] }: Destination): boolean {
    const here = this.#here();
    return here === path || [...(path === '/' ? [] : [path]), ...covers].some((base) => isBelow(here, base));
  }

  protected skip(event: Event): void {
    event.preventDefault();
    this.content().nativeElement.focus();
  }

  /**
   * A new page begins where somebody types first (`data-first`), else it is read from its title on; with the document, the browser does that.
   * Tabs of one page leave the focus where it is.
   */
  #focusPage(isDocument: boolean): void {
    if (this.#document.activeElement?.closest('[role="tablist"], [mat-tab-nav-bar]')) {
      return;
    }
    setTimeout(() => {
      const content = this.content().nativeElement;
      const first = content.querySelector<HTMLElement>('[data-first]');
      const title = isDocument ? null : (content.querySelector<HTMLElement>('h1') ?? content);
      (first ?? title)?.focus({ preventScroll: true });
    });
  }
}

const pathOf = (url: string): string => url.replace(/[?#].*$/, '');
const isBelow = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`);
