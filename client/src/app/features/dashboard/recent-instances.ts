import { Component, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { InstanceSummary } from '#sdk';
import { Format } from '../../core/format';
import { Viewport } from '../../core/viewport';
import { Ago } from '../../ui/ago';
import { healthKind, leadingKind, Status } from '../../ui/status';
import { ActionButtons } from '../instances';
import { dashboardText } from './dashboard.text';

/** The newest instances, with what can be done to them. */
@Component({
  selector: 'tg-recent-instances',
  imports: [ActionButtons, Ago, RouterLink, Status],
  templateUrl: './recent-instances.html',
  styleUrl: './recent-instances.scss',
})
export class RecentInstances {
  readonly instances = input.required<readonly InstanceSummary[]>();
  protected readonly text = dashboardText;
  protected readonly viewport = inject(Viewport);
  protected readonly healthOf = healthKind;
  protected readonly leadingOf = leadingKind;
  readonly #format = inject(Format);

  /** "PostgreSQL 18 · 10 GB" */
  protected makeup({ postgres_version: version, storage_size_gb: size }: InstanceSummary): string {
    return dashboardText.makeup(version, this.#format.bytes(size * 1e9));
  }
}
