/** Why an activity's signal was aborted. */
export type AbortCause = 'timeout' | 'deadline' | 'cancelled' | 'shutdown' | 'lease-lost';

/** The reason of an activity's `AbortSignal`. */
export class ActivityAborted extends Error {
  constructor(
    readonly reason: AbortCause,
    message: string,
  ) {
    super(message);
    this.name = 'ActivityAborted';
  }
}
