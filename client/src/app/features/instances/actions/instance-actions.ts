import { inject, Injectable } from '@angular/core';
import { Router } from '@angular/router';
import type { InstanceSummary } from '#sdk';
import type { IconName } from '../../../ui/icons';

/** Something that can be done to an instance now. */
export interface InstanceAction {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly dangerous?: boolean;
  readonly run: () => Promise<void>;
}

/** What can be done to instances, by their state: one list for rows, cards, headers and the command palette. */
@Injectable({ providedIn: 'root' })
export class InstanceActions {
  readonly #router = inject(Router);

  /** The one thing that somebody most likely wants to do next. */
  primary(instance: InstanceSummary): InstanceAction {
    return {
      id: 'details',
      label: 'Details',
      icon: 'info',
      run: async () => {
        await this.#router.navigate(['/instances', instance.user_name]);
      },
    };
  }

  /** Everything else. */
  others(_instance: InstanceSummary): readonly InstanceAction[] {
    return [];
  }

  /** Asks for confirmation, then deletes. @returns the names whose deletion has begun */
  async delete(_instances: readonly InstanceSummary[]): Promise<readonly string[]> {
    return [];
  }
}
