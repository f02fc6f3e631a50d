import { type HarnessLoader } from '@angular/cdk/testing';
import { TestbedHarnessEnvironment } from '@angular/cdk/testing/testbed';
import type { Type } from '@angular/core';
import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { provideRouter, Router, withComponentInputBinding } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import type { TimelineEvent, Toygres } from '#sdk';
import { routes } from '../app/app.routes';
import { TOYGRES } from '../app/core/toygres';
import type { FeedMessage } from '../app/live/event-feed';
import { CONNECT_FEED } from '../app/live/live';
import { withMissedPages } from '../app/live/missed-page';
import { provideIcons } from '../app/ui/icons';

/** The part of the API that a test answers; what it leaves out fails the test that calls it. */
export type ApiDouble = {
  readonly [K in keyof Toygres]?: Toygres[K] extends (...args: never[]) => unknown ? Toygres[K] : Partial<Toygres[K]>;
};

/** A console under test: its API is the double, its event stream is in the hand of the test. */
export class ConsoleTest {
  #tell: ((message: FeedMessage) => void) | undefined;
  reconnects = 0;

  constructor(api: ApiDouble) {
    TestBed.configureTestingModule({
      providers: [
        { provide: TOYGRES, useValue: api },
        {
          provide: CONNECT_FEED,
          useValue: (tell: (message: FeedMessage) => void) => {
            this.#tell = tell;
            tell({ kind: 'open' });
            return { reconnect: () => (this.reconnects += 1), close: () => undefined };
          },
        },
        provideRouter(routes, withComponentInputBinding(), ...withMissedPages()),
        provideIcons(),
      ],
    });
  }

  /** Shows one component by itself. */
  async show<C>(component: Type<C>, inputs: Readonly<Record<string, unknown>> = {}): Promise<Shown<C>> {
    const fixture = TestBed.createComponent(component);
    for (const [name, value] of Object.entries(inputs)) {
      fixture.componentRef.setInput(name, value);
    }
    await fixture.whenStable();
    return new Shown(fixture);
  }

  /** Goes to an address, with the routes of the console. */
  async visit(url: string): Promise<Shown<unknown>> {
    const harness = await RouterTestingHarness.create(url);
    await harness.fixture.whenStable();
    return new Shown(harness.fixture);
  }

  /** Goes on to another address. */
  async goTo(url: string): Promise<void> {
    await TestBed.inject(Router).navigateByUrl(url);
  }

  /** The address that the console is at. */
  get url(): string {
    return TestBed.inject(Router).url;
  }

  tell(message: FeedMessage): void {
    this.#tell?.(message);
  }

  event(event: TimelineEvent): void {
    this.tell({ kind: 'event', event });
  }
}

export class Shown<C> {
  readonly loader: HarnessLoader;
  /** Finds what lies in overlays: dialogs, menus, snack bars. */
  readonly page: HarnessLoader;

  constructor(readonly fixture: ComponentFixture<C>) {
    this.loader = TestbedHarnessEnvironment.loader(fixture);
    this.page = TestbedHarnessEnvironment.documentRootLoader(fixture);
  }

  get element(): HTMLElement {
    return this.fixture.nativeElement as HTMLElement;
  }

  /** The visible text, with single spaces. */
  get text(): string {
    return this.element.textContent.replace(/\s+/g, ' ').trim();
  }

  all(selector: string): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>(selector)];
  }

  stable(): Promise<unknown> {
    return this.fixture.whenStable();
  }
}
