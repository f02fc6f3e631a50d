import { Component, ErrorHandler } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { MatSnackBarHarness } from '@angular/material/snack-bar/testing';
import { Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { ConsoleTest, Shown } from '../../testing/console';
import { LOAD_DOCUMENT } from '../core/load-document';
import { Live } from './live';

@Component({ template: '' })
class Here {}

const missing = (): Promise<never> =>
  Promise.reject(new TypeError('Failed to fetch dynamically imported module: /chunk-abc.js'));

describe('a page whose code is missed', () => {
  const answer = vi.fn<typeof fetch>();
  const loadDocument = vi.fn<(path: string) => void>();
  let test: ConsoleTest;

  beforeEach(() => {
    vi.stubGlobal('fetch', answer.mockReset().mockResolvedValue(new Response()));
    loadDocument.mockReset();
  });

  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    sessionStorage.clear();
  });

  /** A tab at an address; the tab's storage is what it was. */
  async function tabAt(url: string): Promise<Shown<unknown>> {
    TestBed.resetTestingModule();
    test = new ConsoleTest({});
    TestBed.overrideProvider(LOAD_DOCUMENT, { useValue: loadDocument });
    TestBed.inject(Router).resetConfig([
      { path: 'here', component: Here },
      { path: 'there', component: Here },
      { path: 'missed', loadComponent: missing },
      { path: 'broken', loadComponent: () => Promise.reject(new Error('no')) },
    ]);
    TestBed.inject(Live);
    const harness = await RouterTestingHarness.create();
    await TestBed.inject(Router).navigateByUrl(url);
    return new Shown(harness.fixture);
  }

  const down = (): void => test.tell({ kind: 'down', heardAt: null, retryAt: Date.now() + 60_000, reason: null });
  const message = (shown: Shown<unknown>): Promise<MatSnackBarHarness> => shown.page.getHarness(MatSnackBarHarness);
  const messages = (shown: Shown<unknown>): Promise<MatSnackBarHarness[]> =>
    shown.page.getAllHarnesses(MatSnackBarHarness);

  it('is loaded as a document when the server is there', async () => {
    const shown = await tabAt('/here');
    await test.goTo('/missed?tab=1');
    await vi.waitFor(() => expect(loadDocument).toHaveBeenCalledExactlyOnceWith('/missed?tab=1'));
    expect(answer).toHaveBeenCalledWith('/missed?tab=1', { method: 'HEAD', cache: 'no-store' });
    expect(await messages(shown)).toEqual([]);
  });

  it('is loaded once only, until a page was shown', async () => {
    await tabAt('/here');
    await test.goTo('/missed');
    await vi.waitFor(() => expect(loadDocument).toHaveBeenCalledTimes(1));

    const shown = await tabAt('/missed');
    const refusal = await vi.waitFor(() => message(shown));
    expect(await refusal.getMessage()).toContain('This part of the console could not be loaded');
    expect(loadDocument).toHaveBeenCalledTimes(1);

    await test.goTo('/here');
    await test.goTo('/missed');
    await vi.waitFor(() => expect(loadDocument).toHaveBeenCalledTimes(2));
  });

  it('is waited for calmly while the server is away', async () => {
    const shown = await tabAt('/here');
    down();
    await test.goTo('/missed');
    const waiting = await vi.waitFor(() => message(shown));
    expect(await waiting.getMessage()).toBe('The page opens as soon as the server is there again.');
    expect(loadDocument).not.toHaveBeenCalled();

    test.tell({ kind: 'open' });
    await vi.waitFor(() => expect(loadDocument).toHaveBeenCalledExactlyOnceWith('/missed'));
    expect(await messages(shown)).toEqual([]);
  });

  it('is waited for when the stream has not noticed yet that the server is gone', async () => {
    const shown = await tabAt('/here');
    answer.mockRejectedValue(new TypeError('Failed to fetch'));
    await test.goTo('/missed');
    await vi.waitFor(() => message(shown));
    expect(test.reconnects).toBe(1);

    answer.mockResolvedValue(new Response());
    test.tell({ kind: 'heard', at: Date.now() + 1_000 });
    await vi.waitFor(() => expect(loadDocument).toHaveBeenCalledExactlyOnceWith('/missed'));
  });

  it('is forgotten by who goes elsewhere, or would rather stay', async () => {
    const shown = await tabAt('/here');
    down();
    await test.goTo('/missed');
    await vi.waitFor(() => message(shown));
    await test.goTo('/there');
    expect(await messages(shown)).toEqual([]);

    await test.goTo('/missed');
    const waiting = await vi.waitFor(() => message(shown));
    expect(await waiting.getActionDescription()).toBe('Stay here');
    await waiting.dismissWithAction();
    test.tell({ kind: 'open' });
    await shown.stable();
    expect(answer).not.toHaveBeenCalled();
    expect(loadDocument).not.toHaveBeenCalled();
  });

  it('is not waited for by who went elsewhere before the server could be asked', async () => {
    const shown = await tabAt('/here');
    let refuse = (_: unknown): void => undefined;
    answer.mockReturnValue(new Promise((_, reject) => (refuse = reject)));
    await test.goTo('/missed');
    await vi.waitFor(() => expect(answer).toHaveBeenCalled());
    await test.goTo('/there');
    refuse(new TypeError('Failed to fetch'));
    await shown.stable();
    expect(await messages(shown)).toEqual([]);
  });

  it('is no excuse for a page that fails', async () => {
    await tabAt('/here');
    const handle = vi.spyOn(TestBed.inject(ErrorHandler), 'handleError').mockImplementation(() => undefined);
    await test.goTo('/broken');
    expect(handle).toHaveBeenCalledExactlyOnceWith(new Error('no'));
    expect(loadDocument).not.toHaveBeenCalled();
  });
});
