import { DestroyRef, DOCUMENT, inject, Injectable, signal } from '@angular/core';
import type { InstanceCredentials } from '#sdk';
import { Notify } from '../../../core/notify';
import { TOYGRES } from '../../../core/toygres';

/** A password that stands on the screen hides itself after this time, in milliseconds. */
const SHOWN_MS = 30_000;

/**
 * A password that is fetched when somebody asks for it, and not kept longer than it is shown: it hides itself after a while, when the window
 * loses the focus, and when its place on the page goes away. Provided by the component that shows it.
 */
@Injectable()
export class RevealedPassword {
  readonly #toygres = inject(TOYGRES);
  readonly #notify = inject(Notify);
  readonly #credentials = signal<InstanceCredentials | undefined>(undefined);
  readonly #busy = signal(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Undefined: hidden. */
  readonly credentials = this.#credentials.asReadonly();
  readonly busy = this.#busy.asReadonly();

  constructor() {
    const window = inject(DOCUMENT).defaultView as Window;
    const hide = (): void => this.hide();
    window.addEventListener('blur', hide);
    inject(DestroyRef).onDestroy(() => {
      window.removeEventListener('blur', hide);
      this.hide();
    });
  }

  /** Shows it, or hides it again. */
  async toggle(instanceId: string): Promise<void> {
    if (this.#credentials()) {
      this.hide();
      return;
    }
    if (this.#busy()) {
      return;
    }
    this.#busy.set(true);
    await this.#notify.attempt(async () => {
      this.#credentials.set(await this.fetch(instanceId));
      this.#timer = setTimeout(() => this.hide(), SHOWN_MS);
    });
    this.#busy.set(false);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.#credentials.set(undefined);
  }

  /** For copying, which shows nothing. */
  fetch(instanceId: string): Promise<InstanceCredentials> {
    return this.#toygres.instances.credentials(instanceId);
  }
}
