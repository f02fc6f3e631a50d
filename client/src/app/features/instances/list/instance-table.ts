import { Component, computed, inject, input } from '@angular/core';
import { MatCheckbox } from '@angular/material/checkbox';
import { MatSort, MatSortHeader, type Sort as MatSortChange } from '@angular/material/sort';
import { MatTableModule } from '@angular/material/table';
import { Router, RouterLink } from '@angular/router';
import type { InstanceSummary } from '#sdk';
import { CopyButton } from '../../../ui/copy-button';
import { Skeleton } from '../../../ui/skeleton';
import { ActionButtons } from '../actions/action-buttons';
import { endpointOf } from '../actions/endpoint';
import { pathOf } from '../actions/instance-actions';
import { Flash } from './flash';
import { HealthCell } from './health-cell';
import { InstanceFacts } from './instance-facts';
import { listText } from './instance-list.text';
import { ListAddress } from './list-address';
import type { Sort } from './list-query';
import { Selection } from './selection';
import { StateCell } from './state-cell';

const COLUMNS = ['select', 'name', 'endpoint', 'state', 'health', 'actions'] as const;
/** Rows of the skeleton. */
const PLACES = Array.from({ length: 10 }, (_, index) => index);

/** A page of instances as a table; without a page, the table that is about to come. */
@Component({
  selector: 'tg-instance-table',
  imports: [
    ActionButtons,
    CopyButton,
    Flash,
    HealthCell,
    InstanceFacts,
    MatCheckbox,
    MatSort,
    MatSortHeader,
    MatTableModule,
    RouterLink,
    Skeleton,
    StateCell,
  ],
  templateUrl: './instance-table.html',
  styleUrl: './instance-table.scss',
})
export class InstanceTable {
  /** Undefined before the first answer. */
  readonly rows = input.required<readonly InstanceSummary[] | undefined>();
  /** There is little room: every action is in the menu, and ages are short. */
  readonly narrow = input(false);

  protected readonly text = listText;
  protected readonly columns = COLUMNS;
  protected readonly places = PLACES;
  protected readonly pathOf = pathOf;
  protected readonly selection = inject(Selection);
  readonly #address = inject(ListAddress);
  readonly #router = inject(Router);

  protected readonly sortColumn = computed(() => this.#address.query().sort.replace('-', ''));
  protected readonly sortDirection = computed(() => (this.#address.query().sort.startsWith('-') ? 'desc' : 'asc'));
  protected readonly ticked = computed(() => (this.rows() ?? []).filter((row) => this.selection.has(row)).length);
  protected readonly allTicked = computed(() => this.ticked() > 0 && this.ticked() === this.rows()?.length);

  protected endpointOf(instance: InstanceSummary): string | undefined {
    const endpoint = instance.state === 'deleted' ? undefined : endpointOf(instance);
    return endpoint && `${endpoint.host}:${endpoint.port}`;
  }

  protected readonly idOf = (_: number, { id }: InstanceSummary): string => id;

  protected sort({ active, direction }: MatSortChange): void {
    this.#address.change({ sort: `${direction === 'desc' ? '-' : ''}${active}` as Sort });
  }

  protected selectAll(ticked: boolean): void {
    this.selection.set(this.rows() ?? [], ticked);
  }

  /** The whole row leads to the details, except where it does something else, and where somebody marks text. */
  protected open(event: MouseEvent, instance: InstanceSummary): void {
    const onControl = (event.target as Element).closest('a, button, label, input, mat-checkbox') !== null;
    if (!onControl && !getSelection()?.toString()) {
      void this.#router.navigateByUrl(pathOf(instance));
    }
  }
}
