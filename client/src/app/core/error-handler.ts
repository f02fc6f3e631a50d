import { ErrorHandler, inject, Injectable, Injector } from '@angular/core';
import { Notify } from './notify';

/** Shows what nobody else has caught, so that nothing fails silently. */
@Injectable()
export class ShowingErrorHandler extends ErrorHandler {
  readonly #injector = inject(Injector);

  override handleError(error: unknown): void {
    super.handleError(error);
    // Looked up late: what shows the message may be what failed.
    this.#injector.get(Notify).problem(rejectionOf(error));
  }
}

/** A promise that nobody awaited arrives wrapped. */
function rejectionOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'rejection' in error ? error.rejection : error;
}
