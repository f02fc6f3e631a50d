import { Component, computed, input } from '@angular/core';
import { MatIcon } from '@angular/material/icon';
import type { HealthStatus, InstanceState, InstanceSummary, OrchestrationRecord, OrchestrationStatus } from '#sdk';
import type { IconName } from './icons';
import { statusText } from './ui.text';

export type StatusKind = keyof typeof statusText;
export type Tone = 'success' | 'warning' | 'error' | 'info' | 'neutral';

interface Look {
  readonly tone: Tone;
  /** Null: a dot. */
  readonly icon: IconName | null;
  readonly motion?: 'turn' | 'hourglass';
}

/** Every status has a shape of its own, so that its colour is never the only sign. */
const LOOKS: Readonly<Record<StatusKind, Look>> = {
  healthy: { tone: 'success', icon: null },
  unhealthy: { tone: 'error', icon: 'warning-fill' },
  unknown: { tone: 'neutral', icon: 'do_not_disturb_on' },
  unchecked: { tone: 'neutral', icon: 'remove' },
  creating: { tone: 'info', icon: 'hourglass_top-fill', motion: 'hourglass' },
  running: { tone: 'neutral', icon: 'play_circle' },
  stopping: { tone: 'neutral', icon: 'hourglass_bottom-fill', motion: 'hourglass' },
  stopped: { tone: 'neutral', icon: 'stop_circle' },
  starting: { tone: 'info', icon: 'sync', motion: 'turn' },
  restarting: { tone: 'info', icon: 'restart_alt', motion: 'turn' },
  deleting: { tone: 'neutral', icon: 'autorenew', motion: 'turn' },
  deleted: { tone: 'neutral', icon: 'delete' },
  purging: { tone: 'neutral', icon: 'cached', motion: 'turn' },
  purged: { tone: 'neutral', icon: 'delete_forever' },
  failed: { tone: 'error', icon: 'cancel-fill' },
  pending: { tone: 'neutral', icon: 'schedule' },
  active: { tone: 'info', icon: 'autorenew', motion: 'turn' },
  compensating: { tone: 'warning', icon: 'undo' },
  callingOff: { tone: 'warning', icon: 'cancel' },
  succeeded: { tone: 'success', icon: 'check_circle' },
  cancelled: { tone: 'neutral', icon: 'do_not_disturb_on' },
};

/** Icon and word of a status. Plain in rows, a pill in the header of a page. */
@Component({
  selector: 'tg-status',
  imports: [MatIcon],
  template: `
    @if (look().icon; as icon) {
      <mat-icon [svgIcon]="icon" [class]="look().motion ?? ''" aria-hidden="true" />
    } @else {
      <span class="dot" aria-hidden="true"></span>
    }
    <span>{{ word() }}</span>
  `,
  styleUrl: './status.scss',
  host: { '[class]': 'classes()' },
})
export class Status {
  readonly kind = input.required<StatusKind>();
  readonly pill = input(false);
  protected readonly look = computed(() => LOOKS[this.kind()]);
  protected readonly word = computed(() => statusText[this.kind()]);
  protected readonly classes = computed(() => `${this.look().tone}${this.pill() ? ' pill' : ''}`);
}

/** How the health of an instance is shown. */
export function healthKind({ health_status: health, last_health_check: last }: InstanceSummary): StatusKind {
  return health === 'unknown' && !last ? 'unchecked' : health;
}

/** The one status that says most: health while it runs, the state otherwise. */
export function leadingKind(instance: InstanceSummary): StatusKind {
  return instance.state === 'running' ? healthKind(instance) : instance.state;
}

/** States that end by themselves. */
const PASSING: ReadonlySet<InstanceState> = new Set([
  'creating',
  'stopping',
  'starting',
  'restarting',
  'deleting',
  'purging',
]);

/** Whether something is under way that moves an instance to another state. */
export const isPassing = ({ state }: InstanceSummary): boolean => PASSING.has(state);

/** How an operation is shown: what is called off says so until it is undone. */
export function operationKind({
  status,
  cancel_requested: calledOff,
}: Pick<OrchestrationRecord, 'status' | 'cancel_requested'>): StatusKind {
  const open = status === 'pending' || status === 'running';
  return calledOff && open ? 'callingOff' : orchestrationKind(status);
}

export function orchestrationKind(status: OrchestrationStatus): StatusKind {
  return status === 'running' ? 'active' : status;
}

/** For filters and counts. */
export const wordOf = (kind: InstanceState | HealthStatus): string => statusText[kind];
