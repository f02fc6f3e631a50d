import { MatButtonHarness } from '@angular/material/button/testing';
import { MatButtonToggleHarness } from '@angular/material/button-toggle/testing';
import { MatSlideToggleHarness } from '@angular/material/slide-toggle/testing';
import type { FollowLogOptions, InstanceDetails, InstanceLogLine } from '#sdk';
import { ConsoleTest } from '../../../../../testing/console';
import { detailsApi, refusal } from '../../../../../testing/details';
import { anInstance } from '../../../../../testing/samples';

/** A log that the test writes. */
class LogDouble {
  lines: InstanceLogLine[] = [];
  failure: unknown;
  readonly followed: FollowLogOptions[] = [];
  readonly asked: Record<string, unknown>[] = [];
  #wake: (() => void) | undefined;
  #coming: InstanceLogLine[] = [];
  #ended = false;
  /** Resolves what waits for the first lines. */
  gate: Promise<unknown> = Promise.resolve();

  readonly logs = async (_name: string, query: Record<string, unknown> = {}): Promise<readonly InstanceLogLine[]> => {
    this.asked.push(query);
    await this.gate;
    if (this.failure !== undefined) {
      throw this.failure as Error;
    }
    return this.lines;
  };

  readonly followLogs = (
    _name: string,
    options: FollowLogOptions = {},
  ): AsyncGenerator<InstanceLogLine, void, undefined> => {
    this.followed.push(options);
    return this.#follow(options);
  };

  write(...lines: readonly InstanceLogLine[]): void {
    this.#coming.push(...lines);
    this.#wake?.();
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async *#follow({ onOpen, signal }: FollowLogOptions): AsyncGenerator<InstanceLogLine, void, undefined> {
    onOpen?.();
    while (!this.#ended && signal?.aborted !== true) {
      yield* this.#coming.splice(0);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        signal?.addEventListener('abort', () => resolve());
      });
    }
  }
}

let lastLine = 0;
const aLine = (text: string, severity: InstanceLogLine['severity'] = 'log'): InstanceLogLine => ({
  id: String((lastLine += 1)),
  time: '2026-11-14T12:00:00.123Z',
  severity,
  text: `[42] ${text}`,
});

const SOME = () => [
  aLine('LOG:  ready'),
  aLine('app@shop ERROR:  relation "orders" does not exist', 'error'),
  aLine('app@shop WARNING:  there is no transaction', 'warning'),
];

async function open(log: LogDouble, given: Partial<InstanceDetails> = {}) {
  const instance = anInstance(given);
  const api = detailsApi({ get: () => Promise.resolve(instance) });
  const test = new ConsoleTest({ ...api, instances: { ...api.instances, logs: log.logs, followLogs: log.followLogs } });
  const shown = await test.visit(`/instances/${instance.user_name}/logs`);
  const button = (text: RegExp) => shown.loader.getHarness(MatButtonHarness.with({ text }));
  const lines = () => shown.all('.row:not(.probe)').map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());
  const later = async (...come: readonly InstanceLogLine[]) => {
    log.write(...come);
    await vi.advanceTimersByTimeAsync(150);
    await shown.stable();
  };
  const search = async (query: string) => {
    const field = shown.all('tg-log-search-field input')[0] as HTMLInputElement;
    field.value = query;
    field.dispatchEvent(new Event('input'));
    await shown.stable();
    return field;
  };
  return { test, shown, button, lines, later, search, instance };
}

describe('the tab Logs', () => {
  beforeEach(() => {
    // The time goes on by itself too: what Angular and the page wait for is not the test's.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe = vi.fn();
        disconnect = vi.fn();
      },
    );
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
    localStorage.clear();
  });

  // The first one waits for the whole page to be loaded.
  it('shows that it is loading, then the last lines, and goes on with what comes', { timeout: 20_000 }, async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const gate = Promise.withResolvers<undefined>();
    log.gate = gate.promise;
    const { shown, lines, later } = await open(log);
    expect(shown.all('[aria-busy="true"] tg-skeleton').length).toBeGreaterThan(3);
    gate.resolve(undefined);
    await later();
    expect(lines()[1]).toMatch(/^Nov 14 \d\d:00:00 ?ERROR ?\[42\] app@shop relation "orders" does not exist$/);
    expect(shown.all('.row.error .label')[0]?.textContent).toContain('ERROR');
    expect(shown.all('[role="log"]')[0]?.getAttribute('aria-label')).toContain('orders-prod');
    expect(log.followed[0]).toMatchObject({ after: log.lines.at(-1)?.id });
    await later(aLine('LOG:  more'));
    expect(lines()).toHaveLength(4);
    expect(shown.text).toContain('Live');
    expect(shown.text).toContain('4 lines');
  });

  it('says that nothing was written yet, and shows the first line that is', async () => {
    const log = new LogDouble();
    const { shown, lines, later } = await open(log);
    await later();
    expect(shown.text).toContain('The server has written nothing yet');
    await later(aLine('LOG:  first'));
    expect(lines()).toHaveLength(1);
  });

  it('shows what a stopped instance has written, or that nothing is kept', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const stopped = await open(log, { state: 'stopped' });
    await stopped.later();
    expect(stopped.shown.text).toContain('The server does not run. This is what it wrote before.');
    expect(stopped.lines()).toHaveLength(3);
  });

  it('says of a stopped instance that nothing is kept where it is so', async () => {
    const { shown, later } = await open(new LogDouble(), { state: 'stopped' });
    await later();
    expect(shown.text).toContain('nothing is kept of what it wrote before');
  });

  it('counts what comes while it is paused, and shows it then', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, button, lines, later } = await open(log);
    await later();
    await (await button(/Pause/)).click();
    await later(...Array.from({ length: 37 }, (_, index) => aLine(`LOG:  new ${String(index)}`)));
    expect(lines()).toHaveLength(3);
    expect(shown.text).toContain('Paused');
    await (await button(/37 new lines/)).click();
    expect(shown.text).toContain('40 lines');
    expect(shown.text).not.toContain('new lines');
  });

  it('stops following, and goes on behind the last line', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, later } = await open(log);
    await later(aLine('LOG:  last'));
    const toggle = await shown.loader.getHarness(MatSlideToggleHarness.with({ label: 'Follow' }));
    await toggle.uncheck();
    expect(shown.text).toContain('Not followed');
    expect(log.followed[0]?.signal?.aborted).toBe(true);
    await toggle.check();
    await later();
    expect(log.followed[1]).toMatchObject({ after: String(lastLine) });
    expect(log.asked).toHaveLength(1);
  });

  it('says that it reconnects, and that it is back', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, later, lines } = await open(log);
    await later();
    log.followed[0]?.onCut?.(undefined, 1_000);
    await shown.stable();
    expect(shown.text).toContain('Reconnecting; no line is lost');
    expect(lines()).toHaveLength(3);
    log.followed[0]?.onOpen?.();
    await shown.stable();
    expect(shown.text).toContain('Live');
  });

  it('says what went wrong, and tries again', async () => {
    const log = new LogDouble();
    log.failure = refusal(503, 'cluster_unreachable', 'The API server does not answer: ECONNREFUSED.');
    const { shown, button, lines, later } = await open(log);
    await later();
    expect(shown.all('[role="alert"]')[0]?.textContent).toContain('The API server does not answer');
    log.failure = undefined;
    log.lines = SOME();
    await (await button(/Try again/)).click();
    await later();
    expect(lines()).toHaveLength(3);
    expect(shown.all('[role="alert"]')).toEqual([]);
  });

  it('tries again by itself when the server is there again', async () => {
    const log = new LogDouble();
    log.failure = refusal(0, 'network_error', 'There is no answer: ECONNREFUSED.');
    const { shown, lines, later, test } = await open(log);
    await later();
    test.tell({ kind: 'down', heardAt: null, retryAt: Date.now() + 60_000, reason: null });
    log.failure = undefined;
    log.lines = SOME();
    test.tell({ kind: 'open' });
    await later();
    expect(lines()).toHaveLength(3);
    expect(shown.all('[role="alert"]')).toEqual([]);
  });

  it('says when nothing is left of the instance', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, later } = await open(log);
    await later();
    log.end();
    await later();
    expect(shown.text).toContain('Ended: nothing is left of the instance');
  });

  it('shows the run before, or that there was none', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, lines, later } = await open(log);
    await later();
    log.lines = [aLine('PANIC:  out of memory', 'panic')];
    const [present, previous] = await shown.loader.getAllHarnesses(MatButtonToggleHarness);
    await previous?.check();
    await later();
    expect(log.asked.at(-1)).toMatchObject({ previous: true });
    expect(lines()).toEqual([expect.stringContaining('out of memory')]);
    expect(log.followed).toHaveLength(1);
    await present?.check();
    log.failure = refusal(422, 'no_previous_log', 'There is no log of an earlier run of the server.');
    await later();
    await previous?.check();
    await later();
    expect(shown.text).toContain('There was no run before this one');
  });

  it('shows the levels that are chosen', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, lines, later, button } = await open(log);
    await later();
    shown.all('tg-filter-button .trigger')[0]?.click();
    await shown.stable();
    const boxes = [...document.querySelectorAll<HTMLInputElement>('.cdk-overlay-container input[type="checkbox"]')];
    boxes[0]?.click();
    await shown.stable();
    expect(lines()).toEqual([expect.stringContaining('ERROR')]);
    expect(shown.text).toContain('1 of 3 lines');
    boxes[0]?.click();
    await shown.stable();
    boxes[4]?.click();
    await shown.stable();
    expect(shown.text).toContain('No line is of these levels');
    await (await button(/Show all levels/)).click();
    expect(lines()).toHaveLength(3);
  });

  it('marks what is searched for, and goes from match to match', async () => {
    const log = new LogDouble();
    log.lines = [...SOME(), aLine('LOG:  shop again')];
    const { shown, later, search } = await open(log);
    await later();
    const field = await search('SHOP');
    expect(shown.all('mark').map(({ textContent }) => textContent)).toEqual(['shop', 'shop', 'shop']);
    expect(shown.text).toContain('3 of 3');
    const currents = () => shown.all('.row.current .text').map(({ textContent }) => textContent.trim());
    expect(currents()).toEqual([expect.stringContaining('again')]);
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await shown.stable();
    expect(shown.text).toContain('1 of 3');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', shiftKey: true }));
    await shown.stable();
    expect(shown.text).toContain('3 of 3');
    await search('nowhere');
    expect(shown.text).toContain('No match');
    expect(shown.all('mark')).toEqual([]);
  });

  it('wraps lines or not, and remembers that', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, later } = await open(log);
    await later();
    const wrap = shown.all('[aria-label="Wrap lines"]')[0];
    expect([wrap?.getAttribute('aria-pressed'), shown.all('.scroller.wrapped').length]).toEqual(['true', 1]);
    wrap?.click();
    await shown.stable();
    expect([wrap?.getAttribute('aria-pressed'), shown.all('.scroller.wrapped').length]).toEqual(['false', 0]);
    expect(localStorage.getItem('toygres.logs.wrap')).toBe('no');
  });

  it('saves what is shown as a file', async () => {
    const log = new LogDouble();
    log.lines = SOME();
    const { shown, later } = await open(log);
    await later();
    const saved: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, { createObjectURL: (blob: Blob) => (saved.push(blob), 'blob:x'), revokeObjectURL: vi.fn() }),
    );
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect(this.download).toBe('orders-prod.log');
    });
    shown.all('[aria-label="Download what is shown"]')[0]?.click();
    expect(click).toHaveBeenCalledOnce();
    expect(await saved[0]?.text()).toMatch(/^2026-11-14T12:00:00.123Z \[42\] LOG: {2}ready\n/);
  });

  it('keeps a few rows in the document of ten thousand lines, and no more lines than it can bear', async () => {
    const log = new LogDouble();
    log.lines = Array.from({ length: 5_000 }, (_, index) => aLine(`LOG:  line ${String(index)}`));
    const { shown, lines, later } = await open(log);
    await later(...Array.from({ length: 20_000 }, (_, index) => aLine(`LOG:  more ${String(index)}`)));
    expect(lines().length).toBeLessThan(100);
    expect(lines().at(-1)).toContain('more 19999');
    expect(shown.text).toContain('the latest 20,000 are kept here');
  });

  it('is not there for an instance that is gone', async () => {
    const log = new LogDouble();
    const { shown } = await open(log, { state: 'purged' });
    expect(shown.all('a[mat-tab-link]').map(({ textContent }) => textContent)).not.toContain('Logs');
    expect(log.asked).toEqual([]);
  });
});
