import { inject, Injectable, LOCALE_ID } from '@angular/core';
import { formatText } from './format.text';

type Moment = Date | string | number;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Numbers, times and sizes, as the reader writes them. */
@Injectable({ providedIn: 'root' })
export class Format {
  readonly #locale = regionalLocale(inject(LOCALE_ID));
  readonly #number = new Intl.NumberFormat(this.#locale, { maximumFractionDigits: 2 });
  readonly #relative = new Intl.RelativeTimeFormat(this.#locale, { numeric: 'always' });
  readonly #absolute = new Intl.DateTimeFormat(this.#locale, { dateStyle: 'medium', timeStyle: 'short' });
  readonly #precise = new Intl.DateTimeFormat(this.#locale, { dateStyle: 'full', timeStyle: 'long' });
  readonly #clock = new Intl.DateTimeFormat(this.#locale, { timeStyle: 'medium', hourCycle: 'h23' });
  readonly #day = new Intl.DateTimeFormat(this.#locale, { day: 'numeric', month: 'short' });
  readonly #hour = new Intl.DateTimeFormat(this.#locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

  number(value: number): string {
    return this.#number.format(value);
  }

  /** "a, b and c" */
  list(items: readonly string[]): string {
    return new Intl.ListFormat(this.#locale, { type: 'conjunction' }).format(items);
  }

  percent(value: number): string {
    return `${this.#number.format(value)} %`;
  }

  money(value: number, currency: string): string {
    return new Intl.NumberFormat(this.#locale, { style: 'currency', currency }).format(value);
  }

  /** Bytes with a decimal unit, such as "74 GB". */
  bytes(value: number): string {
    const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
    const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
    const scaled = value / 1_000 ** power;
    const digits = scaled < 10 && power > 0 ? 1 : 0;
    const text = new Intl.NumberFormat(this.#locale, { maximumFractionDigits: digits }).format(scaled);
    return `${text} ${units[power] ?? ''}`;
  }

  /** "3 Oct 2026, 09:12" */
  absolute(moment: Moment): string {
    return this.#absolute.format(new Date(moment));
  }

  /** Everything about a moment, with weekday, seconds and time zone. */
  precise(moment: Moment): string {
    return this.#precise.format(new Date(moment));
  }

  /** "14:32:07" */
  clock(moment: Moment): string {
    return this.#clock.format(new Date(moment));
  }

  /** "3 Oct" */
  day(moment: Moment): string {
    return this.#day.format(new Date(moment));
  }

  /** "14:32" */
  hour(moment: Moment): string {
    return this.#hour.format(new Date(moment));
  }

  /** "8 s ago", "3 min ago", "2 hours ago", "42 days ago"; also of what is to come: "in 4 s". */
  relative(moment: Moment, now: Date): string {
    const past = now.getTime() - new Date(moment).getTime();
    const distance = Math.abs(past);
    if (distance < SECOND) {
      return formatText.justNow;
    }
    if (distance < MINUTE) {
      const count = this.#whole(distance / SECOND);
      return past > 0 ? formatText.secondsAgo(count) : formatText.inSeconds(count);
    }
    if (distance < HOUR) {
      const count = this.#whole(distance / MINUTE);
      return past > 0 ? formatText.minutesAgo(count) : formatText.inMinutes(count);
    }
    const sign = past > 0 ? -1 : 1;
    if (distance < DAY) {
      return this.#relative.format(sign * Math.floor(distance / HOUR), 'hour');
    }
    return distance < 365 * DAY
      ? this.#relative.format(sign * Math.floor(distance / DAY), 'day')
      : this.#relative.format(sign * Math.floor(distance / (365 * DAY)), 'year');
  }

  /** A span of time: "12 ms", "1.8 s", "38 s", "2 min 49 s", "3 h 5 min". */
  duration(milliseconds: number): string {
    const ms = Math.max(0, milliseconds);
    if (ms < SECOND) {
      return `${this.#number.format(ms < 10 ? Math.round(ms * 10) / 10 : Math.floor(ms))} ms`;
    }
    if (ms < 10 * SECOND) {
      return `${this.#fixed(ms / SECOND, 1)} s`;
    }
    if (ms < MINUTE) {
      return `${this.#whole(ms / SECOND)} s`;
    }
    if (ms < HOUR) {
      return `${this.#whole(ms / MINUTE)} min ${this.#whole((ms % MINUTE) / SECOND)} s`;
    }
    return `${this.#whole(ms / HOUR)} h ${this.#whole((ms % HOUR) / MINUTE)} min`;
  }

  /** Elapsed time in whole seconds, which does not jump between units while it ticks: "0 s", "24 s", "2 min 3 s". */
  elapsed(milliseconds: number): string {
    const ms = Math.max(0, milliseconds);
    return ms < MINUTE ? `${this.#whole(ms / SECOND)} s` : this.duration(ms);
  }

  #whole(value: number): string {
    return this.#number.format(Math.floor(value));
  }

  #fixed(value: number, digits: number): string {
    return new Intl.NumberFormat(this.#locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  }
}

/** The language of the page, with the region of the reader where they speak that language: British dates for the British. */
function regionalLocale(language: string): string {
  return (
    navigator.languages.find((locale) => locale.startsWith(`${language}-`)) ?? (language === 'en' ? 'en-GB' : language)
  );
}
