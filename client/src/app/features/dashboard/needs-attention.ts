import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { InstanceSummary, Stats, TimelineEvent } from '#sdk';
import { Clock } from '../../core/clock';
import { Format } from '../../core/format';
import { Viewport } from '../../core/viewport';
import { TOYGRES } from '../../core/toygres';
import { patchInstance } from '../../live/instance-patch';
import { type Change, liveQuery } from '../../live/live-query';
import { Skeleton } from '../../ui/skeleton';
import { leadingKind, Status } from '../../ui/status';
import { ActionButtons } from '../instances';
import { dashboardText } from './dashboard.text';
import { FindingsLine } from './findings-line';

/** More are behind a link. */
const MOST = 6;
const UNHEALTHY_READ = 10;

/** What failed, and what runs but does not answer, with the reason and the way out. */
@Component({
  selector: 'tg-needs-attention',
  imports: [ActionButtons, FindingsLine, RouterLink, Skeleton, Status],
  templateUrl: './needs-attention.html',
  styleUrl: './needs-attention.scss',
})
export class NeedsAttention {
  readonly stats = input.required<Stats>();
  /** How many findings are open. */
  readonly findings = input(0);
  protected readonly text = dashboardText;
  protected readonly kindOf = leadingKind;
  protected readonly format = inject(Format);
  readonly #clock = inject(Clock);
  readonly #toygres = inject(TOYGRES);
  protected readonly viewport = inject(Viewport);

  protected readonly unhealthy = liveQuery<true, readonly InstanceSummary[]>({
    params: () => true,
    load: async (_, signal) => {
      const { instances } = await this.#toygres.instances.list(
        { health: ['unhealthy'], state: ['running'], limit: UNHEALTHY_READ },
        { signal },
      );
      return instances;
    },
    patch: patchUnhealthy,
  });
  protected readonly concerns = computed(() =>
    [
      ...this.stats().failed_instances.filter(({ state }) => state === 'failed'),
      ...(this.unhealthy.value() ?? []),
    ].slice(0, MOST),
  );
  protected readonly total = computed(() => this.stats().by_state.failed + this.stats().by_health.unhealthy);
  /** Rows that are on their way, so that nothing below moves when they come. */
  protected readonly awaited = computed(() =>
    this.isKnown() || this.unhealthy.error() !== undefined
      ? []
      : Array.from({ length: Math.max(0, Math.min(MOST, this.total()) - this.concerns().length) }),
  );
  protected readonly hidden = computed(() =>
    this.isKnown() || this.unhealthy.error() === undefined
      ? Math.max(0, this.total() - this.concerns().length - this.awaited().length)
      : 0,
  );
  /** Where there are more of them. */
  protected readonly more = computed(() =>
    this.stats().by_state.failed > MOST ? { state: 'failed' } : { state: 'running', health: 'unhealthy' },
  );
  /** Not "all is well" while it is not known. */
  protected readonly isKnown = computed(() => this.unhealthy.value() !== undefined || this.total() === 0);

  protected when(instance: InstanceSummary): string {
    const now = this.#clock.now();
    if (instance.state === 'failed') {
      return this.format.relative(instance.updated_at, now);
    }
    const last = instance.last_health_check;
    return last ? dashboardText.checked(this.format.relative(last.checked_at, now)) : '';
  }

  protected reason(instance: InstanceSummary): string {
    const reason = instance.state === 'failed' ? instance.failure_reason : instance.last_health_check?.reason;
    return reason ?? dashboardText.reasonUnknown;
  }
}

/** Who has recovered leaves at once; who has fallen ill is read. */
function patchUnhealthy(
  instances: readonly InstanceSummary[],
  event: TimelineEvent,
): Change<readonly InstanceSummary[]> | undefined {
  const known = instances.some(({ id }) => id === event.instance_id);
  const mayAdd = event.type === 'instance.health_changed' || event.type === 'instance.state_changed';
  if (!known) {
    return mayAdd ? { value: instances, reload: true } : undefined;
  }
  const value = instances
    .map((instance) => patchInstance(instance, event)?.value ?? instance)
    .filter(({ state, health_status: health }) => state === 'running' && health === 'unhealthy');
  return { value, reload: mayAdd };
}
