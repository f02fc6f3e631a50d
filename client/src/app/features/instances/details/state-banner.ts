import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatProgressBar } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { InstanceDetails } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import { isPassing } from '../../../ui/status';
import { FailureLink } from '../../failures';
import { InstanceActions } from '../actions/instance-actions';
import { bannerText, BANNERS } from './banners';
import { detailsText } from './details.text';

/** Actions that belong beside what the banner says. */
const BESIDE: ReadonlySet<string> = new Set(['start', 'undelete', 'purge', 'cancel']);

/** What is going on that somebody has to know before anything else: trouble, rest, deletion. A failure has a place of its own. */
@Component({
  selector: 'tg-state-banner',
  imports: [Ago, FailureLink, MatButton, MatIcon, MatProgressBar, RouterLink],
  templateUrl: './state-banner.html',
  styleUrl: './state-banner.scss',
})
export class StateBanner {
  readonly instance = input.required<InstanceDetails>();
  /** Path of the tab that is open. */
  readonly tab = input.required<string>();
  protected readonly text = detailsText;
  readonly #format = inject(Format);
  readonly #now = inject(Clock).now;
  readonly #actions = inject(InstanceActions);
  protected readonly unhealthy = computed(
    () => this.instance().state === 'running' && this.instance().health_status === 'unhealthy',
  );
  protected readonly reason = computed(
    () => this.instance().last_health_check?.reason ?? detailsText.unhealthyNoReason,
  );
  protected readonly recovering = computed(() => this.instance().orchestration?.kind === 'recover');

  protected readonly banner = computed(() => BANNERS[this.instance().state]);
  /** When it came to be so, where that says something. */
  protected readonly since = computed(() => {
    const { state, state_changed_at: at } = this.instance();
    return isPassing(this.instance()) || state === 'stopped' ? null : at;
  });
  protected readonly hint = computed(() => {
    const { state, purge_at: until } = this.instance();
    return state === 'deleted' && until !== null
      ? bannerText.deletedUntil(this.#format.absolute(until))
      : (this.banner()?.hint ?? '');
  });
  protected readonly actions = computed(() => {
    const instance = this.instance();
    return [this.#actions.primary(instance), ...this.#actions.others(instance)].filter(
      ({ id, reason }) => BESIDE.has(id) && reason === undefined,
    );
  });
  protected readonly progress = computed(() => {
    const { orchestration } = this.instance();
    if (!orchestration || !isPassing(this.instance())) {
      return undefined;
    }
    const { completed, total, deadline, cancel_requested: calledOff } = orchestration;
    const steps =
      total < 2 ? null : detailsText.deletingStep(this.#format.number(completed), this.#format.number(total));
    const left = Date.parse(deadline) > this.#now().getTime();
    return {
      id: orchestration.id,
      mode: total < 2 ? ('indeterminate' as const) : ('determinate' as const),
      percent: total === 0 ? 0 : (100 * completed) / total,
      words: [
        calledOff ? bannerText.calledOff : steps,
        left ? bannerText.deadline(this.#format.relative(deadline, this.#now())) : null,
      ]
        .filter((part) => part !== null)
        .join(' · '),
    };
  });
}
