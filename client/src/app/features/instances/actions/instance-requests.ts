import { inject, Injectable } from '@angular/core';
import { MatDialog } from '@angular/material/dialog';
import { firstValueFrom, type Observable, Subject } from 'rxjs';
import type { InstanceSummary, OperationAccepted } from '#sdk';
import { Notify } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';
import { ASKING } from '../../../ui/ask';
import { confirmText, requestText } from './actions.text';
import type { ConfirmRequest } from './confirm-dialog';

/** A request that the server has just accepted. */
export interface Accepted {
  /** As it was when it was asked. */
  readonly instance: InstanceSummary;
  readonly answer: OperationAccepted;
}

/** What is asked of the server for an instance. What cuts connections is confirmed first. */
@Injectable({ providedIn: 'root' })
export class InstanceRequests {
  readonly #toygres = inject(TOYGRES);
  readonly #dialog = inject(MatDialog);
  readonly #notify = inject(Notify);
  readonly #accepted = new Subject<Accepted>();

  /** Pages show what was accepted before the event arrives. */
  readonly accepted: Observable<Accepted> = this.#accepted;

  note(accepted: Accepted): void {
    this.#accepted.next(accepted);
  }

  stop(instance: InstanceSummary): Promise<void> {
    const { user_name: name } = instance;
    return this.#confirm({
      ...confirmText.stop(name),
      icon: 'stop_circle',
      instance,
      run: () => this.#ask(instance, () => this.#toygres.instances.stop(instance.id), requestText.stopping(name)),
    });
  }

  restart(instance: InstanceSummary): Promise<void> {
    const { user_name: name } = instance;
    return this.#confirm({
      ...confirmText.restart(name),
      icon: 'restart_alt',
      instance,
      run: () => this.#ask(instance, () => this.#toygres.instances.restart(instance.id), requestText.restarting(name)),
    });
  }

  start(instance: InstanceSummary): Promise<void> {
    const { user_name: name, state } = instance;
    const said = state === 'stopping' ? requestText.startsLater(name) : requestText.starting(name);
    return this.#notify.attempt(() => this.#ask(instance, () => this.#toygres.instances.start(instance.id), said));
  }

  undelete(instance: InstanceSummary): Promise<void> {
    const said = requestText.undeleting(instance.user_name);
    return this.#notify.attempt(() => this.#ask(instance, () => this.#toygres.instances.undelete(instance.id), said));
  }

  retry(instance: InstanceSummary): Promise<void> {
    const said = requestText.retrying(instance.user_name);
    return this.#notify.attempt(() => this.#ask(instance, () => this.#toygres.instances.retry(instance.id), said));
  }

  cancel(instance: InstanceSummary): Promise<void> {
    const said = requestText.cancelling(instance.user_name);
    return this.#notify.attempt(() => this.#ask(instance, () => this.#toygres.instances.cancel(instance.id), said));
  }

  protect(instance: InstanceSummary, on: boolean): Promise<void> {
    const { id, user_name: name } = instance;
    return this.#notify.attempt(async () => {
      await this.#toygres.instances.update(id, { deletion_protection: on });
      this.#notify.say(on ? requestText.protected(name) : requestText.unprotected(name));
    });
  }

  async #confirm(data: ConfirmRequest): Promise<void> {
    const { ConfirmDialog } = await import('./confirm-dialog');
    await firstValueFrom(this.#dialog.open(ConfirmDialog, { ...ASKING, data }).afterClosed());
  }

  async #ask(instance: InstanceSummary, request: () => Promise<OperationAccepted>, said: string): Promise<void> {
    this.note({ instance, answer: await request() });
    this.#notify.say(said);
  }
}

/** The instance as it is now that something was accepted; as it was when an event has said more already. */
export function withAccepted<T extends InstanceSummary>(instance: T, { instance: asked, answer }: Accepted): T {
  return instance.id === asked.id && instance.state === asked.state ? { ...instance, state: answer.state } : instance;
}
