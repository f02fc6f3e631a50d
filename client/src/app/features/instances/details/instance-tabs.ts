import type { Type } from '@angular/core';
import type { InstanceDetails, InstanceState } from '#sdk';
import { detailsText } from './details.text';

/** A tab of the details page. */
export interface InstanceTab {
  /** Part of the address; empty for the first tab. */
  readonly path: string;
  readonly label: string;
  /** Left out: always. A tab that has nothing to show is not there. */
  readonly isShown?: (instance: InstanceDetails) => boolean;
  /** Its component injects `InstancePage` for the instance. */
  readonly loadComponent: () => Promise<Type<unknown>>;
}

/** Somebody can connect, or could as soon as it is up again. */
const CONNECTABLE: ReadonlySet<InstanceState> = new Set(['running', 'stopping', 'stopped', 'starting', 'restarting']);

/** The tabs, in their order. A feature that brings one adds a line here, and nothing else to the page. */
export const instanceTabs: readonly InstanceTab[] = [
  {
    path: '',
    label: detailsText.overview,
    loadComponent: () => import('./overview/overview-tab').then((m) => m.OverviewTab),
  },
  {
    path: 'health',
    label: detailsText.health,
    isShown: ({ state, last_health_check: last }) => state === 'running' || last !== null,
    loadComponent: () => import('./health/health-tab').then((m) => m.HealthTab),
  },
  {
    path: 'connection',
    label: detailsText.connection,
    isShown: ({ state }) => CONNECTABLE.has(state),
    loadComponent: () => import('./connection/connection-tab').then((m) => m.ConnectionTab),
  },
  {
    path: 'durable',
    label: detailsText.durable,
    isShown: ({ image_type: type, state }) => type === 'pg_durable' && CONNECTABLE.has(state),
    loadComponent: () => import('./durable/durable-tab').then((m) => m.DurableTab),
  },
  {
    path: 'activity',
    label: detailsText.activity,
    loadComponent: () => import('./activity/activity-tab').then((m) => m.ActivityTab),
  },
  {
    path: 'logs',
    label: detailsText.logs,
    isShown: ({ state }) => state !== 'purging' && state !== 'purged',
    loadComponent: () => import('./logs/logs-tab').then((m) => m.LogsTab),
  },
];

/** The tabs that an instance has. */
export const tabsOf = (instance: InstanceDetails): readonly InstanceTab[] =>
  instanceTabs.filter(({ isShown }) => isShown?.(instance) ?? true);
