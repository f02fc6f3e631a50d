import { Location } from '@angular/common';
import { DestroyRef, effect, ErrorHandler, inject, Injectable, signal, untracked } from '@angular/core';
import {
  NavigationEnd,
  Router,
  type RouterFeatures,
  withNavigationErrorHandler,
  withRouterConfig,
} from '@angular/router';
import { LOAD_DOCUMENT } from '../core/load-document';
import { isLoadFailure } from '../core/load-failure';
import { Notify } from '../core/notify';
import { Live } from './live';
import { missedPageText } from './missed-page.text';

/** Where the page is noted that was loaded because its code was missed. It is the tab's own, and lives on through the load. */
const LOADED = 'toygres.loaded';

interface Miss {
  readonly url: string;
  readonly error: unknown;
}

/**
 * A page whose code could not be loaded. With the server there, the build is another one by now: the page is loaded from it as a document.
 * With the server away, that happens when it is back, unless the reader has gone elsewhere.
 */
@Injectable({ providedIn: 'root' })
export class MissedPage {
  readonly #live = inject(Live);
  readonly #notify = inject(Notify);
  readonly #router = inject(Router);
  readonly #location = inject(Location);
  readonly #loadDocument = inject(LOAD_DOCUMENT);
  readonly #miss = signal<Miss | undefined>(undefined);
  #takeBack: (() => void) | undefined;

  constructor() {
    effect(() => {
      const miss = this.#miss();
      const status = this.#live.status();
      // Every sign of life is a reason to try.
      this.#live.asOf();
      if (miss && status !== 'connecting') {
        untracked(() => void this.#goOrWait(miss, status === 'live'));
      }
    });
    const arrivals = this.#router.events.subscribe((event) => {
      if (event instanceof NavigationEnd) {
        this.#forget();
      }
    });
    inject(DestroyRef).onDestroy(() => arrivals.unsubscribe());
  }

  /** @param url of the router, which did not get there */
  go(url: string, error: unknown): void {
    this.#miss.set({ url, error });
  }

  async #goOrWait(miss: Miss, isLive: boolean): Promise<void> {
    const path = this.#location.prepareExternalUrl(miss.url);
    const there = isLive && (await isThere(path));
    if (miss !== this.#miss()) {
      return; // The reader has gone elsewhere in the meantime.
    }
    if (!there) {
      this.#wait();
    } else if (this.#takeBack === undefined && this.#wasLoadedFor(path)) {
      this.#forget();
      this.#notify.problem(miss.error);
    } else {
      this.#forget();
      note(path);
      this.#loadDocument(path);
    }
  }

  #wait(): void {
    if (this.#takeBack === undefined) {
      this.#takeBack = this.#notify.wait(missedPageText.waiting, missedPageText.stay, () => this.#forget());
      // A stream may seem open for a while after the server has gone.
      this.#live.tryNow();
    }
  }

  #forget(): void {
    this.#miss.set(undefined);
    this.#takeBack?.();
    this.#takeBack = undefined;
  }

  /** Whether this very document was loaded for that page, and has shown none since: loading it again would not end. */
  #wasLoadedFor(path: string): boolean {
    return this.#router.lastSuccessfulNavigation() === null && isNoted(path);
  }
}

/** For the router: pages whose code is missed, and everything else that goes wrong on the way to a page, whoever asked for it. */
export function withMissedPages(): RouterFeatures[] {
  return [
    // What is handled here must not be reported a second time by everyone who navigates.
    withRouterConfig({ resolveNavigationPromiseOnError: true }),
    withNavigationErrorHandler(({ url, error }) => {
      if (isLoadFailure(error)) {
        inject(MissedPage).go(url, error);
      } else {
        inject(ErrorHandler).handleError(error);
      }
    }),
  ];
}

/** Whether somebody answers for a document: leaving for one that nobody has would end at the browser's own page. */
async function isThere(path: string): Promise<boolean> {
  return fetch(path, { method: 'HEAD', cache: 'no-store' }).then(
    ({ status }) => status < 500,
    () => false,
  );
}

function isNoted(path: string): boolean {
  try {
    return sessionStorage.getItem(LOADED) === path;
  } catch {
    // Storage is forbidden: what can't be known must not be tried for ever.
    return true;
  }
}

function note(path: string): void {
  try {
    sessionStorage.setItem(LOADED, path);
  } catch {
    // As above.
  }
}
