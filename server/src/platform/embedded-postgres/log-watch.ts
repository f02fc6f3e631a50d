import { type FSWatcher, watch } from 'node:fs';
import { pause } from './pause.js';

/** What the system does not tell, because it can't watch or has too many watches, is seen this late, in milliseconds. */
const LOOK_EVERY_MS = 1_000;
/** A busy server writes all the time: what it writes within this time is read at once, in milliseconds. */
const GATHER_MS = 25;

/** Tells when something was written to the files of a directory. */
export class LogWatch implements Disposable {
  #watcher: FSWatcher | undefined;
  #changed = false;
  #wake: () => void = () => undefined;

  constructor(private readonly directory: string) {
    this.#begin();
  }

  /** Waits until something was written since the last call; it may also be nothing. @throws the reason of the signal */
  async next(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#changed) {
      await this.#wait(signal);
    }
    if (this.#changed) {
      await pause(GATHER_MS, signal);
      this.#changed = false;
    }
    signal.throwIfAborted();
    this.#begin();
  }

  [Symbol.dispose](): void {
    this.#end();
  }

  async #wait(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = (): void => resolve(undefined);
    const timer = setTimeout(wake, LOOK_EVERY_MS);
    this.#wake = wake;
    signal.addEventListener('abort', wake);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
    }
  }

  #begin(): void {
    if (this.#watcher) {
      return;
    }
    try {
      this.#watcher = watch(this.directory, { persistent: false }, () => {
        this.#changed = true;
        this.#wake();
      });
      this.#watcher.on('error', () => this.#end());
    } catch {
      // The directory may come later.
    }
  }

  #end(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }
}
