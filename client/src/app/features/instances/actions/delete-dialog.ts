import { Component, computed, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import type { InstanceDetails, InstanceSummary } from '#sdk';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { sentenceOf } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { patchInstance } from '../../../live/instance-patch';
import { liveQuery } from '../../../live/live-query';
import { Skeleton } from '../../../ui/skeleton';
import { deleteText } from './actions.text';
import { endpointOf } from './endpoint';
import { type DeleteRequest, isDeletable } from './delete-request';
import { confirms, TypeToConfirm } from './type-to-confirm';

/** Asks whether to delete one instance: says what is lost, and wants its name. */
@Component({
  selector: 'tg-delete-dialog',
  imports: [MatButton, MatDialogActions, MatDialogContent, MatDialogTitle, MatIcon, Skeleton, TypeToConfirm],
  templateUrl: './delete-dialog.html',
  styleUrl: './delete-dialog.scss',
})
export class DeleteDialog {
  protected readonly text = deleteText;
  readonly #request = inject<DeleteRequest>(MAT_DIALOG_DATA);
  readonly #ref = inject<MatDialogRef<DeleteDialog>>(MatDialogRef);
  readonly #toygres = inject(TOYGRES);
  readonly #format = inject(Format);
  readonly #now = inject(Clock).now;
  readonly #given = onlyOneOf(this.#request);
  /** By its id: the name may mean another instance by the time that somebody has typed it. */
  readonly #details = liveQuery<string, InstanceDetails>({
    params: () => this.#given.id,
    load: (id, signal) => this.#toygres.instances.get(id, { signal }),
    patch: patchInstance,
  });
  readonly #instance = computed(() => this.#details.value() ?? this.#given);

  protected readonly name = this.#given.user_name;
  protected readonly typed = signal('');
  protected readonly pending = signal(false);
  protected readonly problem = signal<string | undefined>(undefined);
  protected readonly matches = computed(() => confirms(this.typed(), this.name));
  /** Why it can't be deleted at all. */
  protected readonly refusal = computed(() => {
    if (this.#instance().deletion_protection) {
      return deleteText.protected;
    }
    return isDeletable(this.#instance()) || this.pending() ? undefined : deleteText.gone;
  });

  protected readonly loading = computed(
    () => this.#details.value() === undefined && this.#details.error() === undefined,
  );
  protected readonly data = computed(() => {
    const usage = this.#details.value()?.usage;
    if (usage?.data_bytes == null) {
      return deleteText.allData(this.#format.number(this.#given.storage_size_gb));
    }
    const size = this.#format.bytes(usage.data_bytes);
    if (usage.databases === null) {
      return deleteText.dataOfUnknown(size);
    }
    return usage.databases === 1
      ? deleteText.dataOfOne(size)
      : deleteText.data(size, this.#format.number(usage.databases));
  });
  protected readonly endpoint = computed(() => {
    const endpoint = endpointOf(this.#instance());
    return endpoint && `${endpoint.host}:${endpoint.port}`;
  });
  protected readonly connections = computed(() => {
    const usage = this.#details.value()?.usage;
    if (!usage?.connections) {
      return deleteText.stops;
    }
    const sentence =
      usage.connections === 1 ? deleteText.stopsWithOne : deleteText.stopsWith(this.#format.number(usage.connections));
    return `${sentence} ${deleteText.asOf(this.#format.relative(usage.at, this.#now()))}`;
  });

  protected close(): void {
    this.#ref.close();
  }

  protected async submit(): Promise<void> {
    if (!this.matches() || this.pending() || this.refusal() !== undefined) {
      return;
    }
    this.pending.set(true);
    this.#ref.disableClose = true;
    this.problem.set(undefined);
    try {
      await this.#toygres.instances.delete(this.#given.id);
      this.#request.begun(this.#given);
      this.#ref.close();
    } catch (error) {
      this.problem.set(sentenceOf(error));
    } finally {
      this.pending.set(false);
      this.#ref.disableClose = false;
    }
  }
}

function onlyOneOf({ instances: [instance] }: DeleteRequest): InstanceSummary {
  if (!instance) {
    throw new Error('There is nothing to delete.');
  }
  return instance;
}
