import { BreakpointObserver } from '@angular/cdk/layout';
import {
  afterRenderEffect,
  Component,
  DestroyRef,
  DOCUMENT,
  type ElementRef,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { ThemeChoice } from '../core/theme';

/** Looks up design tokens, because a canvas knows no custom properties: `token('chart-median')`. */
export type Tokens = (name: string) => string;

/** A chart. What draws it is loaded when the first one is shown. Give its summary to those who don't see it. */
@Component({
  selector: 'tg-chart',
  template: `<div #canvas role="img" [attr.aria-label]="summary()"></div>`,
  styles: `
    :host,
    div {
      display: block;
      width: 100%;
      height: 100%;
    }
  `,
})
export class Chart {
  /** Makes the options of ECharts, anew when a signal that it reads or the theme changes. */
  readonly options = input.required<(token: Tokens) => EChartsCoreOption>();
  /** What the chart says, in a sentence. */
  readonly summary = input.required<string>();
  private readonly canvas = viewChild.required<ElementRef<HTMLElement>>('canvas');
  readonly #theme = inject(ThemeChoice);
  readonly #root = inject(DOCUMENT).documentElement;
  readonly #systemTheme = toSignal(inject(BreakpointObserver).observe('(prefers-color-scheme: dark)'));
  #chart: EChartsType | undefined;
  #stopObserving: (() => void) | undefined;
  #destroyed = false;

  constructor() {
    afterRenderEffect(() => {
      this.#theme.theme();
      this.#systemTheme();
      void this.#draw(this.options()((name) => this.#token(name)));
    });
    inject(DestroyRef).onDestroy(() => {
      this.#destroyed = true;
      this.#stopObserving?.();
      this.#chart?.dispose();
    });
  }

  async #draw(options: EChartsCoreOption): Promise<void> {
    const { init } = await import('./echarts');
    if (this.#destroyed) {
      return;
    }
    this.#chart ??= this.#make(init);
    this.#chart.setOption(options, { notMerge: true });
  }

  #make(init: (element: HTMLElement) => EChartsType): EChartsType {
    const element = this.canvas().nativeElement;
    const chart = init(element);
    const observer = new ResizeObserver(() => chart.resize());
    observer.observe(element);
    this.#stopObserving = () => observer.disconnect();
    return chart;
  }

  #token(name: string): string {
    return getComputedStyle(this.#root).getPropertyValue(`--tg-${name}`).trim();
  }
}
