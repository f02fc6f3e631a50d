import type { Type } from '@angular/core';
import type { InstanceDetails } from '#sdk';
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

/** The tabs, in their order. A feature that brings one adds a line here, and nothing else to the page. */
export const instanceTabs: readonly InstanceTab[] = [
  {
    path: '',
    label: detailsText.overview,
    loadComponent: () => import('./overview/overview-tab').then((m) => m.OverviewTab),
  },
];
