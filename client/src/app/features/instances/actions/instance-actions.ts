import { Clipboard } from '@angular/cdk/clipboard';
import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { Router } from '@angular/router';
import { firstValueFrom } from 'rxjs';
import type { InstanceSummary, OperationAccepted } from '#sdk';
import { Format } from '../../../core/format';
import { Notify } from '../../../core/notify';
import { ASKING } from '../../../ui/ask';
import type { IconName } from '../../../ui/icons';
import { uiText } from '../../../ui/ui.text';
import { actionsText } from './actions.text';
import type { DeleteManyRequest, DeleteRequest } from './delete-request';
import { psqlCommand } from './endpoint';
import { InstanceRequests } from './instance-requests';
import { type Deed, offersOf } from './offers';

/** Something that can be done to an instance now. */
export interface InstanceAction {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  readonly dangerous?: boolean;
  /** Why it can't be done now; running it says so. */
  readonly reason?: string;
  /** Of an action that only goes somewhere, so that it can be a link. */
  readonly link?: string;
  readonly run: () => Promise<void>;
}

/** The address of the details. A purged instance has lost its name to whoever wants it. */
export const pathOf = ({ id, state, user_name: name }: InstanceSummary): string =>
  `/instances/${state === 'purged' ? id : name}`;

/** What can be done to instances, by their state: one list for rows, cards, headers and the command palette. */
@Injectable({ providedIn: 'root' })
export class InstanceActions {
  readonly #router = inject(Router);
  readonly #dialog = inject(MatDialog);
  readonly #clipboard = inject(Clipboard);
  readonly #notify = inject(Notify);
  readonly #format = inject(Format);
  readonly #requests = inject(InstanceRequests);

  /** The one thing that somebody most likely wants to do next. */
  primary(instance: InstanceSummary): InstanceAction {
    switch (instance.state) {
      case 'running':
        break;
      case 'stopped':
        return this.#deed('start', instance);
      case 'deleted':
        return this.#deed('undelete', instance);
      default:
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
      ...offersOf(instance).map(({ deed, reason }) => {
        const action = this.#deed(deed, instance);
        return reason === undefined ? action : { ...action, reason, run: () => this.#explain(reason) };
      }),
    ];
    return actions.filter((action) => action !== false).filter(({ id }) => id !== primary);
  }

  /**
   * Asks for confirmation, then deletes.
   *
   * @param options.purge of one: nothing is to be kept
   * @returns the names whose deletion has begun
   */
  async delete(instances: readonly InstanceSummary[], { purge = false } = {}): Promise<readonly string[]> {
    const [first, ...more] = instances;
    if (!first) {
      return [];
    }
    return more.length === 0 ? this.#deleteOne(first, purge) : this.#deleteMany(instances);
  }

  async #deleteOne(instance: InstanceSummary, purge: boolean): Promise<readonly string[]> {
    const { DeleteDialog } = await import('./delete-dialog');
    const { user_name: name } = instance;
    let begun: OperationAccepted | undefined;
    const data: DeleteRequest = {
      instance,
      purge,
      begun: (answer) => {
        begun = answer;
        this.#requests.note({ instance, answer });
        this.#notify.say(answer.state === 'purging' ? actionsText.begunPurge(name) : actionsText.begun(name));
      },
    };
    await firstValueFrom(this.#dialog.open(DeleteDialog, { ...ASKING, data }).afterClosed());
    return begun ? [name] : [];
  }

  async #deleteMany(instances: readonly InstanceSummary[]): Promise<readonly string[]> {
    const { DeleteManyDialog } = await import('./delete-many-dialog');
    let begun: readonly string[] = [];
    const data: DeleteManyRequest = {
      instances,
      begun: (deleted, { batch_id: id, total }) => {
        begun = deleted.map(({ user_name: name }) => name);
        this.#notify.sayOf(actionsText.begunMany(this.#format.number(total)), actionsText.showBatch, `/batches/${id}`);
      },
    };
    await firstValueFrom(this.#dialog.open(DeleteManyDialog, { ...ASKING, data }).afterClosed());
    return begun;
  }

  #deed(deed: Deed, instance: InstanceSummary): InstanceAction {
    const requests = this.#requests;
    switch (deed) {
      case 'start':
        return { id: deed, label: actionsText.start, icon: 'play_circle', run: () => requests.start(instance) };
      case 'stop':
        return { id: deed, label: actionsText.stop, icon: 'stop_circle', run: () => requests.stop(instance) };
      case 'restart':
        return { id: deed, label: actionsText.restart, icon: 'restart_alt', run: () => requests.restart(instance) };
      case 'undelete':
        return {
          id: deed,
          label: actionsText.undelete,
          icon: 'restore_from_trash',
          run: () => requests.undelete(instance),
        };
      case 'retry':
        return { id: deed, label: actionsText.retry, icon: 'replay', run: () => requests.retry(instance) };
      case 'cancel':
        return { id: deed, label: actionsText.cancel, icon: 'cancel', run: () => requests.cancel(instance) };
      case 'protection': {
        const { deletion_protection: on } = instance;
        return {
          id: deed,
          label: on ? actionsText.unprotect : actionsText.protect,
          icon: on ? 'remove_moderator' : 'shield',
          run: () => requests.protect(instance, !on),
        };
      }
      case 'delete':
      case 'purge':
        return {
          id: deed,
          label: deed === 'purge' ? actionsText.purge : actionsText.delete,
          icon: deed === 'purge' ? 'delete_forever' : 'delete',
          dangerous: true,
          run: async () => {
            await this.delete([instance], { purge: deed === 'purge' });
          },
        };
    }
  }

  async #explain(reason: string): Promise<void> {
    this.#notify.say(reason);
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
