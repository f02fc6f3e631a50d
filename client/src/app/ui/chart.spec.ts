import { MediaMatcher } from '@angular/cdk/layout';
import { TestBed } from '@angular/core/testing';
import { ConsoleTest } from '../../testing/console';
import { ThemeChoice } from '../core/theme';
import { Chart } from './chart';

/** The theme of the system, in the hand of the test. */
class SystemTheme extends EventTarget {
  matches = false;

  addListener(tell: () => void): void {
    this.addEventListener('change', tell);
  }

  removeListener(tell: () => void): void {
    this.removeEventListener('change', tell);
  }

  turnDark(): void {
    this.matches = true;
    this.dispatchEvent(new Event('change'));
  }
}

describe('a chart', () => {
  beforeEach(() => {
    // jsdom has none.
    vi.stubGlobal(
      'ResizeObserver',
      class {
        observe = vi.fn();
        disconnect = vi.fn();
      },
    );
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    localStorage.clear();
    document.documentElement.className = '';
  });

  it('takes its colours anew when the theme changes, of the console or of the system', async () => {
    const test = new ConsoleTest({});
    const system = new SystemTheme();
    TestBed.overrideProvider(MediaMatcher, { useValue: { matchMedia: () => system } });
    const options = vi.fn(() => ({}));
    const shown = await test.show(Chart, { options, summary: 'All is well.' });
    expect(options).toHaveBeenCalledTimes(1);
    TestBed.inject(ThemeChoice).set('dark');
    await shown.stable();
    expect(options).toHaveBeenCalledTimes(2);
    system.turnDark();
    await vi.waitFor(() => expect(options).toHaveBeenCalledTimes(3));
  });
});
