import { Component, computed, inject, input } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatIcon } from '@angular/material/icon';
import { MatProgressBar } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { InstanceDetails } from '#sdk';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import { detailsText } from './details.text';

/** What is going on that somebody has to know before anything else: trouble, deletion. A failure has a place of its own. */
@Component({
  selector: 'tg-state-banner',
  imports: [Ago, MatButton, MatIcon, MatProgressBar, RouterLink],
  templateUrl: './state-banner.html',
  styleUrl: './state-banner.scss',
})
export class StateBanner {
  readonly instance = input.required<InstanceDetails>();
  /** Path of the tab that is open. */
  readonly tab = input.required<string>();
  protected readonly text = detailsText;
  readonly #format = inject(Format);
  protected readonly unhealthy = computed(
    () => this.instance().state === 'running' && this.instance().health_status === 'unhealthy',
  );
  protected readonly reason = computed(
    () => this.instance().last_health_check?.reason ?? detailsText.unhealthyNoReason,
  );
  protected readonly recovering = computed(() => this.instance().orchestration?.kind === 'recover');
  protected readonly steps = computed(() => {
    const { completed = 0, total = 0 } = this.instance().orchestration ?? {};
    return total === 0
      ? undefined
      : {
          percent: (100 * completed) / total,
          words: detailsText.deletingStep(this.#format.number(completed), this.#format.number(total)),
        };
  });
}
