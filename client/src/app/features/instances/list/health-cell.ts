import { Component, computed, inject, input } from '@angular/core';
import type { InstanceSummary } from '#sdk';
import { Format } from '../../../core/format';
import { Ago } from '../../../ui/ago';
import { healthKind, Status } from '../../../ui/status';
import { listText } from './instance-list.text';

/** The health of an instance, with what the last check saw below. An instance that does not run has none. */
@Component({
  selector: 'tg-health-cell',
  imports: [Ago, Status],
  template: `
    @if (unchecked(); as unchecked) {
      <span class="small muted">{{ unchecked }}</span>
    } @else {
      <tg-status [kind]="kind()" />
      @if (instance().last_health_check; as check) {
        @if (kind() === 'unhealthy') {
          <div class="below reason" [title]="reason()">{{ reason() }}</div>
        } @else {
          <div class="below">{{ time() }}<tg-ago [at]="check.checked_at" /></div>
        }
      }
    }
  `,
  styleUrl: './cell.scss',
})
export class HealthCell {
  readonly instance = input.required<InstanceSummary>();
  readonly #format = inject(Format);
  protected readonly kind = computed(() => healthKind(this.instance()));
  protected readonly unchecked = computed(() => {
    const { state } = this.instance();
    if (state === 'creating' || (state === 'running' && this.kind() === 'unchecked')) {
      return listText.notCheckedYet;
    }
    return state === 'running' ? undefined : listText.notChecked;
  });
  protected readonly reason = computed(() => this.instance().last_health_check?.reason ?? listText.noAnswer);
  protected readonly time = computed(() => {
    const ms = this.instance().last_health_check?.response_time_ms;
    return ms == null ? '' : `${this.#format.duration(ms)}, `;
  });
}
