import { Component, computed, inject, input, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatButtonToggleModule } from '@angular/material/button-toggle';
import { Router } from '@angular/router';
import { type HealthRange, type Span, SPANS } from './health-window';
import { healthText } from './health.text';

/** Chooses the time that is looked at, which stands in the address. */
@Component({
  selector: 'tg-range-picker',
  imports: [MatButton, MatButtonToggleModule],
  templateUrl: './range-picker.html',
  styleUrl: './range-picker.scss',
})
export class RangePicker {
  readonly range = input.required<HealthRange>();
  protected readonly text = healthText;
  protected readonly spans = Object.keys(SPANS) as Span[];
  protected readonly choosing = signal(false);
  protected readonly wrong = signal(false);
  readonly #router = inject(Router);

  protected readonly chosen = computed(() => {
    const range = this.range();
    return this.choosing() || !('span' in range) ? 'custom' : range.span;
  });
  protected readonly ends = computed(() => {
    const range = this.range();
    return 'span' in range
      ? { from: local(new Date(Date.now() - SPANS[range.span])), to: local(new Date()) }
      : { from: local(new Date(range.from)), to: local(new Date(range.to)) };
  });

  protected choose(value: Span | 'custom'): void {
    this.choosing.set(value === 'custom');
    if (value !== 'custom') {
      this.#go({ range: value === '24h' ? null : value, from: null, to: null });
    }
  }

  protected apply(event: Event, from: string, to: string): void {
    event.preventDefault();
    const valid = new Date(from) < new Date(to);
    this.wrong.set(!valid);
    if (valid) {
      this.#go({ range: 'custom', from: new Date(from).toISOString(), to: new Date(to).toISOString() });
    }
  }

  #go(queryParams: Readonly<Record<string, string | null>>): void {
    void this.#router.navigate([], { queryParams, queryParamsHandling: 'merge' });
  }
}

/** As `<input type="datetime-local">` has it. */
function local(moment: Date): string {
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
