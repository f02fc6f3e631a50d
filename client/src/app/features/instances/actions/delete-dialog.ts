import { afterNextRender, Component, computed, ElementRef, inject, Injector, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { MatCheckbox } from '@angular/material/checkbox';
import {
  MAT_DIALOG_DATA,
  MatDialogActions,
  MatDialogContent,
  MatDialogRef,
  MatDialogTitle,
} from '@angular/material/dialog';
import { MatIcon } from '@angular/material/icon';
import type { InstanceDetails } from '#sdk';
import { Capabilities } from '../../../core/capabilities';
import { Clock } from '../../../core/clock';
import { Format } from '../../../core/format';
import { sentenceOf } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { patchInstance } from '../../../live/instance-patch';
import { liveQuery } from '../../../live/live-query';
import { Skeleton } from '../../../ui/skeleton';
import { deleteText } from './actions.text';
import { endpointOf } from './endpoint';
import type { DeleteRequest } from './delete-request';
import { hasData, isDeletable, isPurgeable } from './offers';
import { OpenConnections } from './open-connections';
import { confirms, TypeToConfirm } from './type-to-confirm';

const HOUR_MS = 3_600_000;

/** Asks whether to delete one instance: says until when it is kept. Where nothing is kept, says what is lost and wants its name. */
@Component({
  selector: 'tg-delete-dialog',
  imports: [
    MatButton,
    MatCheckbox,
    MatDialogActions,
    MatDialogContent,
    MatDialogTitle,
    MatIcon,
    Skeleton,
    TypeToConfirm,
  ],
  templateUrl: './delete-dialog.html',
  styleUrl: './delete-dialog.scss',
})
export class DeleteDialog {
  protected readonly text = deleteText;
  readonly #request = inject<DeleteRequest>(MAT_DIALOG_DATA);
  readonly #ref = inject<MatDialogRef<DeleteDialog>>(MatDialogRef);
  readonly #toygres = inject(TOYGRES);
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  readonly #format = inject(Format);
  readonly #now = inject(Clock).now;
  readonly #keepHours = inject(Capabilities).value;
  readonly #connections = inject(OpenConnections);
  readonly #given = this.#request.instance;
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
  /** Somebody wants nothing to be kept. */
  protected readonly chosen = signal(false);
  /** What never ran has nothing to keep, nor to lose. */
  protected readonly empty = computed(() => !hasData(this.#instance()));
  /** Whether there is a choice. */
  protected readonly keeps = computed(
    () => !this.#request.purge && !this.empty() && this.#keepHours()?.keep_deleted_hours !== 0,
  );
  /** Its data are lost. */
  protected readonly forGood = computed(() => !this.empty() && (this.chosen() || !this.keeps()));
  protected readonly isProtected = computed(() => this.#instance().deletion_protection);
  /** Why there is nothing to ask. */
  protected readonly refusal = computed(() => {
    if (this.pending()) {
      return undefined;
    }
    if (this.#request.purge) {
      return isPurgeable(this.#instance()) ? undefined : deleteText.purged;
    }
    return isDeletable(this.#instance()) ? undefined : deleteText.gone;
  });
  protected readonly ready = computed(
    () => !this.isProtected() && this.refusal() === undefined && (!this.forGood() || confirms(this.typed(), this.name)),
  );

  protected readonly title = computed(() =>
    this.forGood() ? deleteText.purgeTitle(this.name) : deleteText.title(this.name),
  );
  protected readonly meaning = computed(() => {
    if (this.empty()) {
      return deleteText.nothingToKeep;
    }
    if (!this.keeps()) {
      return this.#instance().state === 'deleted' ? deleteText.finalPurge : deleteText.final;
    }
    if (this.chosen()) {
      return deleteText.final;
    }
    const hours = this.#keepHours()?.keep_deleted_hours;
    return hours === undefined
      ? deleteText.keptAWhile
      : deleteText.kept(this.#format.absolute(this.#now().getTime() + hours * HOUR_MS));
  });
  protected readonly label = computed(() => {
    if (this.pending()) {
      return deleteText.submitting;
    }
    return this.forGood() ? deleteText.submitPurge : deleteText.submit;
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
    if (this.#instance().state !== 'running') {
      return deleteText.addressIsFree;
    }
    return `${deleteText.stops} ${this.#connections.inWords(this.#details.value()?.usage)}`.trim();
  });

  protected close(): void {
    this.#ref.close();
  }

  protected async submit(): Promise<void> {
    if (!this.ready()) {
      return;
    }
    await this.#attempt(async () => {
      const purge = this.#request.purge || this.forGood();
      this.#request.begun(await this.#toygres.instances.delete(this.#given.id, { purge }));
      this.#ref.close();
    });
  }

  protected async unprotect(): Promise<void> {
    await this.#attempt(async () => {
      const instance = await this.#toygres.instances.update(this.#given.id, { deletion_protection: false });
      this.#details.update(() => instance);
      // What had the focus goes away.
      afterNextRender(() => this.#host.querySelector<HTMLElement>('[data-first]')?.focus(), {
        injector: this.#injector,
      });
    });
  }

  /** One thing at a time, which nobody can walk away from. */
  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.pending()) {
      return;
    }
    this.pending.set(true);
    this.#ref.disableClose = true;
    this.problem.set(undefined);
    try {
      await work();
    } catch (error) {
      this.problem.set(sentenceOf(error));
    } finally {
      this.pending.set(false);
      this.#ref.disableClose = false;
    }
  }
}
