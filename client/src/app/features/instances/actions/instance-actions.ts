import { Clipboard } from '@angular/cdk/clipboard';
import type { ComponentType } from '@angular/cdk/overlay';
import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { firstValueFrom, type Observable, Subject } from 'rxjs';
import type { InstanceSummary } from '#sdk';
import { Format } from '../../../core/format';
import { Notify } from '../../../core/notify';
import type { IconName } from '../../../ui/icons';
import { uiText } from '../../../ui/ui.text';
import { actionsText } from './actions.text';
import { isDeletable } from './delete-request';
import { psqlCommand } from './endpoint';

/** Something that can be done to an instance now. */
export interface InstanceAction {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly dangerous?: boolean;
  /** Of an action that only goes somewhere, so that it can be a link. */
  readonly link?: string;
  readonly run: () => Promise<void>;
}

/** The address of the details. A deleted instance has lost its name to whoever wants it. */
export const pathOf = ({ id, state, user_name: name }: InstanceSummary): string =>
  `/instances/${state === 'deleted' ? id : name}`;

/** What can be done to instances, by their state: one list for rows, cards, headers and the command palette. */
@Injectable({ providedIn: 'root' })
export class InstanceActions {
  readonly #router = inject(Router);
  readonly #dialog = inject(MatDialog);
  readonly #clipboard = inject(Clipboard);
  readonly #notify = inject(Notify);
  readonly #format = inject(Format);
  readonly #deleting = new Subject<InstanceSummary>();

  /** Instances whose deletion the server has just accepted, so that pages can show it before the event arrives. */
  readonly deleting: Observable<InstanceSummary> = this.#deleting;

  /** The one thing that somebody most likely wants to do next. */
  primary(instance: InstanceSummary): InstanceAction {
    if (instance.state !== 'running') {
      return this.#details(instance);
    }
    return instance.health_status === 'unhealthy'
      ? this.#going('investigate', actionsText.investigate, 'monitor_heart', `${pathOf(instance)}/health`)
      : this.#going('connect', actionsText.connect, 'terminal', `${pathOf(instance)}/connection`);
  }

  /** Everything else. */
  others(instance: InstanceSummary): readonly InstanceAction[] {
    const primary = this.primary(instance).id;
    const command = instance.state === 'running' ? psqlCommand(instance) : undefined;
    const path = pathOf(instance);
    const actions: readonly (InstanceAction | false)[] = [
      this.#details(instance),
      command !== undefined && {
        id: 'copy',
        label: actionsText.copyCommand,
        icon: 'content_copy',
        run: async () => this.#copy(command),
      },
      instance.state === 'running' &&
        primary !== 'investigate' &&
        this.#going('health', actionsText.health, 'monitor_heart', `${path}/health`),
      this.#going('activity', actionsText.activity, 'history', `${path}/activity`),
      isDeletable(instance) && {
        id: 'delete',
        label: actionsText.delete,
        icon: 'delete',
        dangerous: true,
        run: async () => {
          await this.delete([instance]);
        },
      },
    ];
    return actions.filter((action) => action !== false).filter(({ id }) => id !== primary);
  }

  /** Asks for confirmation, then deletes. @returns the names whose deletion has begun */
  async delete(instances: readonly InstanceSummary[]): Promise<readonly string[]> {
    const [first] = instances;
    if (!first) {
      return [];
    }
    const begun: string[] = [];
    const data = {
      instances,
      begun: (instance: InstanceSummary): void => {
        begun.push(instance.user_name);
        this.#deleting.next(instance);
      },
    };
    const dialog: ComponentType<unknown> =
      instances.length === 1
        ? (await import('./delete-dialog')).DeleteDialog
        : (await import('./delete-many-dialog')).DeleteManyDialog;
    await firstValueFrom(
      this.#dialog
        .open(dialog, { width: '520px', maxWidth: 'calc(100vw - 32px)', autoFocus: '[data-first]', data })
        .afterClosed(),
    );
    const [name] = begun;
    if (name !== undefined) {
      this.#notify.say(
        begun.length === 1 ? actionsText.begun(name) : actionsText.begunMany(this.#format.number(begun.length)),
      );
    }
    return begun;
  }

  #details(instance: InstanceSummary): InstanceAction {
    return this.#going('details', actionsText.details, 'info', pathOf(instance));
  }

  #going(id: string, label: string, icon: IconName, link: string): InstanceAction {
    return {
      id,
      label,
      icon,
      link,
      run: async () => {
        await this.#router.navigateByUrl(link);
      },
    };
  }

  #copy(command: string): void {
    this.#notify.say(this.#clipboard.copy(command) ? actionsText.copied : uiText.copyFailed);
  }
}
