import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../scripts/browser.mjs';

export interface WindowOptions {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  readonly language?: string;
}

/** A real Chromium, and what goes wrong on the pages that it shows. */
export class ConsoleBrowser {
  /** Errors of pages: what they throw, what their console reports, what their security policy refuses. */
  readonly errors: string[] = [];
  readonly #contexts: BrowserContext[] = [];

  private constructor(private readonly browser: Browser) {}

  /** @returns undefined when there is no browser on this machine */
  static async launch(): Promise<ConsoleBrowser | undefined> {
    const executablePath = await findBrowser();
    if (executablePath === undefined) {
      return undefined;
    }
    const browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-background-networking', '--disable-dev-shm-usage'],
    });
    return new ConsoleBrowser(browser);
  }

  /** A window with a memory of its own, as of another person. Tabs of one window share their storage and their workers. */
  async window({
    width = 1440,
    height = 900,
    dark = false,
    language = 'en-GB',
  }: WindowOptions = {}): Promise<BrowserContext> {
    const options: BrowserContextOptions = {
      viewport: { width, height },
      colorScheme: dark ? 'dark' : 'light',
      locale: language,
      timezoneId: 'Europe/Berlin',
      permissions: ['clipboard-read', 'clipboard-write'],
      reducedMotion: 'reduce',
    };
    const context = await this.browser.newContext(options);
    context.setDefaultTimeout(15_000);
    this.#contexts.push(context);
    context.on('weberror', (error) => this.errors.push(error.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message.text())) {
        this.errors.push(`${message.page()?.url() ?? ''}: ${message.text()}`);
      }
    });
    return context;
  }

  async page(url: string, options?: WindowOptions): Promise<Page> {
    const context = await this.window(options);
    const page = await context.newPage();
    await page.goto(url);
    return page;
  }

  /** Closes all windows, so that the next test begins without them. */
  async closeWindows(): Promise<void> {
    await Promise.all(this.#contexts.splice(0).map((context) => context.close()));
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

/** A request that fails because a test has taken the server away, or asks for what is not there, is reported by the browser itself. */
function isExpected(text: string): boolean {
  return text.startsWith('Failed to load resource');
}

/** What axe finds on a page by WCAG 2.2 AA and its own best practices, each with where. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} (${failureSummary ?? ''})`),
  );
}

/** Whether something makes the page scroll sideways. */
export async function scrollsSideways(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(`
    document.documentElement.scrollWidth > window.innerWidth ||
    [...document.querySelectorAll('mat-sidenav-content')].some((element) => element.scrollWidth > element.clientWidth)
  `);
}
