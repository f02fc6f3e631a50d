import { Component, computed, inject, input } from '@angular/core';
import type { InstanceDetails } from '#sdk';
import { Capabilities } from '../../../../core/capabilities';
import { Clock } from '../../../../core/clock';
import { Format } from '../../../../core/format';
import { healthText } from './health.text';

const SECOND = 1_000;

/** How often an instance is checked, and when the next check is. One that does not run is not checked. */
@Component({
  selector: 'tg-next-check',
  template: `{{ every() }} {{ next() }}`,
  host: { class: 'small muted tabular' },
})
export class NextCheck {
  readonly instance = input.required<InstanceDetails>();
  readonly #clock = inject(Clock);
  readonly #format = inject(Format);
  readonly #capabilities = inject(Capabilities).value;

  readonly #intervalMs = computed(() => {
    const seconds = this.#capabilities()?.health_check_interval_seconds;
    return seconds === undefined || this.instance().state !== 'running' ? undefined : seconds * SECOND;
  });

  protected readonly every = computed(() => {
    const interval = this.#intervalMs();
    if (interval === undefined) {
      return this.instance().state === 'stopped' ? healthText.stopped : '';
    }
    const seconds = interval / SECOND;
    return seconds % 60 === 0
      ? healthText.everyMinutes(this.#format.number(seconds / 60))
      : healthText.everySeconds(this.#format.number(seconds));
  });

  protected readonly next = computed(() => {
    const interval = this.#intervalMs();
    const last = this.instance().last_health_check;
    if (interval === undefined || last === null) {
      return '';
    }
    const now = this.#clock.now();
    // The clocks of browser and server may differ; no check is further away than the interval.
    const left = Math.min(Date.parse(last.checked_at) + interval - now.getTime(), interval);
    return left < SECOND
      ? healthText.nextCheckDue
      : healthText.nextCheck(this.#format.relative(now.getTime() + left, now));
  });
}
