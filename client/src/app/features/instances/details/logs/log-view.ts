import {
  afterRenderEffect,
  Component,
  computed,
  DestroyRef,
  type ElementRef,
  inject,
  input,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { Format } from '../../../../core/format';
import { Viewport } from '../../../../core/viewport';
import type { LogLine } from './log-line';
import { lineAt, type RowLayout, topsOf, windowOf } from './log-rows';
import { segmentsOf } from './log-search';
import { logsText } from './logs.text';
import { Marked } from './marked';

/** As the styles have it. */
const ROW_PX = 20;
/** So near to the end is at the end: browsers round. */
const NEAR_PX = 8;
/** Before anything is measured. */
const UNMEASURED = { width: 800, height: 560, columns: 100 };

/**
 * Lines of a log, of which only those are in the document that are seen. Stays at the end while it is there; else at the line that was seen,
 * whatever comes, goes or is laid out anew around it.
 */
@Component({
  selector: 'tg-log-view',
  imports: [Marked, MatButton, MatIcon],
  templateUrl: './log-view.html',
  styleUrl: './log-view.scss',
})
export class LogView {
  readonly label = input.required<string>();
  readonly lines = input.required<readonly LogLine[]>();
  readonly wrap = input.required<boolean>();
  /** What is marked. */
  readonly query = input('');
  /** Place of the line that is pointed at. */
  readonly current = input<number>();
  protected readonly text = logsText;
  readonly #format = inject(Format);
  readonly #phone = inject(Viewport).phone;
  private readonly scroller = viewChild.required<ElementRef<HTMLElement>>('scroller');
  private readonly probe = viewChild.required<ElementRef<HTMLElement>>('probe');
  private readonly letters = viewChild.required<ElementRef<HTMLElement>>('letters');

  readonly #measured = signal(UNMEASURED);
  readonly #scrollTop = signal(0);
  protected readonly atEnd = signal(true);
  /** The line that is uppermost while it is not at the end, and how much of it is above. */
  #anchor: { readonly id: string; readonly above: number } | undefined;

  readonly #layout = computed<RowLayout>(() => ({
    rowPx: ROW_PX,
    columns: this.wrap() ? this.#measured().columns : Infinity,
    stacked: this.#phone(),
  }));
  readonly #tops = computed(() => topsOf(this.lines(), this.#layout()));
  readonly #total = computed(() => this.#tops().at(-1) ?? 0);
  readonly #window = computed(() => {
    const { height } = this.#measured();
    const top = this.atEnd() ? this.#total() - height : this.#scrollTop();
    return windowOf(this.#tops(), top, height, this.#layout());
  });
  protected readonly before = computed(() => this.#tops()[this.#window()[0]] ?? 0);
  protected readonly after = computed(() => this.#total() - (this.#tops()[this.#window()[1]] ?? 0));
  protected readonly rows = computed(() => {
    const [from, to] = this.#window();
    const query = this.query();
    const today = this.#format.day(new Date());
    return this.lines()
      .slice(from, to)
      .map((line, index) => ({
        line,
        time: line.begins ? this.#timeOf(line, today) : '',
        isCurrent: from + index === this.current(),
        label: segmentsOf(line.label, query),
        lead: segmentsOf(line.lead && `${line.lead} `, query),
        message: segmentsOf(line.message, query),
      }));
  });

  constructor() {
    this.#measureAlways();
    afterRenderEffect(() => {
      this.#tops();
      this.#measured();
      if (this.atEnd()) {
        this.#scrollTo(this.#total());
      } else {
        untracked(() => this.#returnToAnchor());
      }
    });
    afterRenderEffect(() => {
      const current = this.current();
      if (current !== undefined) {
        untracked(() => this.#reveal(current));
      }
    });
  }

  toEnd(): void {
    this.atEnd.set(true);
    this.#scrollTo(this.#total());
  }

  protected scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller().nativeElement;
    this.#scrollTop.set(scrollTop);
    this.atEnd.set(scrollHeight - clientHeight - scrollTop <= NEAR_PX);
    this.#keepAnchor(scrollTop);
  }

  protected preciseTime({ time }: LogLine): string {
    return time ? this.#format.precise(time) : '';
  }

  #timeOf({ time }: LogLine, today: string): string {
    if (!time) {
      return '';
    }
    const day = this.#format.day(time);
    const clock = this.#format.clock(time);
    return day === today ? `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}` : `${day} ${clock}`;
  }

  #keepAnchor(scrollTop: number): void {
    const tops = this.#tops();
    const index = lineAt(tops, scrollTop);
    const line = this.lines()[index];
    this.#anchor = line && { id: line.id, above: scrollTop - (tops[index] ?? 0) };
  }

  #returnToAnchor(): void {
    const { id, above } = this.#anchor ?? {};
    const index = this.lines().findIndex((line) => line.id === id);
    if (index !== -1 && above !== undefined) {
      this.#scrollTo((this.#tops()[index] ?? 0) + above);
    }
  }

  /** Brings a line into the middle, unless it is seen already. */
  #reveal(index: number): void {
    const { height } = this.#measured();
    const top = this.#tops()[index] ?? 0;
    const { scrollTop } = this.scroller().nativeElement;
    if (top < scrollTop + ROW_PX || top > scrollTop + height - 2 * ROW_PX) {
      this.atEnd.set(false);
      this.#scrollTo(Math.max(0, top - height / 2));
      this.scrolled();
    }
  }

  #scrollTo(top: number): void {
    const { nativeElement } = this.scroller();
    if (Math.abs(nativeElement.scrollTop - top) >= 1) {
      nativeElement.scrollTop = top;
    }
  }

  #measureAlways(): void {
    const observer = new ResizeObserver(() => this.#measure());
    inject(DestroyRef).onDestroy(() => observer.disconnect());
    afterRenderEffect(() => observer.observe(this.scroller().nativeElement));
  }

  #measure(): void {
    const { clientWidth: width, clientHeight: height } = this.scroller().nativeElement;
    const letter =
      this.letters().nativeElement.getBoundingClientRect().width / this.letters().nativeElement.textContent.length;
    const room = this.probe().nativeElement.getBoundingClientRect().width;
    if (letter > 0) {
      // What would be a fraction of a letter too long stands on the next row.
      this.#measured.set({ width, height, columns: Math.max(10, Math.floor(room / letter + 0.01)) });
    }
  }
}
